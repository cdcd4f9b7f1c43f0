"""How urgent a thing to do is, and under which heading it stands. Pure: `now` is handed in, every time is aware."""

from datetime import datetime, time, timedelta

from varde.clock import OSLO
from varde.ui.dates import day_of

SECTIONS = [
    ("akutt", "Akutt"),
    ("over", "Over fristen"),
    ("today", "I dag"),
    ("week", "De neste sju dagene"),
    ("waits", "Venter på deg"),
]
_WEEK = timedelta(days=7)


def horizon(now: datetime) -> datetime:
    """How far ahead the page looks: the end of the seventh day from today, here."""
    return datetime.combine(day_of(now) + _WEEK, time.max, OSLO)


def section(at: datetime | None, now: datetime, *, akutt: bool = False) -> str:
    """A code of `SECTIONS`; what is akutt comes before everything else, what has no date last."""
    if akutt:
        return "akutt"
    if at is None:
        return "waits"
    if at < now:
        return "over"
    return "today" if day_of(at) == day_of(now) else "week"


def urgency(at: datetime | None, *, akutt: bool) -> tuple[bool, bool, float]:
    """To sort by: akutt, then by the date, then what has none. The order of the sections, whatever the time is."""
    return (not akutt, at is None, at.timestamp() if at else 0.0)
