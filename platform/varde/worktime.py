"""Deadlines in hours: plain ones, or only those in which an office is open. Pure; every time given and got is aware.

Opening hours are what the clock on the wall in Oslo shows; hours are counted as they pass. So in the night when an
hour is lost, what would begin in it begins when it is over; in the night when an hour comes twice, the clock has
reached a time when it shows it first. A night has no more and no fewer hours than it has.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache

import holidays

from varde.clock import OSLO

HORIZON = timedelta(days=3653)
MIDNIGHT = time(0)
_DAY, _MINUTE = timedelta(days=1), timedelta(minutes=1)


class NeverOpen(ValueError):
    """There are not so many open hours in the ten years that we look ahead; a sentence to show."""

    def __init__(self) -> None:
        super().__init__("Åpningstidene har ikke så mange timer i de neste ti årene. Se over åpningstidene.")


@dataclass(frozen=True, slots=True)
class Span:
    """From `opens` until `closes` on one day; closes at 00.00 is the midnight that ends the day."""

    opens: time
    closes: time

    def __post_init__(self) -> None:
        if self.closes != MIDNIGHT and self.closes <= self.opens:
            raise ValueError("Det må stenge senere enn det åpner.")


type Week = Mapping[int, tuple[Span, ...]]
ALL_DAY = (Span(MIDNIGHT, MIDNIGHT),)
ROUND_THE_CLOCK: Week = dict.fromkeys(range(7), ALL_DAY)


@dataclass(frozen=True, slots=True)
class Opening:
    """From the day `since` these are the hours of a week (0 is Monday), on holidays too or not."""

    since: date
    week: Week
    on_holidays: bool = False


@dataclass(frozen=True, slots=True)
class Calendar:
    """When an office is open: hours that change from a day on, and single days that are closed or have other hours.

    Of openings that begin on the same day the last one holds. Before the first there are no open hours.
    """

    openings: tuple[Opening, ...]
    days: Mapping[date, tuple[Span, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "openings", tuple(sorted(self.openings, key=lambda each: each.since)))

    def spans(self, day: date) -> tuple[Span, ...]:
        """The hours of one day, in order."""
        if day in self.days:
            return self.days[day]
        at = bisect_right(self.openings, day, key=lambda each: each.since)
        if not at:
            return ()
        opening = self.openings[at - 1]
        return () if holiday(day) and not opening.on_holidays else opening.week.get(day.weekday(), ())

    def is_closed(self, day: date) -> bool:
        """Is this a day when an office that is open on such weekdays is not?"""
        if day in self.days:
            return not self.days[day]
        at = bisect_right(self.openings, day, key=lambda each: each.since)
        return bool(holiday(day)) and not (at and self.openings[at - 1].on_holidays)


@cache
def _holidays_of(year: int) -> dict[date, str]:
    return dict(holidays.country_holidays("NO", years=year, language="no"))


def holiday(day: date) -> str:
    """What the public holiday is called in Norwegian; "" for other days."""
    return _holidays_of(day.year).get(day, "")


def moment(day: date, wall: time) -> datetime:
    """When the clock in Oslo first shows this time, or a later one where the hour is lost. In UTC."""
    given = datetime.combine(day, wall)
    found = given.replace(tzinfo=OSLO).astimezone(UTC)
    if _naive(found) == given:
        return found
    # Lost: with the offset from afterwards the time lies before the jump, so the jump is between the two.
    early = given.replace(tzinfo=OSLO, fold=1).astimezone(UTC)
    minutes = range(int((found - early) / _MINUTE) + 1)
    return early + _MINUTE * bisect_right(minutes, given, key=lambda each: _naive(early + _MINUTE * each))


def exact(day: date, wall: time) -> datetime:
    """As `moment`, for a time that somebody typed. Raises ValueError with a sentence for one that never comes."""
    found = moment(day, wall)
    if _naive(found) != datetime.combine(day, wall):
        jump = _naive(found)
        raise ValueError(
            f"Klokken {wall:%H.%M} finnes ikke {day:%d.%m.%Y}: da stilles klokken fram til {jump:%H.%M}. "
            "Velg et annet klokkeslett."
        )
    return found


def end_of(day: date, opens: time, closes: time) -> datetime:
    """When what begins on a day ends: on the next day when the clock shows no later time than at the beginning."""
    return moment(day + _DAY if closes <= opens else day, closes)


def open_spans(since: datetime, until: datetime, calendar: Calendar) -> Iterator[tuple[datetime, datetime]]:
    """The open stretches of [since, until), cut to it, in order."""
    for day, last in _days(since, until):
        for span in calendar.spans(day):
            begins = max(moment(day, span.opens), since)
            ends = min(moment(day + _DAY if span.closes == MIDNIGHT else day, span.closes), until)
            if begins < ends:
                yield begins, ends
        if day == last:
            return


def add_hours(start: datetime, hours: float, calendar: Calendar | None = None) -> datetime:
    """The first time by which so many hours have passed since `start`; without a calendar all hours count. In UTC.

    Raises ValueError for fewer than none, and NeverOpen where the calendar has not so many.
    """
    if hours < 0:
        raise ValueError("Antall timer kan ikke være mindre enn null.")
    begin, left = start.astimezone(UTC), timedelta(hours=hours)
    if calendar is None or not left:
        return begin + left
    for opens, closes in open_spans(begin, begin + HORIZON, calendar):
        if closes - opens >= left:
            return opens + left
        left -= closes - opens
    raise NeverOpen


def hours_between(a: datetime, b: datetime, calendar: Calendar | None = None) -> float:
    """How many hours pass, or open hours where there is a calendar; negative when `b` comes first."""
    since, until = a.astimezone(UTC), b.astimezone(UTC)
    if until < since:
        return -hours_between(until, since, calendar)
    if calendar is None:
        return (until - since) / timedelta(hours=1)
    passed = sum((ends - begins for begins, ends in open_spans(since, until, calendar)), timedelta())
    return passed / timedelta(hours=1)


def is_open(at: datetime, calendar: Calendar) -> bool:
    """Is it open then?"""
    return any(open_spans(at.astimezone(UTC), at.astimezone(UTC) + timedelta(microseconds=1), calendar))


def next_open(at: datetime, calendar: Calendar) -> datetime:
    """This time when it is open, else when it opens next, in UTC. Raises NeverOpen."""
    begin = at.astimezone(UTC)
    for opens, _ in open_spans(begin, begin + HORIZON, calendar):
        return opens
    raise NeverOpen


def _days(since: datetime, until: datetime) -> Iterator[tuple[date, date]]:
    day, last = since.astimezone(OSLO).date(), until.astimezone(OSLO).date()
    while day <= last:
        yield day, last
        day += _DAY


def _naive(at: datetime) -> datetime:
    return at.astimezone(OSLO).replace(tzinfo=None)
