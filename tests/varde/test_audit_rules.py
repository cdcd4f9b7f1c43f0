"""What is odd in a month of the log, rule by rule; and how much is caught and how often somebody is asked in vain."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from tests.varde.audit_seeded import measure, seeded
from varde.audit.hooks import Task
from varde.audit.models import Rule
from varde.audit.quiet import easter, holidays, off_hours
from varde.audit.rules import Known, Limits, Look, odd

ME, OTHER, MATTER = uuid4(), uuid4(), uuid4()
NOON = datetime(2026, 11, 3, 11, tzinfo=UTC)  # a Tuesday


def look(at=NOON, user=ME, matter=MATTER, action="view", role="Teammedlem", thing=None):
    return Look(at, user, "Sven", role, action, matter, thing or str(matter), str(uuid4()))


def rules(looks, known=None, **limits):
    return [each.rule for each in odd(looks, known or Known(tasks=TASK), Limits(**limits))]


TASK = {MATTER: [Task(ME, NOON - timedelta(days=9))]}


def test_work_at_noon_with_a_task_is_not_odd():
    assert rules([look() for _ in range(40)]) == []


@pytest.mark.parametrize("task", [
    None, Task(OTHER, NOON - timedelta(1)), Task(ME, NOON + timedelta(1)),
    Task(ME, NOON - timedelta(9), NOON - timedelta(1)),
])  # fmt: skip
def test_one_look_without_a_task_at_that_moment_is_enough(task):
    found = odd([look()], Known(tasks={MATTER: [task] if task else []}))
    assert [(each.rule, each.user_id, each.matter, each.looks) for each in found] == [(Rule.NO_TASK, ME, MATTER, 1)]


def test_what_lies_in_the_inbox_is_everybodys_task():
    assert rules([look()], Known(tasks={MATTER: [Task(None, NOON - timedelta(1))]})) == []


def test_a_role_that_has_a_task_everywhere():
    known = Known(everywhere=frozenset({"Koordinator"}))
    assert rules([look(role="Koordinator, Teammedlem")], known) == []


@pytest.mark.parametrize("action", ["list", "create", "change", "send"])
def test_a_list_that_passes_by_and_ones_own_writing_are_not_looks(action):
    assert rules([look(action=action)], Known()) == []


def test_what_a_room_hints_is_told_per_matter():
    rule = Rule.OWN_NAME
    known = Known(tasks=TASK, hints={(ME, MATTER): frozenset({rule})})
    assert rules([look(), look()], known) == [rule]
    assert rules([look(user=OTHER)], Known(tasks={MATTER: [Task(OTHER, NOON)]}, hints=known.hints)) == []


def test_the_third_look_outside_working_hours_is_told_unless_on_call():
    nights = [look(datetime(2026, 11, day, 22, tzinfo=UTC)) for day in (3, 4, 5)]
    assert rules(nights[:2]) == []
    assert rules(nights) == [Rule.OFF_HOURS]
    assert rules(nights, Known(tasks=TASK, on_shift=lambda user, at: user == ME)) == []


def many(count, user=ME):
    return [look(user=user, matter=uuid4(), role="Koordinator") for _ in range(count)]


@pytest.mark.parametrize(("mine", "others", "usual", "told"), [
    (70, 20, [20], True), (50, 20, [20], False), (70, 30, [20], False), (70, 20, [30, 30], False), (20, 2, [], False),
    (21, 2, [], True),
])  # fmt: skip
def test_far_more_than_ones_own_usual_and_the_offices(mine, others, usual, told):
    known = Known(usual={ME: usual}, everywhere=frozenset({"Koordinator"}))
    assert (Rule.VOLUME in rules(many(mine) + many(others, OTHER), known)) == told


def denied(count, hours):
    return [
        look(NOON + timedelta(hours=hours * n), matter=None, action="denied", thing=str(uuid4())) for n in range(count)
    ]


@pytest.mark.parametrize(("count", "hours", "told"), [(2, 1, False), (3, 1, True), (4, 30, False), (5, 30, True)])
def test_probing_for_what_is_refused(count, hours, told):
    assert (rules(denied(count, hours)) == [Rule.DENIED]) == told


def test_the_same_wrong_link_again_and_again_is_no_probing():
    assert rules([look(matter=None, action="denied", thing="x") for _ in range(9)]) == []


@pytest.mark.parametrize(
    ("year", "day"), [(2024, (3, 31)), (2025, (4, 20)), (2026, (4, 5)), (2027, (3, 28)), (2038, (4, 25))]
)
def test_easter(year, day):
    assert easter(year) == date(year, *day)


@pytest.mark.parametrize(("at", "quiet"), [
    ("2026-11-03T05:59+01:00", True), ("2026-11-03T06:00+01:00", False), ("2026-11-03T21:59+01:00", False),
    ("2026-11-03T22:00+01:00", True), ("2026-11-07T12:00+01:00", True), ("2026-05-17T12:00+02:00", True),
    ("2026-04-03T12:00+02:00", True), ("2026-05-14T12:00+02:00", True), ("2026-05-25T12:00+02:00", True),
    ("2026-12-24T12:00+01:00", False), ("2026-12-25T12:00+01:00", True),
])  # fmt: skip
def test_when_nobody_is_expected_at_work(at, quiet):
    assert off_hours(datetime.fromisoformat(at)) == quiet
    assert len(holidays(2026)) == 12


def test_half_a_year_with_people_who_snoop():
    figures = [measure(seeded(seed)) for seed in range(5)]
    for each in figures:
        assert each.caught == each.planted
        assert each.per_thousand < 5
    recall = sum(each.caught for each in figures) / sum(each.planted for each in figures)
    reads, false = sum(each.reads for each in figures), sum(each.false for each in figures)
    print(f"\n{reads} reads, {sum(e.planted for e in figures)} planted, recall {recall:.0%},"
          f" {1000 * false / reads:.2f} false alarms per 1,000 reads")  # fmt: skip
