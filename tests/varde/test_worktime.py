"""Hours across opening hours, holidays and clock changes: hand-picked cases, and any case against a slow walk."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.varde import slow_clock
from varde.clock import OSLO
from varde.worktime import (
    ALL_DAY,
    ROUND_THE_CLOCK,
    Calendar,
    NeverOpen,
    Opening,
    Span,
    add_hours,
    exact,
    holiday,
    hours_between,
    is_open,
    moment,
    next_open,
)  # fmt: skip

OFFICE = (Span(time(8), time(16)),)
WEEKDAYS = Calendar((Opening(date(2000, 1, 1), dict.fromkeys(range(5), OFFICE)),))
ALWAYS = Calendar((Opening(date(2000, 1, 1), ROUND_THE_CLOCK, on_holidays=True),))
NEVER = Calendar(())


def oslo(text: str, fold: int = 0) -> datetime:
    """«2026-03-29 02:30» as the clock in Oslo shows it."""
    return datetime.fromisoformat(text).replace(tzinfo=OSLO, fold=fold).astimezone(UTC)


@pytest.mark.parametrize(
    ("start", "hours", "due"),
    [
        ("2026-11-27 15:59", 3, "2026-11-30 10:59"),  # a Friday, one minute before closing
        ("2026-11-27 16:00", 1, "2026-11-30 09:00"),
        ("2026-11-27 13:00", 3, "2026-11-27 16:00"),
        ("2026-11-28 12:00", 8, "2026-11-30 16:00"),
        ("2026-11-27 16:00", 0, "2026-11-27 16:00"),
        ("2026-04-30 15:00", 2, "2026-05-04 09:00"),  # 1 May, a Friday
        ("2026-04-01 15:00", 2, "2026-04-07 09:00"),  # Easter: Thursday, Friday, Monday
        ("2027-05-14 15:00", 2, "2027-05-18 09:00"),  # Monday 17 May, also the second day of Whitsun
        ("2024-05-16 15:00", 2, "2024-05-21 09:00"),  # Friday 17 May, and Whit Monday
        ("2026-12-24 15:00", 2, "2026-12-28 09:00"),
        ("2026-11-27 15:30", 40, "2026-12-04 15:30"),
    ],
)
def test_opening_hours_by_hand(start, hours, due):
    assert add_hours(oslo(start), hours, WEEKDAYS) == oslo(due)


@pytest.mark.parametrize(
    ("start", "hours", "due"),
    [
        (oslo("2026-03-28 23:00"), 4, oslo("2026-03-29 04:00")),  # a night of 23 hours: 02 does not come
        (oslo("2026-10-24 23:00"), 4, oslo("2026-10-25 02:00", fold=1)),  # a night of 25 hours: 02 comes twice
        (oslo("2026-10-25 02:30"), 1, oslo("2026-10-25 02:30", fold=1)),
        (oslo("2026-10-25 02:30", fold=1), 1, oslo("2026-10-25 03:30")),
    ],
)
@pytest.mark.parametrize("calendar", [None, ALWAYS])
def test_hours_are_counted_as_they_pass(start, hours, due, calendar):
    assert add_hours(start, hours, calendar) == due


def test_a_span_in_the_lost_hour_begins_when_it_is_over():
    nights = Calendar((Opening(date(2000, 1, 1), dict.fromkeys(range(7), (Span(time(2, 30), time(4)),))),))
    assert moment(date(2026, 3, 29), time(2, 30)) == datetime(2026, 3, 29, 1, tzinfo=UTC)
    assert hours_between(oslo("2026-03-29 00:00"), oslo("2026-03-29 12:00"), nights) == 1
    assert hours_between(oslo("2026-03-30 00:00"), oslo("2026-03-30 12:00"), nights) == 1.5


def test_a_span_in_the_doubled_hour_begins_the_first_time():
    nights = Calendar((Opening(date(2000, 1, 1), dict.fromkeys(range(7), (Span(time(2, 30), time(4)),))),))
    assert next_open(oslo("2026-10-25 00:00"), nights) == oslo("2026-10-25 02:30", fold=0)
    assert hours_between(oslo("2026-10-25 00:00"), oslo("2026-10-25 12:00"), nights) == 2.5
    assert is_open(oslo("2026-10-25 02:10", fold=1), nights)
    assert not is_open(oslo("2026-10-25 02:10", fold=0), nights)


def test_two_spans_that_meet_in_a_night_of_the_clock_leave_no_hole():
    for day, hours in ((date(2026, 3, 29), 23), (date(2026, 10, 25), 25)):
        spans = (Span(time(0), time(2, 30)), Span(time(2, 30), time(0)))
        split = Calendar((Opening(date(2000, 1, 1), {6: spans}, on_holidays=True),))
        since = datetime.combine(day, time(0), OSLO)
        assert hours_between(since, since + timedelta(days=1), split) == hours


def test_a_typed_time_in_the_lost_hour_is_refused_with_a_sentence():
    with pytest.raises(ValueError, match=r"Klokken 02.30 finnes ikke 29.03.2026: da stilles klokken fram til 03.00."):
        exact(date(2026, 3, 29), time(2, 30))
    assert exact(date(2026, 10, 25), time(2, 30)) == oslo("2026-10-25 02:30", fold=0)


def test_an_office_that_never_opens_says_so():
    for ask in (
        lambda: add_hours(oslo("2026-11-27 12:00"), 1, NEVER),
        lambda: next_open(oslo("2026-01-01 00:00"), NEVER),
    ):
        with pytest.raises(NeverOpen, match=r"Se over åpningstidene\."):
            ask()
    assert hours_between(oslo("2026-01-01 00:00"), oslo("2026-12-01 00:00"), NEVER) == 0


def test_more_hours_than_ten_years_have_are_refused_and_fewer_than_none():
    rare = Calendar((Opening(date(2000, 1, 1), {6: (Span(time(8), time(9)),)}),))
    with pytest.raises(NeverOpen):
        add_hours(oslo("2026-11-27 12:00"), 600, rare)
    with pytest.raises(ValueError, match="mindre enn null"):
        add_hours(oslo("2026-11-27 12:00"), -1)


def test_hours_change_from_a_day_on_and_before_the_first_day_there_are_none():
    short = Opening(date(2026, 12, 1), dict.fromkeys(range(5), (Span(time(9), time(10)),)))
    calendar = Calendar((short, WEEKDAYS.openings[0]))
    assert add_hours(oslo("2026-11-30 15:00"), 2, calendar) == oslo("2026-12-01 10:00")
    assert next_open(oslo("2020-01-01 00:00"), Calendar((short,))) == oslo("2026-12-01 09:00")


def test_own_days_are_closed_or_have_other_hours_also_on_a_holiday():
    days = {date(2026, 12, 23): (), date(2026, 12, 25): (Span(time(10), time(12)),)}
    calendar = Calendar(WEEKDAYS.openings, days)
    assert add_hours(oslo("2026-12-22 15:30"), 9.5, calendar) == oslo("2026-12-25 11:00")
    assert calendar.is_closed(date(2026, 12, 23))
    assert not calendar.is_closed(date(2026, 12, 25))
    assert calendar.is_closed(date(2026, 12, 26))


def test_holidays_have_their_norwegian_names_and_sundays_are_none():
    assert holiday(date(2026, 5, 17)) == "Grunnlovsdag"
    assert holiday(date(2026, 4, 2)) == "Skjærtorsdag"
    assert holiday(date(2026, 11, 22)) == ""


def test_a_span_that_ends_before_it_begins_is_refused():
    with pytest.raises(ValueError, match="stenge senere"):
        Span(time(16), time(8))


# Any calendar, any quarter of ten years.
_quarter = st.integers(0, 95).map(lambda number: time(number // 4, number % 4 * 15))


@st.composite
def _spans(draw: st.DrawFn) -> tuple[Span, ...]:
    """None, one or two spans of a day; often in the night when clocks change."""
    cuts = sorted(draw(st.sets(st.integers(0, 96) | st.integers(4, 14), min_size=2, max_size=4)))
    walls = [time(number // 4 % 24, number % 4 * 15) for number in cuts]
    pairs = list(zip(walls[::2], walls[1::2], strict=False))
    return tuple(Span(opens, closes) for opens, closes in pairs[: draw(st.integers(0, 2))])


_weeks = st.dictionaries(st.integers(0, 6), _spans() | st.just(ALL_DAY), max_size=7)
_days = st.dates(date(2020, 1, 1), date(2029, 12, 31))
_openings = st.builds(Opening, _days | st.just(date(2019, 1, 1)), _weeks, st.booleans())
_changes = st.sampled_from([date(year, month, 25) for year in range(2020, 2030) for month in (3, 10)])
_near = st.builds(lambda day, more: day + timedelta(days=more), _changes, st.integers(0, 7)) | _days


@st.composite
def _asked(draw: st.DrawFn) -> tuple[Calendar, datetime]:
    """A calendar with own days near a time, and the time."""
    day = draw(_near)
    own = draw(st.dictionaries(st.integers(-1, 9).map(lambda more: day + timedelta(days=more)), _spans(), max_size=3))
    first = Opening(date(2019, 1, 1), draw(_weeks), draw(st.booleans()))
    later = draw(st.lists(st.builds(Opening, st.integers(1, 9).map(lambda more: day + timedelta(days=more)), _weeks),
                          max_size=2, unique_by=lambda each: each.since))  # fmt: skip
    start = datetime.combine(day, time(0), UTC) + slow_clock.QUARTER * draw(st.integers(0, 120))
    return Calendar((first, *later), own), start


@settings(max_examples=200, deadline=None)
@given(asked=_asked(), wanted=st.integers(1, 120))
def test_a_deadline_is_where_a_slow_walk_comes_to(asked, wanted):
    calendar, start = asked
    left, due = wanted, None
    for at, day, shown in slow_clock.quarters(start, 21):
        left -= slow_clock.is_open(calendar, day, shown)
        if not left:
            due = at + slow_clock.QUARTER
            break
    if due is None:
        return  # farther off than the walk goes
    assert add_hours(start, wanted / 4, calendar) == due
    assert hours_between(start, due, calendar) == wanted / 4


@settings(max_examples=200, deadline=None)
@given(asked=_asked(), length=st.integers(0, 15 * 96))
def test_open_hours_are_what_a_slow_walk_counts(asked, length):
    calendar, start = asked
    until = start + slow_clock.QUARTER * length
    walked = [row for row in slow_clock.quarters(start, 16) if row[0] < until]
    counted = sum(slow_clock.is_open(calendar, day, shown) for _, day, shown in walked)
    assert hours_between(start, until, calendar) == counted / 4
    assert hours_between(until, start, calendar) == -counted / 4


@settings(max_examples=150, deadline=None)
@given(asked=_asked())
def test_it_opens_next_when_a_slow_walk_sees_it_open(asked):
    calendar, start = asked
    seen = (at for at, day, shown in slow_clock.quarters(start, 21) if slow_clock.is_open(calendar, day, shown))
    found = next(seen, None)
    if found is not None:
        assert next_open(start, calendar) == found
        assert is_open(start, calendar) == (found == start)


@settings(max_examples=100, deadline=None)
@given(start=_days.map(lambda day: datetime.combine(day, time(1), UTC)), hours=st.integers(0, 24 * 90))
def test_an_office_that_is_always_open_counts_plain_hours(start, hours):
    assert add_hours(start, hours, ALWAYS) == add_hours(start, hours) == start + timedelta(hours=hours)
    assert hours_between(start, start + timedelta(hours=hours), ALWAYS) == hours


@settings(max_examples=100, deadline=None)
@given(asked=_asked(), first=st.integers(0, 100), second=st.integers(0, 100))
def test_more_hours_never_end_earlier_and_parts_add_up(asked, first, second):
    calendar, start = asked
    try:
        whole = add_hours(start, (first + second) / 4, calendar)
    except NeverOpen:
        return
    half = add_hours(start, first / 4, calendar)
    assert start <= half <= whole
    assert add_hours(half, second / 4, calendar) == whole


def test_every_hour_of_ten_years_once_by_hand_and_once_by_the_calendar():
    since, until = datetime(2020, 1, 1, tzinfo=UTC), datetime(2030, 1, 1, tzinfo=UTC)
    days = (until - since).days
    counted = sum(
        slow_clock.is_open(WEEKDAYS, day, shown) for at, day, shown in slow_clock.quarters(since, days) if at < until
    )
    assert hours_between(since, until, WEEKDAYS) == counted / 4
