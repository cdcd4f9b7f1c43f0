"""The rows of one request or task, collected and written in one INSERT as the last statement before the commit."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from varde.audit.models import Entry


class NoTrail(RuntimeError):
    """Something was to be logged where nothing collects the log."""


class Trail:
    """What will be written when the transaction ends well."""

    def __init__(self) -> None:
        self.rows: list[Entry] = []

    def add(self, entry: Entry) -> None:
        """Keep a row for the end."""
        self.rows.append(entry)

    def flush(self) -> None:
        """Write what has been collected; an error here undoes the whole transaction."""
        rows, self.rows = self.rows, []
        if rows:
            Entry.objects.bulk_create(rows)


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
