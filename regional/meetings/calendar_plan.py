"""Days for the leader team's meetings, years ahead: right before each reporting deadline. Pure.

A meeting lies a number of days before its deadline, moved back to the nearest day when people are at work: no
weekend, no public holiday, and where wanted not in the weeks when the whole country is away. It never lies after, or
on, the deadline. More meetings than deadlines are spread evenly between them; fewer take deadlines at even distance.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

DAYS_BEFORE = 14
# The weeks of the general staff holiday, and days that nobody is called to though they are no public holidays.
_AWAY_WEEKS = (28, 29, 30)
_AWAY_DAYS = ((12, 24), (12, 31))
_FURTHEST = 60


@dataclass(frozen=True, slots=True)
class Slot:
    """A day, and the deadline that the meeting comes before; None for one between two deadlines."""

    day: date
    deadline: date | None


def is_away(day: date) -> bool:
    """Is the country on holiday without a public holiday?"""
    return day.isocalendar().week in _AWAY_WEEKS or (day.month, day.day) in _AWAY_DAYS


def workday_before(day: date, *, holiday: Callable[[date], object], quiet: bool = True) -> date:
    """The day itself or the nearest one before it when people are at work."""
    for back in range(_FURTHEST):
        found = day - timedelta(days=back)
        if found.weekday() < 5 and not holiday(found) and not (quiet and is_away(found)):
            return found
    raise ValueError("Fant ingen arbeidsdag.")


def slots(
    deadlines: Sequence[date],
    per_year: int,
    *,
    holiday: Callable[[date], object],
    days_before: int = DAYS_BEFORE,
    quiet: bool = True,
) -> list[Slot]:
    """The meetings before these deadlines (a year's at a time, in order), `per_year` for each year of deadlines."""

    def before(deadline: date) -> Slot:
        wanted = deadline - timedelta(days=max(days_before, 1))
        return Slot(workday_before(wanted, holiday=holiday, quiet=quiet), deadline)

    years = sorted({one.year for one in deadlines})
    found = [before(one) for year in years for one in _chosen([d for d in deadlines if d.year == year], per_year)]
    for year in years:
        extra = per_year - sum(1 for one in deadlines if one.year == year)
        found += _between(year, extra, found, holiday, quiet)
    return sorted(set(found), key=lambda slot: slot.day)


def _chosen(deadlines: Sequence[date], wanted: int) -> list[date]:
    """So many of them, at even distance, with the last one."""
    if wanted >= len(deadlines):
        return list(deadlines)
    return [deadlines[(at + 1) * len(deadlines) // wanted - 1] for at in range(wanted)] if wanted > 0 else []


def _between(
    year: int, extra: int, there: Sequence[Slot], holiday: Callable[[date], object], quiet: bool
) -> list[Slot]:
    """Days in the longest stretches of the year without a meeting, one at a time."""
    days = [slot.day for slot in there]
    found: list[Slot] = []
    for _ in range(extra):
        edges = sorted({date(year, 1, 1), *(day for day in days if day.year == year), date(year, 12, 31)})
        length, start = max((after - before, before) for before, after in pairwise(edges))
        day = workday_before(start + length / 2, holiday=holiday, quiet=quiet)
        if day in days or (day <= start and day in edges):
            break
        days.append(day)
        found.append(Slot(day, None))
    return found
