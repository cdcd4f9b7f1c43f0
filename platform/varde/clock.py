"""The one place that asks what time it is; pure rules are handed the answer."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

OSLO = ZoneInfo("Europe/Oslo")
_TOLD: ContextVar[datetime | None] = ContextVar("told", default=None)


def now() -> datetime:
    """The time, aware, in UTC; inside `telling`, the time of what is told."""
    return _TOLD.get() or wall()


def wall() -> datetime:
    """The time on the wall, whatever is told: what a log writes."""
    return datetime.now(UTC)


@contextmanager
def telling(moment: datetime) -> Iterator[None]:
    """Here `now` is that moment. For the demo's stories, which would else all have happened as it started."""
    token = _TOLD.set(moment)
    try:
        yield
    finally:
        _TOLD.reset(token)
