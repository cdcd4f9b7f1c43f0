"""How long something is kept: a rule, what is known of the thing, and a day. Pure, and knows no room."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

ARCHIVE = "archive"
DELETE = "delete"
LONGEST = 100 * 12  # months


@dataclass(frozen=True, slots=True)
class Rule:
    """Kept for `months` from the moment that `starts` names; then archived first, or deleted at once."""

    code: str
    starts: str
    months: int
    then: str = ARCHIVE

    def __post_init__(self) -> None:
        if not 0 < self.months <= LONGEST or self.then not in (ARCHIVE, DELETE):
            raise ValueError(f"{self.code}: no such time or end")


@dataclass(frozen=True, slots=True)
class Known:
    """What the clock needs: is it still open, when what happened, and until when somebody keeps it all the same."""

    is_open: bool
    moments: Mapping[str, date] = field(default_factory=dict)
    held_until: date | None = None


def months_after(day: date, months: int) -> date:
    """The same day so many months later; where that month lacks it, the first of the next: never too early."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    last = monthrange(year, month)[1]
    if day.day <= last:
        return date(year, month, day.day)
    return date(year, month, last) + timedelta(days=1)


def latest_start(months: int, today: date) -> date:
    """The last day from which so many months have passed."""
    day = months_after(today, -months)
    while months_after(day, months) > today:
        day -= timedelta(days=1)
    return day


def due_on(rule: Rule, known: Known, today: date) -> date | None:
    """The first day on which it need not be kept any more; None while the clock stands still.

    It stands still while the thing is open, before the moment is there, and for a moment that is yet to come.
    """
    start = known.moments.get(rule.starts)
    if known.is_open or start is None or start > today:
        return None
    due = months_after(start, rule.months)
    return max(due, known.held_until) if known.held_until else due


def is_due(rule: Rule, known: Known, today: date) -> bool:
    """Has the day come?"""
    due = due_on(rule, known, today)
    return due is not None and due <= today
