"""Who answers, and when nobody does: hand-picked days, and any rota against a slow walk."""

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.varde import slow_clock
from tests.varde.test_worktime import OFFICE, WEEKDAYS, _asked, _near, oslo
from varde.rota import Away, Dated, Rota, Stretch, Swap, Weekly, answering, gaps, line, overlapping, stretches
from varde.rotas.rules import said
from varde.worktime import ROUND_THE_CLOCK, Calendar, Opening

SINCE = date(2026, 1, 1)
ALWAYS = Calendar((Opening(date(2000, 1, 1), ROUND_THE_CLOCK, on_holidays=True),))
TOM = tuple(Weekly("tom", 1, day, time(8), time(16), SINCE) for day in range(5))
TOVE = tuple(Weekly("tove", 2, day, time(8), time(16), SINCE) for day in range(5))
MONDAY, TUESDAY = oslo("2026-11-23 09:00"), oslo("2026-11-24 09:00")


def test_the_first_answers_first_and_nobody_in_the_evening():
    rota = Rota(weekly=TOVE + TOM, calendar=WEEKDAYS)
    assert answering(rota, MONDAY) == ["tom", "tove"]
    assert answering(rota, oslo("2026-11-23 16:00")) == []


def test_a_dated_shift_stands_before_the_weekly_one_of_its_place():
    extra = Dated("kari", 1, oslo("2026-11-23 08:00"), oslo("2026-11-23 12:00"))
    assert answering(Rota(weekly=TOM, dated=(extra,)), MONDAY) == ["kari", "tom"]


def test_a_swap_moves_the_shift_and_an_absence_takes_it_away():
    swap = Swap("tom", "kari", oslo("2026-11-23 00:00"), oslo("2026-11-24 00:00"))
    away = Away("tom", oslo("2026-11-24 00:00"), oslo("2026-11-25 00:00"))
    rota = Rota(weekly=TOM, swaps=(swap,), away=(away,), calendar=WEEKDAYS)
    assert (answering(rota, MONDAY), answering(rota, TUESDAY)) == (["kari"], [])
    assert gaps(rota, MONDAY, TUESDAY + timedelta(days=1)) == [(oslo("2026-11-24 08:00"), oslo("2026-11-24 16:00"))]


def test_whoever_takes_a_shift_and_is_away_does_not_answer():
    swap = Swap("tom", "kari", oslo("2026-11-23 00:00"), oslo("2026-11-24 00:00"))
    away = Away("kari", oslo("2026-11-23 00:00"), oslo("2026-11-24 00:00"))
    assert answering(Rota(weekly=TOM, swaps=(swap,), away=(away,)), MONDAY) == []


def test_a_chain_of_swaps_ends_with_the_last_and_two_who_swap_have_each_others():
    day = (oslo("2026-11-23 00:00"), oslo("2026-11-24 00:00"))
    chain = (Swap("tom", "tove", *day), Swap("tove", "kari", *day))
    assert answering(Rota(weekly=TOM, swaps=chain), MONDAY) == ["kari"]
    away = (Away("kari", *day),)
    assert gaps(Rota(weekly=TOM, swaps=chain, away=away), MONDAY, MONDAY + timedelta(hours=1))
    each = (Swap("tom", "tove", *day), Swap("tove", "tom", *day))
    assert answering(Rota(weekly=TOM + TOVE, swaps=each), MONDAY) == ["tove", "tom"]
    ring = (*each[:1], Swap("tove", "kari", *day), Swap("kari", "tom", *day))
    assert answering(Rota(weekly=TOM + TOVE, swaps=ring), MONDAY) == ["tove", "kari"]


def test_a_week_of_seven_has_no_hole_where_one_takes_over_from_the_other():
    people = ("kari", "tom", "tove", "kari", "tom", "tove", "kari")
    week = tuple(Weekly(one, 1, day, time(9), time(9), SINCE) for day, one in enumerate(people))
    for since in (oslo("2026-03-25 00:00"), oslo("2026-10-21 00:00"), oslo("2026-12-20 00:00")):
        assert gaps(Rota(weekly=week), since, since + timedelta(days=14)) == []
    assert gaps(Rota(weekly=week[:6]), MONDAY, MONDAY + timedelta(days=7)) == [
        (oslo("2026-11-29 09:00"), oslo("2026-11-30 09:00"))
    ]


def test_whoever_is_put_in_answers_now_also_on_a_closed_day():
    put_in = Dated("kari", 1, oslo("2026-05-01 09:00"), oslo("2026-05-01 11:00"))
    assert answering(Rota(weekly=TOM, dated=(put_in,), calendar=WEEKDAYS), oslo("2026-05-01 10:00")) == ["kari"]


def test_what_was_answered_before_somebody_left_stays_theirs():
    rota = Rota(weekly=TOM, here={"tove"}, here_since=TUESDAY)
    assert (answering(rota, MONDAY), answering(rota, TUESDAY)) == (["tom"], [])
    cut = stretches(rota, MONDAY, TUESDAY + timedelta(hours=1))
    assert (cut[-1].starts, cut[-1].people) == (TUESDAY, ())


def test_a_shift_of_somebody_who_has_left_is_a_gap():
    rota = Rota(weekly=TOM, calendar=WEEKDAYS, here={"tove"})
    assert gaps(rota, MONDAY, MONDAY + timedelta(hours=1)) == [(MONDAY, MONDAY + timedelta(hours=1))]


def test_on_a_holiday_no_weekly_shift_begins_and_nobody_is_missed():
    rota, may_first = Rota(weekly=TOM, calendar=WEEKDAYS), oslo("2026-05-01 10:00")
    assert answering(rota, may_first) == []
    assert gaps(rota, may_first, may_first + timedelta(hours=2)) == []


def test_a_night_shift_lasts_as_long_as_the_night():
    night = Rota(weekly=tuple(Weekly("tom", 1, day, time(20), time(8), SINCE) for day in range(7)))
    for evening, hours in (("2026-03-28", 11), ("2026-10-24", 13), ("2026-11-24", 12)):
        since = oslo(f"{evening} 20:00")
        assert answering(night, since + timedelta(hours=hours) - timedelta(minutes=1)) == ["tom"]
        assert answering(night, since + timedelta(hours=hours)) == []


def test_the_hour_that_comes_twice_is_nobodys_gap():
    cut = (Weekly("tom", 1, 6, time(0), time(2, 30), SINCE), Weekly("tove", 1, 6, time(2, 30), time(0), SINCE))
    for day in (date(2026, 3, 29), date(2026, 10, 25)):
        since = oslo(f"{day} 00:00")
        assert gaps(Rota(weekly=cut), since, oslo(f"{day + timedelta(days=1)} 00:00")) == []


def test_the_line_is_who_answers_and_then_who_comes():
    tuesday = (Weekly("kari", 1, 1, time(8), time(16), SINCE),)
    assert line(Rota(weekly=TOM[:1] + tuesday + TOVE[:1]), MONDAY) == ["tom", "tove", "kari"]


def test_overlapping_shifts_are_seen_across_midnight_and_sunday():
    sunday = Weekly("tom", 1, 6, time(20), time(8), SINCE)
    assert overlapping(sunday, Weekly("tom", 2, 0, time(7), time(9), SINCE))
    assert not overlapping(sunday, Weekly("tom", 1, 0, time(8), time(9), SINCE))
    assert not overlapping(sunday, Weekly("tove", 1, 0, time(7), time(9), SINCE))
    ended = Weekly("tom", 1, 6, time(20), time(8), SINCE, until=date(2026, 2, 1))
    assert not overlapping(ended, Weekly("tom", 1, 6, time(20), time(8), date(2026, 2, 8)))


_people = st.sampled_from("abcd")
_quarters = st.integers(0, 95).map(lambda number: time(number // 4, number % 4 * 15))
_nightly = st.integers(4, 16).map(lambda number: time(number // 4, number % 4 * 15))


@st.composite
def _rotas(draw: st.DrawFn) -> tuple[Rota[str], datetime]:
    """Any rota around a time, with shifts, absences and swaps that begin and end within ten days of it."""
    calendar, start = draw(_asked())
    day = start.date()
    near = st.integers(-2, 8).map(lambda more: day + timedelta(days=more))
    ends = st.none() | near
    clock, since = _quarters | _nightly, near | st.just(date(2019, 1, 1))
    weekly = st.builds(Weekly, _people, st.integers(1, 2), st.integers(0, 6), clock, clock, since, ends)

    def stretch() -> tuple[datetime, datetime]:
        begins = start + slow_clock.QUARTER * draw(st.integers(-100, 800))
        return begins, begins + slow_clock.QUARTER * draw(st.integers(1, 200))

    return Rota(
        weekly=tuple(draw(st.lists(weekly, max_size=8))),
        dated=tuple(Dated(draw(_people), draw(st.integers(1, 2)), *stretch()) for _ in range(draw(st.integers(0, 3)))),
        away=tuple(Away(draw(_people), *stretch()) for _ in range(draw(st.integers(0, 3)))),
        swaps=tuple(Swap(draw(_people), draw(_people), *stretch()) for _ in range(draw(st.integers(0, 3)))),
        calendar=draw(st.sampled_from([None, calendar, WEEKDAYS])),
        here=draw(st.none() | st.sets(_people)),
    ), start


def _has(shift: Weekly[str], day: date, shown: int, calendar: Calendar | None) -> bool:
    """Does the shift run when the clock shows this on this day?"""
    starts, ends = slow_clock.minutes(shift.starts), slow_clock.minutes(shift.ends)
    over_midnight = ends <= starts
    today = starts <= shown and (over_midnight or shown < ends)
    return (today and _begins(shift, day, calendar)) or (
        over_midnight and shown < ends and _begins(shift, day - timedelta(days=1), calendar)
    )


def _begins(shift: Weekly[str], day: date, calendar: Calendar | None) -> bool:
    valid = shift.since <= day and (shift.until is None or day <= shift.until)
    return valid and day.weekday() == shift.weekday and not (calendar and calendar.is_closed(day))


def _slowly(rota: Rota[str], at: datetime, day: date, shown: int) -> list[str]:
    """Who answers in one quarter, said as plainly as can be."""
    found: list[str] = []
    for place in (1, 2):
        found += [each.person for each in rota.dated if each.place == place and each.starts <= at < each.ends]
        found += [each.person for each in rota.weekly if each.place == place and _has(each, day, shown, rota.calendar)]
    answers: list[str] = []
    for person in found:
        one = _taken(rota, person, at)
        gone = any(away.person == one and away.starts <= at < away.ends for away in rota.away)
        if not gone and one not in answers and (rota.here is None or one in rota.here):
            answers.append(one)
    return answers


def _taken(rota: Rota[str], person: str, at: datetime) -> str:
    """Who has it in the end; in a ring each has the next one's."""
    seen: list[str] = []
    while True:
        takes = [swap.instead for swap in rota.swaps if swap.person == person and swap.starts <= at < swap.ends]
        if not takes or takes[0] == person:
            return person
        if person in seen:
            return takes[0]
        seen.append(person)
        person = takes[0]


@settings(max_examples=120, deadline=None)
@given(made=_rotas())
def test_any_rota_answers_and_has_gaps_as_a_slow_walk_sees(made):
    rota, start = made
    until = start + timedelta(days=8)
    cut, holes = stretches(rota, start, until), gaps(rota, start, until)
    assert (cut[0].starts, cut[-1].ends) == (start, until)
    number = 0
    for at, day, shown in slow_clock.quarters(start, 9):
        if at >= until:
            break
        answers = _slowly(rota, at, day, shown)
        while cut[number].ends <= at:
            number += 1
        assert list(cut[number].people) == answers
        wanted = rota.calendar is None or slow_clock.is_open(rota.calendar, day, shown)
        assert any(begins <= at < ends for begins, ends in holes) == (wanted and not answers)


@settings(max_examples=80, deadline=None)
@given(made=_rotas(), quarter=st.integers(0, 700))
def test_who_answers_at_a_time_is_who_stands_in_its_stretch(made, quarter):
    rota, start = made
    at = start + slow_clock.QUARTER * quarter
    within = next(one for one in stretches(rota, start, start + timedelta(days=8)) if one.starts <= at < one.ends)
    assert answering(rota, at) == list(within.people)


@settings(max_examples=50, deadline=None)
@given(day=_near)
def test_office_shifts_leave_no_gap_in_office_hours(day):
    since = datetime.combine(day, time(0), UTC)
    shifts = tuple(Weekly("tom", 1, each, OFFICE[0].opens, OFFICE[0].closes, date(2019, 1, 1)) for each in range(5))
    rota = Rota(weekly=shifts, calendar=WEEKDAYS)
    assert gaps(rota, since, since + timedelta(days=14)) == []


def test_those_of_one_place_are_said_together_where_all_are_rung():
    both = Stretch(MONDAY, TUESDAY, ("kari", "tom", "tove"), (1, 1, 2))
    names = {"kari": "Kari", "tom": "Tom", "tove": "Tove"}
    assert said(both, names, rings_all=True) == "Kari og Tom samtidig, så Tove"
    assert said(both, names, rings_all=False) == "Kari, så Tom, så Tove"
    assert said(Stretch(MONDAY, TUESDAY, ()), names, rings_all=True) == ""
