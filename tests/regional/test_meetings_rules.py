"""The leader team's meetings: days, turns and states, as pure rules."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regional.cooperation.rhythm import DEADLINES, report_deadlines
from regional.meetings.calendar_plan import Slot, is_away, slots, workday_before
from regional.meetings.states import MOVES, check_in, check_move, quorate
from regional.meetings.turns import Past, Turn, ahead, turn
from varde.refusal import Refused
from varde.worktime import holiday

FIVE = ("Gjøvik", "Nordre Land", "Søndre Land", "Vestre Toten", "Østre Toten")


def _days(year: int, per_year: int = 2, **kw: object) -> list[Slot]:
    return slots(report_deadlines(year), per_year, holiday=holiday, **kw)  # type: ignore[arg-type]


def test_two_a_year_lie_two_weeks_before_the_deadlines_and_outside_the_common_holiday():
    assert _days(2027) == [
        Slot(date(2027, 1, 15), date(2027, 1, 31)),
        Slot(date(2027, 7, 9), date(2027, 7, 31)),
    ]


def test_who_works_through_the_common_holiday_meets_two_weeks_before():
    assert _days(2028, quiet=False)[1] == Slot(date(2028, 7, 17), date(2028, 7, 31))


def test_a_meeting_is_moved_back_over_easter():
    thursday = date(2027, 3, 25)
    assert holiday(thursday)
    assert workday_before(date(2027, 3, 29), holiday=holiday) == date(2027, 3, 24)


@given(
    year=st.integers(2020, 2060),
    rhythm=st.sampled_from(sorted(DEADLINES)),
    per_year=st.integers(1, 8),
    before=st.integers(1, 60),
    quiet=st.booleans(),
)
def test_no_meeting_is_on_a_holiday_or_after_its_deadline(year, rhythm, per_year, before, quiet):
    deadlines = report_deadlines(year, DEADLINES[rhythm])
    found = slots(deadlines, per_year, holiday=holiday, days_before=before, quiet=quiet)
    assert len(found) == per_year or len(found) >= min(per_year, len(deadlines))
    for slot in found:
        assert slot.day.weekday() < 5
        assert not holiday(slot.day)
        assert not (quiet and is_away(slot.day))
        assert slot.deadline is None or slot.deadline - timedelta(days=before + 40) < slot.day < slot.deadline
    assert len({slot.day for slot in found}) == len(found)


def test_a_meeting_the_day_before_is_moved_back_and_never_over_its_deadline():
    for year in range(2020, 2060):
        for slot in _days(year, quiet=False, days_before=1):
            assert slot.deadline is not None
            assert slot.day < slot.deadline


def test_three_meetings_with_two_deadlines_put_one_between():
    assert [slot.deadline for slot in _days(2027, 3)] == [date(2027, 1, 31), date(2027, 7, 31), None]


def test_one_meeting_with_two_deadlines_takes_the_last():
    assert [slot.deadline for slot in _days(2027, 1)] == [date(2027, 7, 31)]


# --- turns ---------------------------------------------------------------------------------------------------
def test_over_a_round_each_leads_once_and_writes_once():
    found = list(ahead(FIVE, [], 5))
    assert [one.chair for one in found] == list(FIVE)
    assert sorted(one.taker for one in found) == sorted(FIVE)
    assert all(one.chair != one.taker for one in found)


def test_who_is_absent_is_skipped_and_keeps_the_turn():
    first = turn(FIVE, [], absent={"Gjøvik"})
    assert first == Turn("Nordre Land", "Søndre Land")
    assert turn(FIVE, [Past(FIVE, first.chair, first.taker)]) == Turn("Gjøvik", "Nordre Land")


def test_one_who_joins_waits_behind_those_who_were_there():
    past = [Past(FIVE, "Gjøvik", "Nordre Land")]
    chairs = [one.chair for one in ahead((*FIVE, "Lillehammer"), past, 6)]
    assert chairs == ["Nordre Land", "Søndre Land", "Vestre Toten", "Østre Toten", "Gjøvik", "Lillehammer"]


def test_one_who_leaves_takes_nobodys_turn_along():
    past = [Past(FIVE, "Gjøvik", "Nordre Land")]
    left = tuple(one for one in FIVE if one != "Søndre Land")
    assert [one.chair for one in ahead(left, past, 3)] == ["Nordre Land", "Vestre Toten", "Østre Toten"]


def test_one_alone_does_both_and_nobody_does_nothing():
    assert turn(["Gjøvik"], []) == Turn("Gjøvik", "Gjøvik")
    assert turn([], []) == Turn("", "")
    assert turn(FIVE, [], absent=FIVE) == Turn("", "")


def _slow(members: tuple[str, ...], past: list[Past], absent: set[str]) -> Turn:
    """Whoever had the office longest ago, worked out from the whole history each time, without a queue."""

    def since(office: str, name: str) -> tuple[float, int]:
        began = next((at for at, one in enumerate(past) if _there_since(past, at, name)), len(past))
        had = [at for at in range(began, len(past)) if getattr(past[at], office) == name]
        order = (past[began].members if began < len(past) else members).index(name)
        founders = past[0].members if past else members
        if began == 0 or not past:
            size = len(founders)
            place = founders.index(name)
            order = place if office == "chair" else (place - 1) % size
        return (had[-1], order) if had else (began - 0.5, order)

    def first(office: str, but: str = "") -> str:
        able = [one for one in members if one not in absent and one != but]
        return min(able, key=lambda one: since(office, one), default="")

    chair = first("chair")
    return Turn(chair, first("taker", chair) or chair)


def _there_since(past: list[Past], at: int, name: str) -> bool:
    return all(name in one.members for one in past[at:])


@given(st.data())
def test_turns_are_those_of_a_slow_reference(data):
    names = [f"K{n}" for n in range(data.draw(st.integers(1, 6)))]
    members, past = tuple(names), []
    for step in range(data.draw(st.integers(0, 12))):
        if data.draw(st.booleans()) and step:
            members = (*members, f"N{step}") if data.draw(st.booleans()) else members[1:] or members
        absent = data.draw(st.sets(st.sampled_from(members), max_size=max(len(members) - 1, 0)))
        found = turn(members, past, absent)
        assert found == _slow(members, past, absent)
        assert found.chair not in absent
        assert found.chair != found.taker or len(set(members) - absent) == 1
        past.append(Past(members, found.chair, found.taker))


@given(size=st.integers(2, 9), rounds=st.integers(1, 3))
def test_over_full_rounds_loads_are_equal(size, rounds):
    names = [f"K{n}" for n in range(size)]
    found = list(ahead(names, [], size * rounds))
    for office in ("chair", "taker"):
        held = [getattr(one, office) for one in found]
        assert {held.count(name) for name in names} == {rounds}


# --- states --------------------------------------------------------------------------------------------------
def test_approved_minutes_go_nowhere():
    assert MOVES["approved"] == ()
    with pytest.raises(Refused):
        check_move("approved", "held")
    with pytest.raises(Refused, match="tillegg"):
        check_in("approved", ("held",))


@pytest.mark.parametrize(
    ("presence", "enough"),
    [(["present", "absent"], True), (["substitute", "absent"], True), (["absent", "absent"], False), ([], False)],
)
def test_a_substitute_counts_towards_the_quorum(presence, enough):
    assert quorate(presence, 50) is enough
