"""Deadlines: from reception, by the office's own rules, with now passed in."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from tenants.triage import urgency
from tenants.triage.urgency import Rule
from varde.days import check_to_come
from varde.ui.dates import day_of

RECEIVED = datetime(2026, 1, 7, 12, tzinfo=UTC)


@pytest.mark.parametrize(("code", "hours"), [("akutt", 3), ("ma", 168), ("bor", 504), ("mangelfull", 168)])
def test_the_shipped_hours_hold_until_the_office_says_otherwise(code, hours):
    assert urgency.hours_for(code, [], RECEIVED) == hours


def test_the_newest_rule_that_is_valid_holds():
    rules = [Rule("ma", 100, RECEIVED - timedelta(days=9)), Rule("ma", 50, RECEIVED - timedelta(days=1))]
    later = Rule("ma", 10, RECEIVED + timedelta(days=1))
    assert urgency.hours_for("ma", [*rules, later], RECEIVED) == 50
    assert urgency.hours_for("bor", rules, RECEIVED) == 504


def test_the_deadline_runs_from_reception_but_collecting_more_from_now():
    now = RECEIVED + timedelta(hours=2)
    assert urgency.deadline("akutt", [], received_at=RECEIVED, now=now) == RECEIVED + timedelta(hours=3)
    assert urgency.deadline("mangelfull", [], received_at=RECEIVED, now=now) == now + timedelta(days=7)


def test_a_matter_that_hurries_more_than_was_thought_has_its_hours_from_then():
    """A month after reception the three hours of akutt would be over before anybody could act."""
    later = [RECEIVED + timedelta(days=day) for day in (1, 9, 10, 30)]
    bor = urgency.runs(RECEIVED, [("mangelfull", later[0], False), ("ma", later[1], False), ("bor", later[2], False)])
    assert urgency.runs(RECEIVED, []).start("akutt", later[0]) == RECEIVED
    assert urgency.runs(RECEIVED, [("akutt", later[0], False)]).start("akutt", later[1]) == RECEIVED
    assert bor == urgency.Runs(later[1], "bor")
    assert (bor.start("bor", later[3]), bor.start("akutt", later[3])) == (later[1], later[3])
    again = urgency.runs(RECEIVED, [("ma", later[0], False), ("bor", later[2], True)])
    assert again.start("bor", later[3]) == later[2]
    assert urgency.deadline("akutt", [], received_at=bor.start("akutt", later[3]), now=later[3]) > later[3]


@pytest.mark.parametrize(
    ("hours", "akutt", "standing"),
    [(-1, False, "over"), (2, False, "soon"), (30, False, "ahead"), (0.5, True, "soon"), (2, True, "ahead")],
)
def test_akutt_warns_an_hour_before_others_a_day(hours, akutt, standing):
    assert urgency.standing(RECEIVED + timedelta(hours=hours), RECEIVED, akutt=akutt) == standing


def test_age_is_never_negative():
    assert urgency.age(RECEIVED, RECEIVED - timedelta(hours=1)) == timedelta(0)


@pytest.mark.parametrize("day", [date(2026, 1, 6), date(1, 1, 1), date(2029, 1, 1), date(9999, 12, 31)])
def test_a_day_that_is_over_or_far_off_is_refused_with_a_sentence(day):
    with pytest.raises(ValueError, match=r"Datoen er .*\."):
        check_to_come(day, day_of(RECEIVED))


def test_an_hour_that_is_past_is_refused_and_no_hour_is_three_o_clock():
    assert urgency.due_moment(date(2026, 1, 7), None, RECEIVED).astimezone(UTC).hour == 14
    with pytest.raises(ValueError, match=r"Klokka 12.30 i dag er passert"):
        urgency.due_moment(date(2026, 1, 7), time(12, 30), RECEIVED)
