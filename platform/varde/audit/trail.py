"""The rows of one request or task, collected and written in one INSERT as the last statement before the commit."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from functools import cache
from itertools import batched
from secrets import token_hex

from django.db import connection, transaction

from varde.access import ticket
from varde.access.reader import Reader
from varde.audit.models import Action, Entry
from varde.tenancy.backend import straight

# A change that was taken back did not happen; a read did, whatever became of the transaction around it.
_WRITES = frozenset({Action.CREATE, Action.CHANGE, Action.SEND})

_AT_ONCE = 1_000  # rows; PostgreSQL takes 65,535 values in one statement
_SET_THERE = frozenset({"matter_id", "number", "previous", "digest"})  # by the trigger, whatever is said here


class NoTrail(RuntimeError):
    """Something was to be logged where nothing collects the log."""


class Trail:
    """What will be written when the transaction ends well."""

    def __init__(self) -> None:
        self.rows: list[tuple[Entry, Reader, frozenset[str]]] = []
        # What was done together is shown together, also where no request gave it a name.
        self.id = token_hex(8)
        self.kept = False

    def add(self, entry: Entry, by: Reader) -> None:
        """Keep a row for the end: whose it is, and the savepoints it stands in."""
        self.kept = True
        self.rows.append((entry, by, frozenset(sid for sid in connection.savepoint_ids if sid)))

    def forget(self, sid: str) -> None:
        """The savepoint was rolled back: the changes noted inside it were taken back with it."""
        self.rows = [kept for kept in self.rows if sid not in kept[2] or kept[0].action not in _WRITES]

    def flush(self) -> None:
        """Write what has been collected, one INSERT per reader, nearly always one in all; an error here undoes the
        whole transaction.

        The database takes a row from the one it is about and from nobody else. So each reader is presented anew: the
        ticket of the request may be gone with a savepoint, and whoever logs in was nobody until now.
        """
        rows, self.rows = self.rows, []
        theirs: dict[str, tuple[Reader, list[Entry]]] = {}
        for row, by, _ in rows:
            theirs.setdefault(ticket.named(by), (by, []))[1].append(row)
        for by, own in theirs.values():
            # Inner: a row that is refused breaks the transaction before the ticket is handed back, and is what is told.
            with _as(by), transaction.atomic(savepoint=False):
                for some in batched(own, _AT_ONCE, strict=False):
                    _write(some)


def _write(rows: Sequence[Entry]) -> None:
    """One INSERT, said without the query builder: it would take as long as the database, in every request."""
    names, columns = _fields()
    places = (", ".join(f"${at + number}" for at in range(1, len(names) + 1)) for number in _starts(rows, names))
    statement = f"INSERT INTO audit_entry ({columns}) VALUES ({'), ('.join(places)})"  # noqa: S608  # names of ours
    straight.say(statement.encode(), *(getattr(row, name) for row in rows for name in names))


def _starts(rows: Sequence[Entry], names: Sequence[str]) -> range:
    return range(0, len(rows) * len(names), len(names))


@cache
def _fields() -> tuple[list[str], str]:
    """What is said of a row: attributes, and the columns they go to."""
    fields = [field for field in Entry._meta.concrete_fields if field.attname not in _SET_THERE]
    return [field.attname for field in fields], ", ".join(str(field.column) for field in fields)


def _as(by: Reader) -> AbstractContextManager[None]:
    """Nothing to say where the block around is this reader's own, as in a task."""
    here = ticket.current()
    same = here is not None and here.office == by.office and ticket.named(here) == ticket.named(by)
    return nullcontext() if same else ticket.presented(by, anew=True)


_current: ContextVar[Trail | None] = ContextVar("varde_trail", default=None)


@contextmanager
def trail() -> Iterator[Trail]:
    """Collect the log of what happens inside."""
    collected = Trail()
    token = _current.set(collected)
    try:
        yield collected
    finally:
        _current.reset(token)


def current() -> Trail:
    """The trail of this request or task; NoTrail outside of one."""
    found = _current.get()
    if found is None:
        raise NoTrail("Ingenting kan leses eller endres uten logg.")
    return found


def forget(sid: str) -> None:
    """Called by the database connection when it rolls a savepoint back."""
    found = _current.get()
    if found is not None:
        found.forget(sid)
