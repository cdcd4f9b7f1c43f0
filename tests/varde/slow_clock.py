"""The slow, obvious reference: a clock on the wall that is read once every quarter and that never shows an earlier time
on the same day. Knows nothing of how the product counts."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache

from varde.clock import OSLO
from varde.worktime import MIDNIGHT, Calendar, Span, holiday

QUARTER = timedelta(minutes=15)


@cache
def walked(day: date) -> tuple[tuple[datetime, int], ...]:
    """The quarters of a day as (time, minutes that the clock has shown at most)."""
    at = datetime.combine(day - timedelta(days=1), time(20), UTC)
    read, highest = [], -1
    while (here := at.astimezone(OSLO)).date() <= day:
        if here.date() == day:
            highest = max(highest, here.hour * 60 + here.minute)
            read.append((at, highest))
        at += QUARTER
    return tuple(read)


def quarters(start: datetime, days: int) -> Iterator[tuple[datetime, date, int]]:
    """(time, day, minutes shown) of each quarter from `start` on."""
    first = start.astimezone(OSLO).date()
    for number in range(days + 1):
        day = first + timedelta(days=number)
        yield from ((at, day, shown) for at, shown in walked(day) if at >= start)


def minutes(wall: time) -> int:
    """Since midnight, as the clock shows it."""
    return wall.hour * 60 + wall.minute


def inside(span: Span, shown: int) -> bool:
    """Does the clock show a time of the span?"""
    return minutes(span.opens) <= shown and (span.closes == MIDNIGHT or shown < minutes(span.closes))


def hours_of(calendar: Calendar, day: date) -> tuple[Span, ...]:
    """Said once more, as plainly as can be."""
    if day in calendar.days:
        return calendar.days[day]
    begun = [opening for opening in calendar.openings if opening.since <= day]
    if not begun:
        return ()
    opening = max(begun, key=lambda each: each.since)
    if holiday(day) and not opening.on_holidays:
        return ()
    return opening.week.get(day.weekday(), ())


def is_open(calendar: Calendar, day: date, shown: int) -> bool:
    """Is it open in the quarter that begins when the clock shows this?"""
    return any(inside(span, shown) for span in hours_of(calendar, day))
