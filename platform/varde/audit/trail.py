"""The rows of one request or task, collected and written in one INSERT as the last statement before the commit."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection

from varde.audit.models import Action, Entry

# A change that was taken back did not happen; a read did, whatever became of the transaction around it.
_WRITES = frozenset({Action.CREATE, Action.CHANGE, Action.SEND})


class NoTrail(RuntimeError):
    """Something was to be logged where nothing collects the log."""


class Trail:
    """What will be written when the transaction ends well."""

    def __init__(self) -> None:
        self.rows: list[tuple[Entry, frozenset[str]]] = []

    def add(self, entry: Entry) -> None:
        """Keep a row for the end, and remember the savepoints it stands in."""
        self.rows.append((entry, frozenset(sid for sid in connection.savepoint_ids if sid)))

    def forget(self, sid: str) -> None:
        """The savepoint was rolled back: the changes noted inside it were taken back with it."""
        self.rows = [(row, sids) for row, sids in self.rows if sid not in sids or row.action not in _WRITES]

    def flush(self) -> None:
        """Write what has been collected; an error here undoes the whole transaction."""
        rows, self.rows = self.rows, []
        if any(row.action in _WRITES for row, _ in rows):
            # Else checked at the commit, waiting for somebody's row with the log's head in hand: a deadlock.
            connection.check_constraints()
        if rows:
            Entry.objects.bulk_create([row for row, _ in rows])


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
