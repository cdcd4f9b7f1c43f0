"""The meeting: called, its agenda made by itself, held, written, decided, approved and then frozen."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.test.utils import CaptureQueriesContext

from tenants.cases.actions import add_member
from tenants.meeting import actions, agenda_actions, decision_actions, queries
from tenants.meeting.models import Decision, Hearing, Item, Meeting, Participant
from tenants.meeting.states import MOVES, STATES, check_move
from tenants.triage.actions import NewStep
from tenants.triage.models import NextStep
from tests.cast import as_person, seen_as
from tests.client import client_for
from tests.tenants import way
from tests.tenants.keys import forget_keys
from varde.clock import OSLO, now
from varde.refusal import Refused


def called(by: str = "kari", hours: float = 48, *people: str) -> Meeting:
    """A meeting that somebody has called, with these beside."""
    way.person(by)
    user = way.person(by)
    wish = actions.Wish(way.in_hours(hours), 180, user, user, "Rådhuset, rom 2", "https://video.example/tryggest")
    return actions.call_meeting(wish=wish, people=[way.person(name) for name in people], by=as_person(by))


def late_case(**kwargs):
    """A case whose next step is over its date."""
    case = way.case(**kwargs)
    NextStep.objects.filter(concern=case.concern).update(due_at=way.in_hours(-5))
    return case


def point_of(meeting: Meeting, case) -> Item:
    return Item.objects.select_related("concern").get(meeting=meeting, concern=case.concern)


def typed(**changes: str) -> dict[str, str]:
    day = (now() + timedelta(days=7)).astimezone(OSLO).date().isoformat()
    kari = str(as_person("kari").user_id)
    return {"day": day, "hour": "12:00", "minutes": "180", "place": "Rådhuset", "link": "", "chair": kari,
            "minute_taker": kari} | changes  # fmt: skip


@pytest.mark.parametrize("now_", dict(STATES))
@pytest.mark.parametrize("to", dict(STATES))
def test_a_meeting_moves_by_the_table(now_, to):
    if to in MOVES[now_]:
        check_move(now_, to)
    else:
        with pytest.raises(Refused):
            check_move(now_, to)


def test_the_agenda_makes_itself_of_what_is_new_and_overdue(gjovik):
    undecided, late, new = way.opened(), late_case(), way.case()
    meeting = called()
    found = {item.concern_id: item.why for item in queries.items(meeting)}
    assert found == {undecided.id: "new", late.concern_id: "step", new.concern_id: "case"}


def test_a_case_that_stands_still_or_was_not_taken_up_for_long_comes_on(gjovik):
    still, old = way.case(), way.case()
    NextStep.objects.filter(concern=still.concern).update(made_at=way.in_hours(-24 * 40))
    for case, days in ((still, 45), (old, 120)):
        type(case).objects.filter(pk=case.pk).update(opened_at=way.in_hours(-24 * days))
    found = {item.concern_id: item.why for item in queries.items(called())}
    assert found == {still.concern_id: "still", old.concern_id: "review"}


def test_an_overdue_measure_comes_on(gjovik):
    measure = way.measure(way.case(), days=-2)
    assert point_of(called(), measure.case).why == "measure"


def test_a_point_is_taken_off_put_back_and_moved(gjovik):
    late_case(), late_case()
    meeting = called()
    first, second = queries.items(meeting)
    agenda_actions.move_item(item=second, up=True, by=as_person("kari"))
    assert [item.id for item in queries.items(meeting)] == [second.id, first.id]
    agenda_actions.put(item=first, off=True, by=as_person("kari"))
    assert agenda_actions.fill(meeting=meeting, by=as_person("kari")) == 0
    agenda_actions.add_matter(meeting=meeting, concern=first.concern, by=as_person("kari"))
    first.refresh_from_db()
    assert not first.off


def test_a_meeting_is_called_and_read_on_the_pages(gjovik):
    kari, case = client_for("kari"), late_case()
    answer = kari.post("/mote/ny", typed())
    assert answer.status_code == 303
    page = kari.get(answer["Location"]).content.decode()
    assert case.name in page
    assert "1. " in page
    assert "Rådhuset" in kari.get("/mote").content.decode()
    assert "Møte: Rådhuset" in kari.get("/start").content.decode()
    assert kari.get(answer["Location"] + "/endre").status_code == 200
    assert kari.post(answer["Location"] + "/endre", typed(place="Legevakta")).status_code == 303
    assert "Legevakta" in kari.get(answer["Location"]).content.decode()
    assert way.logged("meeting.item", "list", case.concern_id)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"day": "2020-01-01"}, "Tidspunktet er passert."),
        ({"day": "2027-03-28", "hour": "02:30"}, "Klokken 02.30 finnes ikke 28.03.2027"),
        ({"day": "2999-01-01"}, "mer enn to år fram"),
        ({"chair": str(uuid.uuid4())}, "Velg en som er i teamet nå."),
        ({"minutes": "3"}, "15"),
        ({"link": "javascript:alert(1)"}, "Lenken må begynne med https://."),
        ({"place": "a\x00"}, "Sted"),
    ],
)
def test_a_meeting_that_cannot_be_is_refused_and_what_was_typed_stays(gjovik, changes, sentence):
    kari = client_for("kari")
    answer = kari.post("/mote/ny", typed(**changes))
    assert (answer.status_code, Meeting.objects.count()) == (422, 0)
    assert sentence in answer.content.decode()
    assert 'value="12:00"' in answer.content.decode() or "hour" in changes


@pytest.mark.parametrize(("missing", "sentence"), [
    ("d-owner", "Hvem gjør det?"), ("d-due_day", "Frist, dato"), ("d-text", "Hva ble bestemt?"),
    ("d-step_done", "Er steget som står der nå, gjort?"),
])  # fmt: skip
def test_a_decision_without_owner_date_or_words_is_refused(gjovik, missing, sentence):
    kari, case = client_for("kari"), late_case()
    meeting = called()
    sent = {"decide": "1", "d-text": "Ring", "d-owner": str(as_person("kari").user_id), "d-step_done": "no",
            "d-due_day": way.in_hours(72).date().isoformat()} | {missing: ""}  # fmt: skip
    answer = kari.post(f"/mote/{meeting.id}/punkt/{point_of(meeting, case).id}", sent)
    assert (answer.status_code, Decision.objects.count()) == (422, 0)
    assert sentence in answer.content.decode()


def test_an_owner_who_does_not_see_the_matter_gets_nothing_to_do(gjovik):
    case, meeting = late_case(), None
    meeting = called("kari", 48, "tom")
    with (
        seen_as("kari") as kari,
        pytest.raises(Refused, match="Tom Teammedlem er ikke på saken"),
    ):
        step = NewStep("Ring", way.person("tom"), way.in_hours(9))
        decision_actions.decide(item=point_of(meeting, case), step=step, by=kari)


def test_what_is_decided_without_a_matter_waits_in_a_list_until_done(gjovik):
    kari, meeting = client_for("kari"), called()
    assert kari.post(f"/mote/{meeting.id}/saklista", {"title": "Ny brosjyre"}).status_code == 303
    item = Item.objects.get(meeting=meeting)
    decision_actions.decide(item=item, step=way.step(), by=as_person("kari"))
    assert "Ring den utsatte" in kari.get("/mote").content.decode()
    decision = Decision.objects.get()
    assert kari.post(f"/mote/oppfolging/{decision.id}").status_code == 303
    assert "Ring den utsatte" not in kari.get("/mote").content.decode()
    place = f"/mote/oppfolging/{decision.id}"
    for late in (kari.get(place, follow=True), kari.post(place)):
        assert "Kari Koordinator har alt meldt dette som gjort" in late.content.decode()
    typed = kari.post(place, {"came_of": "Hun vil anmelde"})
    assert (typed.status_code, "Hun vil anmelde" in typed.content.decode()) == (422, True)
    with pytest.raises(Refused, match="alt meldt"):
        decision_actions.finish(decision=decision, by=as_person("kari"))


def test_whoever_writes_second_gets_both_texts(gjovik):
    kari, case = client_for("kari"), late_case()
    meeting = called()
    item = point_of(meeting, case)
    address = f"/mote/{meeting.id}/punkt/{item.id}"
    assert kari.post(address, {"minutes": "1", "m-text": "Først", "m-seen": "0"}).status_code == 303
    late = kari.post(address, {"minutes": "1", "m-text": "Sist", "m-seen": "0"})
    page = late.content.decode()
    assert late.status_code == 422
    assert "Først" in page
    assert "Sist" in page
    general = f"/mote/{meeting.id}/generelt"
    assert kari.post(general, {"g-text": "Alle kom", "g-seen": "0"}).status_code == 303
    late = kari.post(general, {"g-text": "Noen kom", "g-seen": "0"})
    assert late.status_code == 422
    assert "Alle kom" in late.content.decode()
    assert "Noen kom" in late.content.decode()
    assert 'name="g-seen" value="1"' in late.content.decode()


def test_two_who_approve_at_once_are_told_and_approved_minutes_are_frozen(gjovik):
    late_case()
    meeting = called()
    Meeting.objects.update(starts_at=way.in_hours(-2))
    kari = as_person("kari")
    with pytest.raises(Refused, match="kan ikke gå"):
        actions.move_meeting(meeting=meeting, to="approved", by=kari)
    actions.move_meeting(meeting=meeting, to="held", by=kari)
    stale = Meeting.objects.get(pk=meeting.pk)
    actions.move_meeting(meeting=meeting, to="approved", by=kari)
    with pytest.raises(Refused, match="Noen andre har alt godkjent"):
        actions.move_meeting(meeting=stale, to="approved", by=kari)
    item = queries.items(meeting)[0]
    with pytest.raises(Refused, match="endres ikke lenger"):
        agenda_actions.write_minutes(item=item, text="Nei", version=0, by=kari)
    for table in ("meeting_item", "meeting_participant", "meeting_meeting"):
        with (
            pytest.raises(ProgrammingError, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"DELETE FROM {table}")  # a name of ours
    with pytest.raises(ProgrammingError, match="frozen"), transaction.atomic():
        Item.objects.update(off=True)


def test_a_meeting_that_has_not_begun_is_not_held_and_a_member_does_not_approve_anothers(gjovik):
    meeting = called("kari", 48, "tom")
    with pytest.raises(Refused, match="ikke begynt"):
        actions.move_meeting(meeting=meeting, to="held", by=as_person("kari"))
    Meeting.objects.update(starts_at=way.in_hours(-2), state="held")
    with pytest.raises(Refused, match="møtelederen eller koordinatoren"):
        actions.move_meeting(meeting=meeting, to="approved", by=as_person("tom"))


def test_the_chair_stays_and_a_colleague_comes_once(gjovik):
    kari, meeting = client_for("kari"), called("kari", 48, "tom")
    chair, tom = queries.participants(meeting)
    kari.post(f"/mote/{meeting.id}/deltakere/{chair.id}/fjern")
    assert Participant.objects.count() == 2
    again = kari.post(f"/mote/{meeting.id}/deltakere", {"user": str(tom.user_id)})
    assert "står alt som deltaker" in again.content.decode()
    nobody = kari.post(f"/mote/{meeting.id}/deltakere", {"name": "Per"})
    assert "skriv navn og tjeneste" in nobody.content.decode()
    kari.post(f"/mote/{meeting.id}/deltakere/{tom.id}/fjern")
    assert [one.user_id for one in Participant.objects.filter(gone_at__isnull=True)] == [chair.user_id]


def test_a_guest_hears_a_matter_on_a_recorded_ground(gjovik):
    kari, case = client_for("kari"), late_case()
    meeting = called()
    assert kari.post(f"/mote/{meeting.id}/deltakere", {"name": "Per Politi", "service": "Politiet"}).status_code == 303
    assert f"Per Politi (Politiet) går ut når dere tar {case.name}." in kari.get(f"/mote/{meeting.id}").content.decode()
    guest = Participant.objects.get(user__isnull=True)
    address = f"/mote/{meeting.id}/punkt/{point_of(meeting, case).id}"
    bare = {"hear": "1", "h-participant": str(guest.id), "h-ground": "samtykke", "h-reason": ""}
    assert kari.post(address, bare).status_code == 422
    assert kari.post(address, bare | {"h-reason": "Hun har sagt ja"}).status_code == 303
    assert Hearing.objects.get().reason == "Hun har sagt ja"
    page = kari.get(f"/mote/{meeting.id}").content.decode()
    assert "går ut" not in page
    assert "Per Politi (Politiet) kan høre dette" in page


def test_the_agenda_asks_a_constant_number_of_questions(gjovik):
    kari = client_for("kari")
    late_case()
    meeting = called()
    way.opened()
    address = f"/mote/{meeting.id}"
    kari.get(address)
    forget_keys()
    with CaptureQueriesContext(connection) as few:
        kari.get(address)
    for _ in range(3):
        add_member(case=late_case(), user=way.person("tom"), by=as_person("kari"))
        way.opened()
    agenda_actions.fill(meeting=meeting, by=as_person("kari"))
    late_case()
    forget_keys()
    with CaptureQueriesContext(connection) as more:
        assert "Forslag til saklisten" in kari.get(address).content.decode()
    assert len(few) == len(more)


def test_a_case_page_offers_the_meeting_and_shows_what_was_said(gjovik):
    kari, meeting, case = client_for("kari"), called(), late_case()
    assert "Ta opp i møtet" in kari.get(f"/saker/{case.id}").content.decode()
    kari.post(f"/mote/{meeting.id}/saklista", {"concern": str(case.concern_id)})
    assert "Står på saklisten" in kari.get(f"/saker/{case.id}").content.decode()
    agenda_actions.write_minutes(item=point_of(meeting, case), text="Alle er enige", version=0, by=as_person("kari"))
    Meeting.objects.update(state="held")
    assert "Alle er enige" in kari.get(f"/saker/{case.id}").content.decode()
