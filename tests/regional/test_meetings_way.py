"""A meeting of the leader team, from the plan to what was decided."""

from dataclasses import replace

import pytest
from django.core import mail

from regional.cooperation.rhythm import report_deadlines
from regional.matters.models import Matter
from regional.meetings import (
    actions,
    agenda_actions,
    held_actions,
    outcomes,
    people,
    queries,
    suggest,
)
from regional.meetings.calendar_plan import slots
from regional.meetings.held_actions import Came, Decided, Owner
from regional.meetings.models import Decision, Invitee, Item, Meeting
from regional.meetings.rules import Rules
from regional.meetings.shown import is_quorate, seen
from regional.meetings.suggest import Candidate
from regional.plan.actions import start_plan
from regional.plan.models import Measure
from regional.plan.told import PlanTold
from tests.cast import TEST, ref
from tests.regional.meeting_people import (
    OWNER,
    approved,
    attend,
    call,
    called,
    during,
    person,
    raised,
    secretary,
    sit,
    soon,
    wish,
)
from tests.regional.meeting_people import siri as siri
from varde.access.roles import Role
from varde.access.ticket import presented
from varde.clock import now
from varde.demo_cast import acting_as
from varde.refusal import Overtaken, Refused
from varde.tenancy.work import work
from varde.ui.dates import day_of
from varde.worktime import holiday


# --- planning and calling ------------------------------------------------------------------------------------
def test_a_plan_is_laid_once(siri):
    year = now().year + 1
    found = slots([d for y in (year, year + 1) for d in report_deadlines(y)], 2, holiday=holiday)
    assert len(actions.plan_meetings(slots=found, by=siri)) == 4
    assert actions.plan_meetings(slots=found, by=siri) == []


def test_a_meeting_that_was_moved_is_not_planned_again(siri):
    found = slots(report_deadlines(now().year + 1), 2, holiday=holiday)
    first = actions.plan_meetings(slots=found, by=siri)[0]
    actions.change_meeting(meeting=first, wish=wish(40), by=siri)
    assert actions.plan_meetings(slots=found, by=siri) == []


def test_a_call_takes_the_members_of_the_day_and_the_coordinators_in_turn(siri):
    meeting = called(siri)
    names = {one.name for one in queries.invitees(meeting)}
    assert names == {"Kari Koordinator", "Vilde Koordinator", "Nina Koordinator", "Lars Lege"}
    assert meeting.state == "called"
    assert meeting.chair_name != meeting.taker_name
    assert [one.kind for one in queries.items(meeting)] == ["fixed", "fixed", "fixed", "next"]


def test_turns_go_on_from_meeting_to_meeting(siri):
    chairs = [called(siri, 30 + 10 * n).chair_name for n in range(3)]
    assert sorted(chairs) == ["Kari Koordinator", "Nina Koordinator", "Vilde Koordinator"]


def test_who_is_away_keeps_the_turn_and_the_next_one_leads(siri):
    meeting = called(siri)
    first, taker = meeting.chair_name, meeting.taker_name
    with during(meeting):
        assert attend(meeting, siri, **{first.split()[0].lower(): True}) is True
    meeting = queries.locked(meeting)
    assert meeting.chair_name == taker
    assert meeting.taker_name not in (first, meeting.chair_name)
    assert called(siri, 60).chair_name == first


def test_only_accounts_are_told_and_nothing_of_what(siri, gjovikregionen, django_capture_on_commit_callbacks):
    person(gjovikregionen, "Kari Koordinator", Role.LEADER_TEAM, "kari@gjovik.example")
    with django_capture_on_commit_callbacks(execute=True):
        called(siri)
    assert [one.to for one in mail.outbox] == [["kari@gjovik.example"]]
    assert "Rådhuset" not in mail.outbox[0].body
    assert "møte" not in mail.outbox[0].body.lower()


def test_moving_and_cancelling_a_called_meeting_tells_them(siri, gjovikregionen, django_capture_on_commit_callbacks):
    person(gjovikregionen, "Kari Koordinator", Role.LEADER_TEAM, "kari@gjovik.example")
    meeting = called(siri)
    with django_capture_on_commit_callbacks(execute=True):
        actions.change_meeting(meeting=meeting, wish=wish(31), by=siri)
        actions.cancel_meeting(meeting=meeting, by=siri)
    assert len(mail.outbox) == 2
    assert queries.locked(meeting).sequence == 3


def test_a_guest_is_called_to_one_point_and_does_not_count(siri):
    meeting = called(siri)
    pia = people.on_request(siri, day_of(meeting.starts_at))[0]
    actions.invite(meeting=meeting, member=pia, item=queries.items(meeting)[0], by=siri)
    shown = seen(meeting)
    assert [one.name for one in shown.points[0].guests] == ["Pia Psykolog"]
    assert len(shown.whole) == 4
    with pytest.raises(Refused, match="alt kalt inn"):
        actions.invite(meeting=meeting, member=pia, item=queries.items(meeting)[0], by=siri)


def test_the_fixed_items_are_the_regions_own(siri):
    actions.set_rules(rules=Rules(fixed_items=("Nytt fra politiet",), quorum=60), by=siri)
    meeting = called(siri)
    assert [one.title for one in queries.items(meeting)] == ["Nytt fra politiet", suggest.NEXT]
    assert meeting.quorum == 60


# --- the agenda ----------------------------------------------------------------------------------------------
def test_what_comes_after_stands_before_the_next_meeting(siri):
    meeting = called(siri)
    agenda_actions.add(meeting=meeting, candidate=Candidate("own", "Felles kurs"), by=siri)
    assert [one.title for one in queries.items(meeting)][-2:] == ["Felles kurs", suggest.NEXT]


def test_points_are_moved_and_taken_off(siri):
    meeting = called(siri)
    first, second = queries.items(meeting)[:2]
    agenda_actions.move(item=second, up=True, by=siri)
    assert [one.id for one in queries.items(meeting)][:2] == [second.id, first.id]
    agenda_actions.put(item=first, off=True, by=siri)
    assert first.id not in [one.id for one in queries.items(meeting)]
    assert first.title not in [one.title for one in suggest.suggested(meeting, siri)]


def test_a_decision_that_is_not_done_is_on_the_next_agenda(siri):
    approved(siri)
    meeting = called(siri, 60)
    followed = [one for one in queries.items(meeting) if one.kind == "followup"]
    assert ["Lage felles plakat" in one.title for one in followed] == [True]
    assert agenda_actions.fill(meeting=meeting, by=siri) == 0


def test_two_who_write_on_one_point_do_not_overwrite_each_other(siri):
    meeting = soon(siri)
    item = queries.items(meeting)[0]
    held_actions.write_said(item=item, text="Første", seen="0", by=siri)
    with pytest.raises(Overtaken):
        held_actions.write_said(item=item, text="Andre", seen="0", by=siri)
    assert Item.objects.get(pk=item.pk).said == "Første"


# --- held ----------------------------------------------------------------------------------------------------
def test_a_meeting_is_held_on_its_day_and_with_attendance(siri):
    meeting = called(siri)
    with pytest.raises(Refused, match="ikke i dag"):
        held_actions.end_meeting(meeting=meeting, by=siri)
    with during(meeting), pytest.raises(Refused, match="hvem som møtte"):
        held_actions.end_meeting(meeting=meeting, by=siri)


def test_a_substitute_has_a_name_and_makes_it_quorate(siri):
    meeting = soon(siri)
    rows = queries.invitees(meeting)
    with pytest.raises(Refused, match="Skriv hvem"):
        held_actions.attend(meeting=meeting, came={rows[0].id: Came("substitute")}, seen=None, by=siri)
    came = {one.id: Came("absent") for one in rows[2:]} | {
        rows[0].id: Came("substitute", substitute="Vera Vara"),
        rows[1].id: Came("present"),
    }
    held_actions.attend(meeting=meeting, came=came, seen=None, by=siri)
    assert is_quorate(meeting, seen(meeting))


def test_a_decision_answers_a_system_matter_once_and_only_there(siri):
    meeting = soon(siri)
    item = queries.items(meeting)[0]
    decided = Decided("Ja", OWNER, day_of(now()), answers=True)
    with pytest.raises(Refused, match="ingen systemsak"):
        held_actions.decide(item=item, decided=decided, by=siri)
    assert not Decision.objects.exists()


def test_a_decision_becomes_a_measure_of_the_plan(siri):
    start_plan(told=PlanTold(title="Plan", first_year=2026, last_year=2027), carry=None, by=siri)
    meeting = soon(siri)
    new = outcomes.NewMeasure("Felles kurs for vakttelefonen", "Kari Koordinator", day_of(now()))
    decided = Decided("Felles kurs for vakttelefonen", OWNER, day_of(now()), measure=new)
    row = held_actions.decide(item=queries.items(meeting)[0], decided=decided, by=siri)
    assert Measure.objects.get(pk=row.measure).origin_id == row.id
    with pytest.raises(Refused, match="handlingsplanen"):
        held_actions.take_back(decision=row, by=siri)


# --- who may -------------------------------------------------------------------------------------------------
def test_the_database_lets_only_secretary_chair_and_minute_taker_write(siri, gjovikregionen):
    kari = person(gjovikregionen, "Kari Koordinator", Role.LEADER_TEAM, "kari@gjovik.example")
    lars = person(gjovikregionen, "Lars Lege", Role.LEADER_TEAM, "lars@gjovik.example")
    meeting = called(siri)
    while kari.user_id not in (meeting.chair_user_id, meeting.taker_user_id):
        meeting = called(siri, 90)
    item = queries.items(meeting)[0]
    with presented(kari), during(meeting):
        held_actions.write_said(item=item, text="Kari skriver.", seen=None, by=kari)
    with presented(lars):
        assert Item.objects.filter(pk=item.pk).update(position=7) == 0
        assert Meeting.objects.filter(pk=meeting.pk).exists()


def test_an_operator_sees_no_meeting(siri, gjovikregionen):
    called(siri)
    olga = person(gjovikregionen, "Olga Operatør", Role.OPERATOR, "olga2@gjovikregionen.example")
    with presented(olga):
        assert not Meeting.objects.exists()
        assert not Invitee.objects.exists()


def test_a_cancelled_meeting_is_called_anew(siri):
    meeting = called(siri)
    actions.cancel_meeting(meeting=meeting, by=siri)
    actions.restore_meeting(meeting=meeting, by=siri)
    assert call(queries.locked(meeting), siri).state == "called"
    assert len(queries.invitees(meeting)) == 4


def test_a_system_matter_is_taken_up_and_the_decision_goes_back(house):
    region = ref("gjovikregionen")
    with work(region, TEST):
        sit(region)
        siri = secretary(region)
        matter = raised()
    with acting_as(siri):
        meeting = soon(siri)
        item = next(one for one in queries.items(meeting) if one.kind == "matter")
        assert Matter.objects.get(pk=matter.pk).state == "agenda"
        decided = Decided("Alle får en fast kontakt.", Owner("Gjøvik kommune"), day_of(now()), answers=True)
        held_actions.decide(item=item, decided=decided, by=siri)
    with work(region, TEST):
        stands = Matter.objects.get(pk=matter.pk)
        assert (stands.state, stands.words.count()) == ("decided", 2)
        assert suggest.suggested(Meeting.objects.get(), siri) == []


def test_what_may_be_about_somebody_is_explained_before_it_goes_back(house):
    region = ref("gjovikregionen")
    with work(region, TEST):
        sit(region)
        siri = secretary(region)
        raised()
    with acting_as(siri):
        meeting = soon(siri)
        item = next(one for one in queries.items(meeting) if one.kind == "matter")
        told = Decided("Ring 99 88 77 66.", Owner("Gjøvik kommune"), day_of(now()), answers=True)
        with pytest.raises(Refused, match="Se over"):
            held_actions.decide(item=item, decided=told, by=siri)
        explained = replace(told, reasons={"phone": "Nummeret til vakttelefonen."})
        assert held_actions.decide(item=item, decided=explained, by=siri).matter == item.about


def test_when_the_minute_taker_is_away_the_chair_does_not_write_too(siri):
    meeting = called(siri)
    chair, away = meeting.chair_name, meeting.taker_name
    with during(meeting):
        assert attend(meeting, siri, **{away.split()[0].lower(): True}) is True
    meeting = queries.locked(meeting)
    assert meeting.chair_name == chair
    assert meeting.taker_name not in (chair, away)
