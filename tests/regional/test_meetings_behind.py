"""A meeting after the call: members named later, a day that came earlier, a substitute for the chair, what stays."""

from datetime import date, timedelta

import pytest
from django.core import mail

from regional.leaders.people_models import Place, Term
from regional.matters import actions as matters
from regional.matters.models import Matter
from regional.meetings import actions, agenda_actions, held_actions, people, queries
from regional.meetings.held_actions import Came
from regional.meetings.models import Decision, Item
from regional.meetings.shown import seen
from regional.meetings.suggest import Candidate
from tests.cast import TEST
from tests.client import client_for
from tests.regional.meeting_people import call, called, during, person, raised, secretary, sit, soon, wish
from varde.access.roles import Role
from varde.clock import now, telling
from varde.refusal import Overtaken, Refused
from varde.tenancy.work import work
from varde.ui.dates import day_of

BASE = "/lederteam/moter"


@pytest.fixture
def siri(gjovikregionen):
    sit(gjovikregionen)
    return secretary(gjovikregionen)


def _place(region, body="NAV", name="", **kw):
    """A fixed place, with somebody in it or nobody."""
    made = {"made_at": now(), "made_by_name": "Prøve", "since": date(2020, 1, 1)}
    with work(region, TEST):
        place = Place.objects.create(body=body, kommune="Gjøvik", **made)
        if name:
            Term.objects.create(place=place, kommune="Gjøvik", name=name, email="nils@gjovik.example", **made)
        return place


# --- who is called ---------------------------------------------------------------------------------------------------
def test_somebody_named_after_the_call_is_called_too(siri, gjovikregionen, django_capture_on_commit_callbacks):
    meeting = called(siri)
    person(gjovikregionen, "Kari Koordinator", Role.LEADER_TEAM, "kari@gjovik.example")
    person(gjovikregionen, "Nils Nav", Role.LEADER_TEAM, "nils@gjovik.example")
    _place(gjovikregionen, name="Nils Nav")
    assert [one.name for one in people.behind(siri, meeting).missing] == ["Nils Nav"]
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.call_more(meeting=meeting, by=siri) == 1
    assert "Nils Nav" in {one.name for one in queries.invitees(meeting)}
    assert [one.to for one in mail.outbox] == [["nils@gjovik.example"]]
    with pytest.raises(Refused, match="alt kalt inn"):
        actions.call_more(meeting=meeting, by=siri)


def test_who_sits_no_longer_is_taken_off_and_counts_no_more(siri, gjovikregionen):
    meeting = called(siri)
    with work(gjovikregionen, TEST):
        Term.objects.filter(name="Lars Lege").update(until=day_of(now()))
    assert actions.call_more(meeting=meeting, by=siri) == 0
    assert "Lars Lege" not in {one.name for one in queries.invitees(meeting)}


def test_places_without_a_name_are_said_before_the_call_and_after_it(siri, gjovikregionen):
    _place(gjovikregionen, "NAV-leder")
    client = client_for("liv", Role.SECRETARY)
    row = actions.add_meeting(wish=wish(), by=siri)
    asked = client.get(f"{BASE}/{row.id}/innkalling").content.decode()
    assert "1 plass uten navn den dagen" in asked
    assert "NAV-leder (Gjøvik)" in asked
    call(row, siri)
    assert "1 plass uten navn den dagen" in client.get(f"{BASE}/{row.id}").content.decode()
    _place(gjovikregionen, name="Nils Nav")
    shown = client.get(f"{BASE}/{row.id}").content.decode()
    assert "1 medlem er ikke kalt inn" in shown
    assert client.post(f"{BASE}/{row.id}/innkalling/flere").status_code == 303
    assert "er ikke kalt inn" not in client.get(f"{BASE}/{row.id}").content.decode()


# --- whose turn, and when --------------------------------------------------------------------------------------------
def test_a_meeting_laid_in_before_one_that_is_called_goes_on_to_the_next(siri):
    later = called(siri, 60)
    assert called(siri, 30).chair_name != later.chair_name


def test_whoever_sends_a_substitute_neither_leads_nor_loses_the_turn(siri):
    meeting = called(siri)
    first = meeting.chair_name
    with during(meeting):
        came = {one.id: Came("present") for one in queries.invitees(meeting)}
        here = next(one for one in queries.invitees(meeting) if one.name == first)
        came[here.id] = Came("substitute", substitute="Vara Vararud")
        assert held_actions.attend(meeting=meeting, came=came, seen=None, by=siri) is True
    assert queries.locked(meeting).chair_name != first
    assert called(siri, 60).chair_name == first


def test_a_meeting_that_was_held_before_its_day_gets_that_day(siri):
    meeting = called(siri, 30)
    with telling(now() + timedelta(days=3)):
        with pytest.raises(Refused, match="Endre dagen først"):
            held_actions.end_meeting(meeting=meeting, by=siri)
        with pytest.raises(Refused, match="før dagen det ble kalt inn"):
            actions.change_meeting(meeting=meeting, wish=wish(-10), by=siri)
        actions.change_meeting(meeting=meeting, wish=wish(-1), by=siri)
        came = {one.id: Came("present") for one in queries.invitees(meeting)}
        held_actions.attend(meeting=meeting, came=came, seen=None, by=siri)
        held_actions.end_meeting(meeting=meeting, by=siri)
    planned = actions.add_meeting(wish=wish(30), by=siri)
    with pytest.raises(Refused, match="fram i tid"):
        actions.change_meeting(meeting=planned, wish=wish(-1), by=siri)


# --- what is written -------------------------------------------------------------------------------------------------
def test_a_decision_that_is_typed_is_entered_with_whichever_button(siri):
    meeting = soon(siri)
    item, owner = queries.items(meeting)[0], queries.invitees(meeting)[0]
    client = client_for("liv", Role.SECRETARY)
    page = f"{BASE}/{meeting.id}/punkt/{item.id}"
    sent = {"say": "videre", "s-said": "Vi snakket.", "s-seen": "0", "d-decided": "Felles kurs"}
    answer = client.post(page, sent)
    assert answer.status_code == 422
    assert "Felles kurs" in answer.content.decode()
    assert "Vi snakket." in answer.content.decode()
    assert not Decision.objects.exists()
    assert Item.objects.get(pk=item.pk).said == ""
    due = {"d-owner": f"p-{owner.id}", "d-due": str(day_of(now()))}
    assert client.post(page, sent | due).status_code == 303
    assert Decision.objects.get().text == "Felles kurs"
    assert Item.objects.get(pk=item.pk).said == "Vi snakket."


def test_a_decision_does_not_write_over_what_somebody_else_wrote_meanwhile(siri):
    meeting = soon(siri)
    item, owner = queries.items(meeting)[0], queries.invitees(meeting)[0]
    held_actions.write_said(item=item, text="Først\nså sist", seen=None, by=siri)
    client = client_for("liv", Role.SECRETARY)
    page = f"{BASE}/{meeting.id}/punkt/{item.id}"
    with during(meeting):
        body = client.get(page).content.decode()
    was = body.split('name="s-was" value="')[1].split('"')[0]
    held_actions.write_said(item=item, text="Nyere", seen=None, by=siri)
    sent = {"decide": "1", "s-said": "Først\r\nså sist", "s-seen": "1", "s-was": was, "d-decided": "Felles kurs"}
    sent |= {"d-owner": f"p-{owner.id}", "d-due": str(day_of(now()))}
    assert client.post(page, sent).status_code == 303
    assert Item.objects.get(pk=item.pk).said == "Nyere"
    assert client.post(page, sent | {"s-said": "Mitt"}).status_code == 422
    with pytest.raises(Overtaken):
        held_actions.write(item=item, text="Mitt", seen="1", decided=None, by=siri)


def test_what_was_sent_back_leaves_no_title_on_an_agenda(siri, gjovikregionen):
    with work(gjovikregionen, TEST):
        matter = raised()
        matter.title = "Kari Nordmann får ikke tolk"
        matter.save()
    meeting = called(siri)
    item = next(one for one in queries.items(meeting) if one.kind == "matter")
    client = client_for("liv")
    for page in (f"{BASE}/{meeting.id}", f"{BASE}/{meeting.id}/punkt/{item.id}"):
        assert "Kari Nordmann får ikke tolk" in client.get(page).content.decode()
    assert "Kari" not in item.title + item.text
    matters.send_back(matter=Matter.objects.get(pk=matter.pk), by=siri)
    (point,) = [one for one in seen(meeting).points if one.item.kind == "matter"]
    assert point.item.title.startswith("Systemsak fra Gjøvik: ")
    for page in (f"{BASE}/{meeting.id}", f"{BASE}/{meeting.id}/punkt/{item.id}"):
        assert "Kari Nordmann" not in client.get(page).content.decode()


def test_an_id_number_is_refused_and_a_name_on_the_agenda_is_pointed_out(siri):
    meeting = soon(siri)
    client = client_for("liv", Role.SECRETARY)
    page = f"{BASE}/{meeting.id}"
    answer = client.post(f"{page}/saklisten", {"title": "Kari, 01010112345"})
    assert answer.status_code == 422
    assert "fødselsnummer" in answer.content.decode()
    item = queries.items(meeting)[0]
    for write in (
        lambda text: agenda_actions.write_text(item=item, title=text, text="", seen=None, by=siri),
        lambda text: held_actions.write_said(item=item, text=text, seen=None, by=siri),
    ):
        with pytest.raises(Refused, match="fødselsnummer"):
            write("Om 01010112345")
    own = agenda_actions.add(meeting=meeting, candidate=Candidate("own", "Ring 99 88 77 66"), by=siri)
    assert "kan noe her peke på en person" in client.get(f"{page}/punkt/{own.id}").content.decode()


def test_who_must_be_told_by_hand_stands_on_a_cancelled_meeting_too(siri):
    meeting = called(siri)
    actions.cancel_meeting(meeting=meeting, by=siri)
    shown = client_for("liv", Role.SECRETARY).get(f"{BASE}/{meeting.id}").content.decode()
    assert "Si fra til disse selv at møtet er avlyst" in shown
    assert "mailto:kari@gjovik.example" in shown


def test_a_kommune_that_is_not_on_the_platform_has_its_turn(siri, gjovikregionen):
    made = {"made_at": now(), "made_by_name": "Prøve", "since": date(2020, 1, 1)}
    with work(gjovikregionen, TEST):
        place = Place.objects.create(body="Koordinator", kommune="Engerdal", coordinator=True, **made)
        Term.objects.create(place=place, kommune="Engerdal", name="Eli Engerdal", **made)
    chairs = [called(siri, 30 + 10 * n).chair_name for n in range(4)]
    assert len(set(chairs)) == 4
    assert "Eli Engerdal" in chairs


def test_a_member_without_a_turn_may_be_chosen_to_lead_and_takes_nobodys(siri):
    turn = called(siri, 30).taker_name
    row = actions.add_meeting(wish=wish(40), by=siri)
    client, page = client_for("liv", Role.SECRETARY), f"{BASE}/{row.id}"
    lars = next(key for key, one in people.others(siri, day_of(row.starts_at)).items() if one.name == "Lars Lege")
    assert client.post(f"{page}/innkalling", {"chair": lars, "taker": ""}).status_code == 303
    assert (queries.locked(row).chair_name, queries.locked(row).chair_kommune) == ("Lars Lege", None)
    assert "Lars Lege (Gjøvik)</option>" in client.get(f"{page}/ledelse").content.decode()
    assert called(siri, 50).chair_name == turn
