"""An action plan from draft to decision and on: what is adopted stands, and what is done is added to it."""

import hashlib
from base64 import b64decode
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from regional.cooperation.consequences import Asked
from regional.plan import actions, adoption_actions, panels, progress_actions, queries
from regional.plan.models import Adoption, Goal, Measure, Plan, Progress
from regional.plan.told import GoalTold, MeasureTold, Owner, PlanTold, ProgressTold
from shared.registry.models import Office
from tests.cast import ref
from tests.regional.planned import PERIOD, TEAM, adopted, drafted, measure, of, working
from varde.access import Role
from varde.clock import now, telling
from varde.refusal import Overtaken, Refused
from varde.ui.dates import day_of

TODAY = date(2026, 11, 1)


@pytest.fixture
def sara(gjovikregionen):
    with working() as by:
        yield by


@pytest.fixture
def plan(sara):
    """Adopted: a common measure, and one that Gjøvik does at home."""
    made, goal = drafted(sara)
    measure(made, goal, sara)
    measure(made, goal, sara, "Side på nettstedet", kommuner=(ref("gjovik").id,), owner=of("gjovik"))
    adopted(made, sara)
    return made


def said(row, by, **told):
    return progress_actions.report(measure=row, told=ProgressTold(**told), by=by)


# --- the draft -------------------------------------------------------------------------------------------------------
def test_a_plan_is_written_and_numbered_as_it_grows(sara):
    plan, goal = drafted(sara)
    second = actions.add_goal(plan=plan, told=GoalTold(title="Ingen venter"), by=sara)
    for what, under in (("A", goal), ("B", second), ("C", goal)):
        measure(plan, under, sara, what)
    assert [(one.number, one.what) for one in queries.lines(plan, TODAY)] == [("1.1", "A"), ("1.2", "C"), ("2.1", "B")]


def test_there_is_one_draft_at_a_time_and_it_can_be_thrown_away(sara):
    plan, goal = drafted(sara)
    measure(plan, goal, sara)
    with pytest.raises(Refused, match="alt et utkast"):
        actions.start_plan(told=PERIOD, carry=None, by=sara)
    actions.remove_draft(plan=plan, by=sara)
    assert not Plan.objects.exists()
    assert not Measure.objects.exists()


def test_a_draft_says_nothing_of_progress(sara):
    plan, goal = drafted(sara)
    row = measure(plan, goal, sara)
    with pytest.raises(Refused, match="når planen er vedtatt"):
        said(row, sara, status="running")
    with pytest.raises(DatabaseError), transaction.atomic():
        Progress(measure=row, status="done", at=now(), by_user=sara.user_id, by_name=sara.name).save()


def test_the_second_of_two_who_change_a_measure_is_told(sara):
    plan, goal = drafted(sara)
    row = measure(plan, goal, sara)
    seen = queries.measure_seen(row)
    told = MeasureTold(what="Lag to plakater", owner=TEAM, due_on=row.due_on)
    actions.change_measure(measure=row, goal=goal, told=told, by=sara, seen=seen)
    with pytest.raises(Overtaken):
        actions.change_measure(measure=row, goal=goal, told=told, by=sara, seen=seen)


def test_an_id_number_is_not_taken():
    with pytest.raises(ValueError, match="fødselsnummer"):
        MeasureTold(what="Følg opp 01010112345", owner=TEAM, due_on=TODAY)
    with pytest.raises(ValueError, match="fødselsnummer"):
        ProgressTold(text="Snakket med 010101 12345")


def test_a_plan_without_measures_or_of_a_day_to_come_is_not_adopted(sara):
    plan, goal = drafted(sara)
    with pytest.raises(Refused, match="ingen tiltak"):
        adopted(plan, sara)
    measure(plan, goal, sara)
    with pytest.raises(Refused, match="ikke er kommet"):
        tomorrow = day_of(now()) + timedelta(days=1)
        adoption_actions.adopt(plan=plan, decision="Sak 4", decided_on=tomorrow, by=sara)


def test_what_was_changed_while_the_decision_was_entered_is_not_adopted_unseen(sara):
    plan, goal = drafted(sara)
    measure(plan, goal, sara)
    seen = queries.whole_seen(plan)
    measure(plan, goal, sara, "Noe nytt")
    with pytest.raises(Overtaken, match="endret planen"):
        adoption_actions.adopt(plan=plan, decision="Sak 4", decided_on=TODAY, by=sara, seen=seen)
    assert not Adoption.objects.exists()


# --- what is adopted stands ------------------------------------------------------------------------------------------
def test_an_adopted_plan_is_frozen_with_its_paper(sara, plan):
    kept = Adoption.objects.get(plan=plan)
    assert [one["what"] for one in kept.content["goals"][0]["measures"]] == ["Lag en plakat", "Side på nettstedet"]
    assert kept.content["goals"][0]["measures"][1]["for"] == "Gjøvik"
    made = b64decode(kept.pdf)
    assert made.startswith(b"%PDF-")
    assert hashlib.sha256(made).hexdigest() == kept.sha256


def test_nobody_changes_what_is_adopted(sara, plan):
    row, goal = Measure.objects.filter(plan=plan).first(), Goal.objects.get(plan=plan)
    told = MeasureTold(what="Noe annet", owner=TEAM, due_on=row.due_on)
    for change in (
        lambda: actions.change_measure(measure=row, goal=goal, told=told, by=sara),
        lambda: actions.change_goal(goal=goal, told=GoalTold(title="Noe annet"), by=sara),
        lambda: actions.change_plan(plan=plan, told=PERIOD, by=sara),
        lambda: actions.remove_measure(measure=row, by=sara),
        lambda: actions.remove_goal(goal=goal, by=sara),
        lambda: actions.remove_draft(plan=plan, by=sara),
        lambda: adopted(plan, sara),
    ):
        with pytest.raises(Refused, match="vedtatt"):
            change()


def test_the_database_changes_no_row_of_an_adopted_plan(sara, plan):
    assert Measure.objects.filter(plan=plan).update(what="Noe annet") == 0
    assert Goal.objects.filter(plan=plan).update(title="Noe annet") == 0
    assert Plan.objects.filter(pk=plan.pk).update(title="Noe annet") == 0
    assert Measure.objects.filter(plan=plan).delete()[0] == 0
    with pytest.raises(DatabaseError), transaction.atomic():
        Adoption.objects.filter(plan=plan).update(content={})
    assert Adoption.objects.get(plan=plan).content["title"] == "Felles plan"


def test_a_later_decision_adds_a_measure_that_is_seen_to_be_added(sara, plan):
    with telling(now() + timedelta(minutes=1)):
        with pytest.raises(Refused, match="hvilket vedtak"):
            measure(plan, None, sara, "Fagdag")
        row = measure(plan, None, sara, "Fagdag", origin_kind="decision", origin="Lederteamet, sak 9")
    line = queries.line_of(row, TODAY)
    assert line.added
    assert line.goal == actions.FROM_MEETINGS
    assert "Fagdag" not in str(Adoption.objects.get(plan=plan).content)
    assert not any(one.added for one in queries.lines(plan, TODAY) if one.id != row.id)


# --- progress --------------------------------------------------------------------------------------------------------
def test_progress_is_lines_and_the_newest_of_each_kind_holds(sara, plan):
    row = Measure.objects.get(plan=plan, what="Lag en plakat")
    for at, told in enumerate((
        {"status": "running", "text": "Begynt."},
        {"due_on": date(2027, 2, 1)},
        {"owner": Owner(kind="body", name="Vertskommunen")},
    )):  # fmt: skip
        with telling(now() - timedelta(minutes=10 - at)):
            said(row, sara, **told)
    stands = queries.standing_of(row)
    assert (stands.status, stands.due_on, stands.owner_name) == ("running", date(2027, 2, 1), "Vertskommunen")
    assert row.due_on == date(2026, 12, 1)
    assert not queries.line_of(row, date(2027, 1, 15)).overdue
    assert queries.line_of(row, date(2027, 2, 2)).overdue


def test_who_stops_a_measure_says_why(sara, plan):
    with pytest.raises(ValueError, match="hvorfor"):
        ProgressTold(status="stopped")
    row = Measure.objects.filter(plan=plan).first()
    said(row, sara, status="stopped", reason="Gjøres av fylket.")
    assert queries.standing_of(row).reason == "Gjøres av fylket."
    assert row.id not in [one.id for one in queries.open_measures(sara)]


def test_the_second_of_two_who_report_is_told_of_the_first(sara, plan):
    row = Measure.objects.filter(plan=plan).first()
    seen = queries.measure_said(row)
    said(row, sara, status="running")
    with pytest.raises(Overtaken, match="Sara Sekretær"):
        progress_actions.report(measure=row, told=ProgressTold(status="done"), by=sara, seen=seen)


def test_a_line_is_never_changed(sara, plan):
    said(Measure.objects.filter(plan=plan).first(), sara, text="Begynt.")
    with pytest.raises(DatabaseError), transaction.atomic():
        Progress.objects.update(text="Ferdig.")


def test_open_measures_are_those_of_the_plan_in_force_the_nearest_date_first(sara, plan):
    goal = Goal.objects.get(plan=plan)
    measure(plan, goal, sara, "Haster", due_on=date(2026, 10, 1), origin="Sak 9", origin_kind="decision")
    assert next(one.what for one in queries.open_measures(sara)) == "Haster"
    actions.start_plan(told=PlanTold(title="Neste", first_year=2028, last_year=2029), carry=None, by=sara)
    assert len(queries.open_measures(sara)) == 3


def test_what_is_common_and_what_a_kommune_does_at_home(sara, plan):
    found = queries.lines(plan, TODAY)
    assert [one.what for one in queries.common(found)] == ["Lag en plakat"]
    assert [one.what for one in queries.of_kommune(found, ref("gjovik").id)] == ["Side på nettstedet"]
    assert queries.of_kommune(found, ref("ostre-toten").id) == []


# --- who may ---------------------------------------------------------------------------------------------------------
def test_a_member_that_a_kommune_lends_reports_what_that_kommune_does(sara, plan):
    own, common = (Measure.objects.get(plan=plan, what=what) for what in ("Side på nettstedet", "Lag en plakat"))
    with working(Role.LEADER_TEAM, name="Guri Gjøvik", home=ref("gjovik").id) as guri:
        said(own, guri, status="running")
        with pytest.raises(PermissionDenied):
            said(common, guri, status="done")
        with pytest.raises(DatabaseError), transaction.atomic():
            Progress(measure=common, status="done", at=now(), by_user=guri.user_id, by_name=guri.name).save()
    assert [(row.measure, row.by_name) for row in Progress.objects.all()] == [(own, "Guri Gjøvik")]


def test_a_member_of_no_kommune_reads_only(sara, plan):
    row = Measure.objects.get(plan=plan, what="Side på nettstedet")
    with working(Role.LEADER_TEAM, name="Lars Leder") as lars:
        assert len(queries.lines(plan, TODAY)) == 2
        with pytest.raises(PermissionDenied):
            said(row, lars, status="running")
        with pytest.raises(PermissionDenied):
            actions.start_plan(told=PERIOD, carry=None, by=lars)


def test_others_of_the_office_see_no_plan(sara, plan):
    with working(Role.OPERATOR, name="Olga Operatør"):
        assert not Plan.objects.exists()
        assert not Measure.objects.exists()


def test_whoever_carries_it_out_now_reports_and_no_longer_whoever_did(sara, plan):
    row = Measure.objects.get(plan=plan, what="Lag en plakat")
    said(row, sara, owner=of("ostre-toten"))
    ola = working(Role.LEADER_TEAM, name="Ola Østre", home=ref("ostre-toten").id)
    with ola as by, telling(now() + timedelta(seconds=1)):
        said(row, by, status="running")
    with telling(now() + timedelta(seconds=2)):
        said(row, sara, owner=TEAM)
    ola = working(Role.LEADER_TEAM, name="Ola Østre", home=ref("ostre-toten").id)
    with ola as by, pytest.raises(PermissionDenied):
        said(row, by, status="done")


# --- the next one ----------------------------------------------------------------------------------------------------
def test_what_is_not_done_is_carried_on_and_the_earlier_plan_stays(sara, plan):
    done, open_one = Measure.objects.filter(plan=plan).order_by("number")
    said(done, sara, status="done")
    said(open_one, sara, status="running", due_on=date(2027, 6, 1))
    later = actions.start_plan(told=PERIOD, carry=plan, by=sara)
    (line,) = queries.lines(later, TODAY)
    assert (line.what, line.now.status, line.now.due_on) == ("Side på nettstedet", "running", date(2027, 6, 1))
    assert (later.version, line.measure.carried_from) == (2, open_one)
    assert len(queries.lines(plan, TODAY)) == 2


def test_what_came_of_it_while_the_next_plan_was_a_draft_is_not_lost(sara, plan):
    row = Measure.objects.get(plan=plan, what="Side på nettstedet")
    later = actions.start_plan(told=PERIOD, carry=plan, by=sara)
    said(row, sara, status="done")
    adopted(later, sara)
    copied = Measure.objects.get(plan=later, carried_from=row)
    assert queries.standing_of(copied).status == "done"
    assert queries.in_force() == later


def test_a_day_and_an_owner_reported_while_the_next_plan_was_a_draft_are_not_lost(sara, plan):
    row, other = Measure.objects.filter(plan=plan).order_by("-number")
    later = actions.start_plan(told=PERIOD, carry=plan, by=sara)
    chosen = Measure.objects.get(plan=later, carried_from=other)
    told = MeasureTold(what=chosen.what, owner=TEAM, due_on=date(2027, 9, 1))
    actions.change_measure(measure=chosen, goal=chosen.goal, told=told, by=sara)
    for one in (row, other):
        said(one, sara, due_on=date(2028, 1, 31), owner=of("ostre-toten"))
    adopted(later, sara)
    stands = queries.standing_of(Measure.objects.get(plan=later, carried_from=row))
    assert (stands.due_on, stands.owner_name) == (date(2028, 1, 31), "Østre Toten")
    # A day that was set in the draft is what was decided.
    chosen.refresh_from_db()
    assert queries.standing_of(chosen).due_on == date(2027, 9, 1)


def test_a_measure_decided_while_the_next_plan_was_a_draft_follows_into_it(sara, plan):
    later = actions.start_plan(told=PERIOD, carry=plan, by=sara)
    added = measure(plan, None, sara, what="Nytt tiltak", origin_kind="decision", origin="Lederteamet, sak 9")
    assert [one.what for one in queries.made_since(later)] == ["Nytt tiltak"]
    adopted(later, sara)
    (line,) = [one for one in queries.open_measures(sara) if one.what == "Nytt tiltak"]
    assert (line.measure.plan, line.measure.origin, line.added) == (later, "Lederteamet, sak 9", True)
    assert line.measure.carried_from == added
    assert "Nytt tiltak" not in queries.adoption_of(later).content


def test_progress_is_reported_where_the_measure_stands_now(sara, plan):
    row = Measure.objects.get(plan=plan, what="Lag en plakat")
    later = actions.start_plan(told=PERIOD, carry=plan, by=sara)
    adopted(later, sara)
    with pytest.raises(Refused, match="planen som gjelder nå"):
        said(row, sara, status="done")
    assert queries.said_at(row) == Measure.objects.get(plan=later, carried_from=row)


def test_a_plan_for_a_later_period_waits_for_its_first_day(sara, plan):
    row = Measure.objects.get(plan=plan, what="Lag en plakat")
    year = now().year + 1
    told = replace(PERIOD, first_year=year, last_year=year + 1)
    later = actions.start_plan(told=told, carry=plan, by=sara)
    adopted(later, sara)
    assert (queries.in_force(), queries.coming()) == (plan, [later])
    assert {one.measure.plan for one in queries.open_measures(sara)} == {plan}
    # Until then everything is done in the plan in force, and nothing of it is lost.
    said(row, sara, status="running")
    measure(plan, None, sara, what="Nytt tiltak", origin_kind="decision", origin="Lederteamet, sak 9")
    copy = Measure.objects.get(plan=later, carried_from=row)
    with pytest.raises(Refused):
        said(copy, sara, status="done")
    with telling(datetime(year, 1, 2, 12, tzinfo=UTC)):
        assert (queries.in_force(), queries.coming()) == (later, [])
        assert {one.what for one in queries.open_measures(sara)} >= {"Lag en plakat", "Nytt tiltak"}
        assert queries.standing_of(copy).status == "running"
        assert queries.said_at(row) == copy


# --- the agreement ---------------------------------------------------------------------------------------------------
def test_a_kommune_that_leaves_is_told_what_it_had_taken_on(sara, plan):
    def told(kind: str, slug: str) -> list[tuple[str, int]]:
        office = Office.objects.get(id=ref(slug).id)
        asked = Asked(by=sara, kind=kind, kommune=office, at=now())
        return [(one.what, one.count) for one in panels.consequences(asked)]

    assert told("leave", "gjovik") == [("Åpne tiltak i handlingsplanen", 1)]
    assert told("leave", "ostre-toten") == [("Åpne tiltak i handlingsplanen", 0)]
    assert told("join", "gjovik") == [("Felles tiltak i handlingsplanen", 1)]
    assert told("host", "gjovik") == []
