"""When the region reports, and how often its leaders meet. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

type Reporting = Literal["half_year", "quarter", "year"]

REPORTING: dict[Reporting, str] = {
    "half_year": "Hvert halvår",
    "quarter": "Hvert kvartal",
    "year": "Hvert år",
}
# (month, day), in the order of the year. A month after the period is over there is time to count and to meet.
DEADLINES: dict[Reporting, tuple[tuple[int, int], ...]] = {
    "half_year": ((1, 31), (7, 31)),
    "quarter": ((1, 31), (4, 30), (7, 31), (10, 31)),
    "year": ((1, 31),),
}
MOST_MEETINGS = 12


@dataclass(frozen=True, slots=True)
class Settings:
    """What the agreement says of the leaders' meetings and of reporting."""

    meetings_per_year: int = 2
    reporting: Reporting = "half_year"
    deadlines: tuple[tuple[int, int], ...] = DEADLINES["half_year"]

    def report_deadlines(self, year: int) -> list[date]:
        """The days of a year on which the region must have reported, in order."""
        return report_deadlines(year, self.deadlines)


def report_deadlines(year: int, deadlines: Sequence[tuple[int, int]] = DEADLINES["half_year"]) -> list[date]:
    """The days of the year; a day that the month does not have (31 April, 29 February) is its last."""
    return sorted({_day(year, month, day) for month, day in deadlines})


def next_deadline(today: date, deadlines: Sequence[tuple[int, int]] = DEADLINES["half_year"]) -> date | None:
    """The first that is not over; None where there are none."""
    return next((day for day in _from(today, deadlines) if day >= today), None)


def _from(today: date, deadlines: Sequence[tuple[int, int]]) -> Iterator[date]:
    for year in (today.year, today.year + 1):
        yield from report_deadlines(year, deadlines)


def _day(year: int, month: int, day: int) -> date:
    if not 1 <= month <= 12 or not 1 <= day <= 31:
        raise ValueError("Fristen er ikke en dag i året.")
    last = (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month, min(day, last))
