"""The rota engine against somebody who reads the clock on the wall every minute, and against a table made by hand.

The reference shares no code with the product: it has its own clock, its own holidays and its own plan; only the plan
that it is asked about is handed to the engine.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from varde import rota as engine
from varde.worktime import Calendar, Opening, Span

OSLO, MINUTE, DAY = ZoneInfo("Europe/Oslo"), timedelta(minutes=1), timedelta(days=1)
NIGHT = 24 * 60


# --- the reference ----------------------------------------------------------------------------------------------------
@dataclass
class Plan:
    """Plain lists. Weekly: (person, place, weekday, from, until (minutes of the day), first day, last day or None).
    Times: (person, place, from, until), (person, from, until), (person, instead, from, until), in UTC.
    `hours`: [(first day, {weekday: (opens, closes)}, open on holidays)], None: somebody always should answer."""

    weekly: list[tuple] = field(default_factory=list)
    dated: list[tuple] = field(default_factory=list)
    away: list[tuple] = field(default_factory=list)
    swaps: list[tuple] = field(default_factory=list)
    hours: list[tuple] | None = None
    days: dict[date, tuple[int, int] | None] = field(default_factory=dict)
    here: set[str] | None = None


def easter(year: int) -> date:
    """Gauss, Meeus and Jones."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def red(day: date) -> bool:
    """A Norwegian public holiday, Sundays apart."""
    moved = {easter(day.year) + DAY * more for more in (-3, -2, 0, 1, 39, 49, 50)}
    return day in moved or (day.month, day.day) in {(1, 1), (5, 1), (5, 17), (12, 25), (12, 26)}


def on_the_wall(since: datetime, until: datetime) -> Iterator[tuple[datetime, date, int]]:
    """Every minute as (time, day, the latest minute of that day that the clock has shown)."""
    at, day, shown = since - DAY * 2, date.min, 0
    while at < until:
        here = at.astimezone(OSLO)
        if here.date() != day:
            day, shown = here.date(), -1
        shown = max(shown, here.hour * 60 + here.minute)
        if at >= since:
            yield at, day, shown
        at += MINUTE


def hours_of(plan: Plan, day: date) -> tuple[int, int] | None:
    """When it is open on a day, as minutes."""
    if day in plan.days:
        return plan.days[day]
    begun = [each for each in plan.hours or [] if each[0] <= day]
    if not begun:
        return None
    _, week, on_holidays = max(begun, key=lambda each: each[0])
    return None if red(day) and not on_holidays else week.get(day.weekday())


def shut(plan: Plan, day: date) -> bool:
    """Does no weekly shift begin on this day?"""
    if plan.hours is None:
        return False
    if day in plan.days:
        return plan.days[day] is None
    begun = [each for each in plan.hours if each[0] <= day]
    return red(day) and not (begun and max(begun, key=lambda each: each[0])[2])


def runs(plan: Plan, shift: tuple, day: date, shown: int) -> bool:
    """Is the shift on?"""
    _, _, weekday, begins, ends, first, last = shift

    def starts(on: date) -> bool:
        return on.weekday() == weekday and first <= on and (last is None or on <= last) and not shut(plan, on)

    if ends > begins:
        return begins <= shown < ends and starts(day)
    return (shown >= begins and starts(day)) or (shown < ends and starts(day - DAY))


def who_takes(person: str, given: dict[str, str]) -> str:
    """Step along; in a ring each has the next one's."""
    seen = []
    while person in given and given[person] != person:
        if person in seen:
            return given[person]
        seen.append(person)
        person = given[person]
    return person


def answers(plan: Plan, at: datetime, day: date, shown: int) -> list[str]:
    """Who answers, first to last."""
    given: dict[str, str] = {}
    for person, instead, begins, ends in plan.swaps:
        if begins <= at < ends:
            given.setdefault(person, instead)
    gone = {person for person, begins, ends in plan.away if begins <= at < ends}
    found: list[str] = []
    for place in (1, 2, 3):
        on = [person for person, its, begins, ends in plan.dated if its == place and begins <= at < ends]
        on += [shift[0] for shift in plan.weekly if shift[1] == place and runs(plan, shift, day, shown)]
        for person in on:
            one = who_takes(person, given)
            if one not in found and one not in gone and (plan.here is None or one in plan.here):
                found.append(one)
    return found


def wanted(plan: Plan, day: date, shown: int) -> bool:
    """Should somebody answer?"""
    if plan.hours is None:
        return True
    span = hours_of(plan, day)
    return span is not None and span[0] <= shown < span[1]


# --- the same plan for the engine -------------------------------------------------------------------------------------
def wall(minutes: int) -> time:
    """Minutes of the day; the midnight that ends it is 00.00."""
    return time(minutes % NIGHT // 60, minutes % 60)


def spans(given: tuple[int, int] | None) -> tuple[Span, ...]:
    """As the product writes it."""
    return () if given is None else (Span(wall(given[0]), wall(given[1])),)


def handed_over(plan: Plan) -> engine.Rota[str]:
    """The plan in the engine's own words."""
    calendar = None
    if plan.hours is not None:
        openings = [
            Opening(since, {number: spans(span) for number, span in week.items()}, on_holidays)
            for since, week, on_holidays in plan.hours
        ]
        calendar = Calendar(tuple(openings), {day: spans(span) for day, span in plan.days.items()})
    weekly = [
        engine.Weekly(person, place, weekday, wall(begins), wall(ends), first, last)
        for person, place, weekday, begins, ends, first, last in plan.weekly
    ]
    return engine.Rota(
        weekly=tuple(weekly),
        dated=tuple(engine.Dated(*each) for each in plan.dated),
        away=tuple(engine.Away(*each) for each in plan.away),
        swaps=tuple(engine.Swap(*each) for each in plan.swaps),
        calendar=calendar,
        here=plan.here,
    )


# --- any plan of any year ---------------------------------------------------------------------------------------------
def clock_changes(year: int) -> list[date]:
    """The last Sundays of March and October."""
    found = []
    for month in (3, 10):
        last = date(year, month, 31)
        found.append(last - DAY * ((last.weekday() + 1) % 7))
    return found


PEOPLE = st.sampled_from("abcd")
CLOCK = st.integers(0, NIGHT - 1) | st.integers(60, 240) | st.sampled_from([0, 120, 150, 180, 8 * 60, 16 * 60])


@st.composite
def plans(draw: st.DrawFn) -> tuple[Plan, datetime]:
    """A plan and a time in any year since Norway began with summer time; every other one in a night of the change."""
    year = draw(st.integers(1981, 2099))
    any_day = st.integers(0, 364).map(lambda more: date(year, 1, 1) + DAY * more)
    day = draw(st.sampled_from(clock_changes(year)) | any_day)
    start = datetime.combine(day - DAY, time(12), UTC)
    near = st.integers(-3, 4).map(lambda more: day + DAY * more)
    weekday = st.sampled_from([(day.weekday() + more) % 7 for more in (-2, -1, 0, 1)])
    shift = st.tuples(
        PEOPLE, st.integers(1, 3), weekday, CLOCK, CLOCK, near | st.just(date(year - 1, 1, 1)), st.none() | near,
    )  # fmt: skip

    def stretch() -> tuple[datetime, datetime]:
        begins = start + MINUTE * draw(st.integers(-600, 3000))
        return begins, begins + MINUTE * draw(st.integers(1, 2000))

    week = st.dictionaries(st.integers(0, 6), span_of_minutes(), min_size=3)
    hours = st.tuples(near | st.just(date(year - 1, 1, 1)), week, st.booleans())
    opened = draw(st.none() | st.lists(hours, min_size=1, max_size=3, unique_by=lambda each: each[0]))
    return Plan(
        weekly=draw(st.lists(shift, max_size=7)),
        dated=[(draw(PEOPLE), draw(st.integers(1, 3)), *stretch()) for _ in range(draw(st.integers(0, 2)))],
        away=[(draw(PEOPLE), *stretch()) for _ in range(draw(st.integers(0, 2)))],
        swaps=[(draw(PEOPLE), draw(PEOPLE), *stretch()) for _ in range(draw(st.integers(0, 4)))],
        hours=opened,
        days=draw(st.dictionaries(near, st.none() | span_of_minutes(), max_size=2)) if opened is not None else {},
        here=draw(st.none() | st.sets(PEOPLE, min_size=2)),
    ), start


def span_of_minutes() -> st.SearchStrategy[tuple[int, int]]:
    """Opens before it closes, at midnight at the latest."""
    return st.tuples(CLOCK, CLOCK | st.just(NIGHT)).filter(lambda pair: pair[0] < pair[1])


@settings(max_examples=150, deadline=None)
@given(made=plans())
def test_any_plan_of_any_year_answers_and_has_gaps_as_the_clock_on_the_wall_says(made):
    plan, start = made
    until = start + DAY * 2
    rota = handed_over(plan)
    cut, holes = engine.stretches(rota, start, until), engine.gaps(rota, start, until)
    assert (cut[0].starts, cut[-1].ends) == (start, until)
    number = 0
    for at, day, shown in on_the_wall(start, until):
        while cut[number].ends <= at:
            number += 1
        found = answers(plan, at, day, shown)
        assert list(cut[number].people) == found, (at, day, shown)
        empty = wanted(plan, day, shown) and not found
        assert any(begins <= at < ends for begins, ends in holes) == empty, (at, day, shown)


@settings(max_examples=60, deadline=None)
@given(made=plans(), minute=st.integers(0, 2879), second=st.integers(0, 59))
def test_who_answers_at_one_moment_is_who_the_clock_on_the_wall_says(made, minute, second):
    plan, start = made
    at = start + MINUTE * minute
    _, day, shown = next(on_the_wall(at, at + MINUTE))
    assert engine.answering(handed_over(plan), at + timedelta(seconds=second)) == answers(plan, at, day, shown)


# --- both nights of 2026 by hand --------------------------------------------------------------------------------------
def utc(said: str) -> datetime:
    """«03-28 21:00» of 2026."""
    return datetime.fromisoformat(f"2026-{said}").replace(tzinfo=UTC)


SINCE = date(2026, 1, 1)
# Kari has Saturday evening until half past two, Tom from then until eight; Eva sits beside from two until three.
BY_HAND = engine.Rota(
    weekly=(
        engine.Weekly("kari", 1, 5, time(22), time(2, 30), SINCE),
        engine.Weekly("tom", 1, 6, time(2, 30), time(8), SINCE),
        engine.Weekly("eva", 2, 6, time(2), time(3), SINCE),
    )
)


@pytest.mark.parametrize(("said", "people"), [
    # 29 March: at 01.00 UTC the clock goes from 02.00 to 03.00. Half past two never comes: Tom begins at three, and
    # Eva's hour is not there.
    ("03-28 20:59", []), ("03-28 21:00", ["kari"]), ("03-29 00:59", ["kari"]), ("03-29 01:00", ["tom"]),
    ("03-29 05:59", ["tom"]), ("03-29 06:00", []),
    # 25 October: at 01.00 UTC the clock goes from 03.00 to 02.00. Half past two comes first at 00.30 UTC; then Tom has
    # it, also when the clock shows quarter past two for the second time. Eva's hour lasts two.
    ("10-24 19:59", []), ("10-24 20:00", ["kari"]), ("10-24 23:59", ["kari"]), ("10-25 00:00", ["kari", "eva"]),
    ("10-25 00:29", ["kari", "eva"]), ("10-25 00:30", ["tom", "eva"]), ("10-25 01:15", ["tom", "eva"]),
    ("10-25 01:59", ["tom", "eva"]), ("10-25 02:00", ["tom"]), ("10-25 06:59", ["tom"]), ("10-25 07:00", []),
])  # fmt: skip
def test_both_nights_of_2026_by_hand(said, people):
    assert engine.answering(BY_HAND, utc(said)) == people


@pytest.mark.parametrize(("since", "until", "hours"), [
    ("03-28 21:00", "03-29 06:00", 9), ("10-24 20:00", "10-25 07:00", 11), ("11-21 21:00", "11-22 07:00", 10),
])  # fmt: skip
def test_such_a_night_lasts_as_long_as_it_does_and_has_no_hole(since, until, hours):
    begins, ends = utc(since), utc(until)
    assert ends - begins == timedelta(hours=hours)
    assert engine.gaps(BY_HAND, begins, ends) == []
    assert engine.gaps(BY_HAND, begins - MINUTE, ends + MINUTE) == [(begins - MINUTE, begins), (ends, ends + MINUTE)]


def test_the_slow_reference_knows_both_nights_too():
    plan = Plan(weekly=[
        ("kari", 1, 5, 22 * 60, 150, SINCE, None), ("tom", 1, 6, 150, 8 * 60, SINCE, None),
        ("eva", 2, 6, 120, 180, SINCE, None),
    ])  # fmt: skip
    for said, people in (("03-29 00:59", ["kari"]), ("03-29 01:00", ["tom"]), ("10-25 01:15", ["tom", "eva"])):
        ((at, day, shown),) = on_the_wall(utc(said), utc(said) + MINUTE)
        assert answers(plan, at, day, shown) == people
