"""A meeting that was held without having been called here, what waits unsaved when minutes go out, and what is not
written before its day."""

from dataclasses import replace
from datetime import timedelta

import pytest

from regional.meetings import actions, held_actions, minutes_actions, papers, queries
from regional.meetings.entered_actions import enter
from regional.meetings.held_actions import Came, Decided, Owner
from regional.meetings.models import Meeting
from regional.meetings.shown import seen
from regional.meetings.unsaved import waiting
from tests.client import client_for
from tests.regional.meeting_people import approved, called, during, held, person, secretary, sit, soon, wish
from varde.access.roles import Role
from varde.access.ticket import presented
from varde.clock import now, telling
from varde.documents.paper import Facts, Table, Text
from varde.identity import drafts
from varde.identity.models import User
from varde.refusal import Refused
from varde.ui.dates import day_of

BASE = "/lederteam/moter"
WHY = "Kalt inn på e-post før vi tok i bruk Varde."


@pytest.fixture
def siri(gjovikregionen):
    sit(gjovikregionen)
    return secretary(gjovikregionen)


def _all_came(meeting, by):
    came = {one.id: Came("present") for one in queries.invitees(meeting)}
    held_actions.attend(meeting=meeting, came=came, seen=None, by=by)


# --- held, and never called ------------------------------------------------------------------------------------------
def test_a_meeting_that_was_never_called_is_entered_with_why_and_minuted(siri):
    meeting = enter(meeting=None, wish=wish(-20), why=WHY, by=siri)
    assert (meeting.state, meeting.called_at) == ("held", None)
    assert [one.kind for one in queries.items(meeting)] == ["fixed", "fixed", "fixed", "next"]
    item = queries.items(meeting)[0]
    held_actions.write_said(item=item, text="Sakslisten ble godkjent.", seen=None, by=siri)
    with pytest.raises(Refused, match="hvem som møtte"):
        minutes_actions.send(meeting=meeting, by=siri)
    _all_came(meeting, siri)
    minutes_actions.send(meeting=meeting, by=siri)
    stands = queries.locked(meeting)
    made = papers.minutes_paper(stands, seen(stands), office="Gjøvikregionen", now=now())
    facts = dict(next(one for one in made.pieces if isinstance(one, Facts)).rows)
    assert WHY in facts["Ført inn etterpå"]


def test_a_planned_meeting_whose_day_went_by_is_entered_on_the_day_that_it_was_held(siri):
    planned = actions.add_meeting(wish=wish(10), by=siri)
    with telling(now() + timedelta(days=20)):
        meeting = enter(meeting=planned, wish=wish(-12), why=WHY, by=siri)
        assert meeting.id == planned.id
        assert meeting.starts_at < planned.starts_at
    with pytest.raises(Refused):
        enter(meeting=meeting, wish=wish(-1), why=WHY, by=siri)


def test_only_a_meeting_that_was_held_is_entered_and_only_with_why(siri):
    with pytest.raises(Refused, match="ikke holdt ennå"):
        enter(meeting=None, wish=wish(2), why=WHY, by=siri)
    with pytest.raises(Refused, match="hvorfor"):
        enter(meeting=None, wish=wish(-2), why="", by=siri)
    with pytest.raises(Refused, match="ingen medlemmer"):
        enter(meeting=None, wish=wish(-9000), why=WHY, by=siri)
    with pytest.raises(Refused, match="fødselsnummer"):
        enter(meeting=None, wish=wish(-2), why="Om 01010112345", by=siri)
    assert not Meeting.objects.exists()


def test_whose_turn_it_was_has_had_it(siri):
    first = enter(meeting=None, wish=wish(-20), why=WHY, by=siri).chair_name
    assert called(siri, 30).chair_name != first


def test_one_entered_by_mistake_is_cancelled_and_one_that_was_called_is_not(siri):
    meeting = enter(meeting=None, wish=wish(-20), why=WHY, by=siri)
    with pytest.raises(Refused, match="ført inn etterpå"):
        minutes_actions.take_back(meeting=meeting, by=siri)
    actions.cancel_meeting(meeting=meeting, by=siri)
    assert queries.locked(meeting).state == "cancelled"
    done = held(siri)
    with pytest.raises(Refused, match="meldt holdt"):
        actions.cancel_meeting(meeting=done, by=siri)


def test_from_the_page_an_error_keeps_what_was_typed(siri):
    client = client_for("liv", Role.SECRETARY)
    assert "Før inn et møte som er holdt" in client.get(BASE).content.decode()
    typed = {"day": str(day_of(now()) + timedelta(days=3)), "hour": "09:00", "minutes": "90", "why": WHY}
    answer = client.post(f"{BASE}/holdt", typed)
    assert answer.status_code == 422
    assert WHY in answer.content.decode()
    answer = client.post(f"{BASE}/holdt", typed | {"day": str(day_of(now()) - timedelta(days=3))})
    assert answer.status_code == 303
    shown = client.get(answer.headers["Location"]).content.decode()
    assert WHY in shown
    assert "Før hvem som møtte" in shown
    assert "Ført inn ved en feil" in shown
    meeting = Meeting.objects.get()
    assert client.get(f"{BASE}/{meeting.id}/holdt").status_code == 303
    assert client.post(f"{BASE}/{meeting.id}/tilstand", {"til": "back"}).status_code == 303
    assert queries.locked(meeting).state == "held"
    client.post(f"{BASE}/{meeting.id}/tilstand", {"til": "cancelled"})
    assert queries.locked(meeting).state == "cancelled"


def test_a_planned_meeting_whose_day_went_by_says_what_to_do(siri):
    planned = actions.add_meeting(wish=wish(10), by=siri)
    client = client_for("liv", Role.SECRETARY)
    assert f"/{planned.id}/holdt" not in client.get(f"{BASE}/{planned.id}").content.decode()
    Meeting.objects.filter(pk=planned.pk).update(starts_at=now() - timedelta(days=2))
    assert f"/{planned.id}/holdt" in client.get(f"{BASE}/{planned.id}").content.decode()


def test_a_decision_of_an_earlier_day_may_have_a_day_that_has_gone_by_too(siri):
    meeting = enter(meeting=None, wish=wish(-20), why=WHY, by=siri)
    item, owner = queries.items(meeting)[0], queries.invitees(meeting)[0]
    client, page = client_for("liv", Role.SECRETARY), f"{BASE}/{meeting.id}/punkt/{item.id}"
    sent = {"decide": "1", "d-decided": "Felles kurs", "d-owner": f"p-{owner.id}"}
    assert client.post(page, sent | {"d-due": str(day_of(now()) - timedelta(days=30))}).status_code == 422
    assert client.post(page, sent | {"d-due": str(day_of(now()) - timedelta(days=5))}).status_code == 303


# --- not before its day ----------------------------------------------------------------------------------------------
def test_nothing_is_noted_or_decided_before_the_day(siri):
    meeting = called(siri)
    item = queries.items(meeting)[0]
    for early in (
        lambda: _all_came(meeting, siri),
        lambda: held_actions.write_said(item=item, text="Sagt.", seen=None, by=siri),
        lambda: held_actions.decide(item=item, decided=Decided("Ja", Owner("Kari"), day_of(now())), by=siri),
    ):
        with pytest.raises(Refused, match="ikke i dag"):
            early()
    with during(meeting):
        _all_came(meeting, siri)


# --- what waits unsaved ----------------------------------------------------------------------------------------------
def _draft(who, meeting, item, form="s-said"):
    path = f"{BASE}/{meeting.id}/punkt/{item.id}"
    user = User.objects.get(pk=who.user_id)
    with presented(who):
        drafts.save(user=user, path=path, fields=[("s-said", ""), ("d-decided", "Ja")], by=who, form=form, window="w")


def test_minutes_do_not_go_out_while_somebodys_decision_is_not_saved(siri, gjovikregionen):
    kari = person(gjovikregionen, "Kari Koordinator", Role.LEADER_TEAM, "kari@gjovik.example")
    meeting = held(siri)
    Meeting.objects.filter(pk=meeting.pk).update(taker_user=kari.user_id)
    meeting = queries.locked(meeting)
    second = queries.items(meeting)[1]
    _draft(kari, meeting, second)
    with pytest.raises(Refused, match=r"punkt 2 \(Kari Koordinator, "):
        minutes_actions.send(meeting=meeting, by=siri)
    asked = client_for("liv", Role.SECRETARY).get(f"{BASE}/{meeting.id}/tilstand?til=sent").content.decode()
    assert "Kari Koordinator" in asked
    assert "Ja, send til godkjenning" not in asked
    with presented(kari):
        drafts.done(User.objects.get(pk=kari.user_id), f"{BASE}/{meeting.id}/punkt/{second.id}", forms=["s-said"],
                    windows=["w"])  # fmt: skip
    minutes_actions.send(meeting=meeting, by=siri)


def test_what_nobody_could_save_any_more_stops_nothing(siri, gjovikregionen):
    lars = person(gjovikregionen, "Lars Lege", Role.LEADER_TEAM, "lars@gjovik.example")
    meeting = held(siri)
    item = queries.items(meeting)[0]
    _draft(lars, meeting, item)
    assert waiting(meeting) == []
    _draft(siri, meeting, item)
    assert [one.user for one in waiting(meeting)] == [siri.user_id]
    with telling(now() + timedelta(days=30)):
        assert waiting(meeting) == []


# --- what the pages and papers say -----------------------------------------------------------------------------------
def test_what_nobody_wrote_is_said_once(siri):
    meeting = held(siri)
    made = papers.minutes_paper(meeting, seen(meeting), office="Gjøvikregionen", now=now())
    silent = [one.text for one in made.pieces if isinstance(one, Text) and "ikke skrevet" in one.text]
    assert silent == ["Det er ikke skrevet noe på punkt 2, 3 og 4."]
    shown = client_for("liv", Role.SECRETARY).get(f"{BASE}/{meeting.id}").content.decode()
    assert shown.count("ikke skrevet noe") == 1


def test_the_call_says_which_point_only_where_somebody_is_called_to_one(siri):
    meeting = called(siri)
    made = papers.call_paper(meeting, seen(meeting), office="Gjøvikregionen", now=now())
    assert next(one for one in made.pieces if isinstance(one, Table)).head == ("Navn", "Plass")


def test_the_page_leads_from_who_came_to_the_first_point_without_a_word(siri):
    meeting = soon(siri)
    client, page = client_for("liv", Role.SECRETARY), f"{BASE}/{meeting.id}"
    with during(meeting):
        assert "Skriv referat på punkt" not in client.get(page).content.decode()
        _all_came(meeting, siri)
        held_actions.write_said(item=queries.items(meeting)[0], text="Ja.", seen=None, by=siri)
        shown = client.get(page).content.decode()
    assert "Skriv referat på punkt 2" in shown
    assert "Send innkallingen til disse selv" not in shown


def test_a_call_to_nowhere_is_pointed_out(siri):
    client = client_for("liv", Role.SECRETARY)
    there, nowhere = actions.add_meeting(wish=wish(10), by=siri), actions.add_meeting(wish=wish(20), by=siri)
    actions.change_meeting(meeting=nowhere, wish=replace(wish(20), place=""), by=siri)
    said = "verken sted eller lenke"
    assert said in client.get(f"{BASE}/{nowhere.id}/innkalling").content.decode()
    assert said not in client.get(f"{BASE}/{there.id}/innkalling").content.decode()


def test_one_mail_goes_to_all_who_have_no_account(siri):
    meeting = called(siri)
    shown = client_for("liv", Role.SECRETARY).get(f"{BASE}/{meeting.id}").content.decode()
    assert "Skriv én e-post til alle sammen" in shown
    assert "kari%40gjovik.example,vilde%40vestre-toten.example" in shown.replace("lars%40gjovik.example,", "")


def test_the_minutes_of_the_last_meeting_are_at_hand(siri):
    earlier = approved(siri, 20)
    meeting = called(siri, 40)
    shown = client_for("liv", Role.SECRETARY).get(f"{BASE}/{meeting.id}").content.decode()
    assert f"{BASE}/{earlier.id}/referat" in shown
    assert next(one.text for one in queries.items(meeting) if one.kind == "followup").startswith("Ansvarlig: Kari")


def test_the_page_asks_for_the_yes_that_is_left(siri):
    meeting = held(siri)
    minutes_actions.send(meeting=meeting, by=siri)
    client, page = client_for("liv", Role.SECRETARY), f"{BASE}/{meeting.id}/godkjenn"
    shown = client.get(page).content.decode()
    assert "Må fylles ut når du fører det for en annen" in shown
    assert f"Møteleder {meeting.chair_name}" in shown
    assert client.post(page, {"office": "chair", "how": "", "seen": "1"}).status_code == 422
    assert client.post(page, {"office": "chair", "how": "muntlig", "seen": "1"}).status_code == 303
    shown = client.get(page).content.decode()
    assert 'value="chair"' not in shown
    assert f"Referent {meeting.taker_name}" in shown


def test_an_addendum_that_may_name_somebody_is_pointed_out_before_it_stands(siri):
    meeting = approved(siri)
    client, page = client_for("liv", Role.SECRETARY), f"{BASE}/{meeting.id}/tillegg"
    typed = {"text": "Ring 99 88 77 66 om Ola Tveitstul."}
    answer = client.post(page, typed)
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "kan noe her peke på en person" in shown
    assert "Ola Tveitstul" in shown
    assert not seen(meeting).addenda
    found = shown.split('name="shown" value="')[1].split('"')[0]
    assert client.post(page, typed | {"shown": found, "text": "Ring 99 11 22 33."}).status_code == 422
    assert client.post(page, typed | {"shown": found}).status_code == 303
    assert len(seen(meeting).addenda) == 1
    assert client.post(page, {"text": "Kari Koordinator var også til stede."}).status_code == 303
    assert client.post(page, {"text": "Om 01010112345"}).status_code == 422
