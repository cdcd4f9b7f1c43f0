"""What is decided in a meeting: nobody is said to have done what they did not, and nothing that was decided is lost."""

import uuid

import pytest
from django.db import transaction
from django.db.utils import ProgrammingError

from tenants.cases.actions import add_member, remove_member
from tenants.inbox import shutting
from tenants.meeting import actions, decision_actions
from tenants.meeting.decision_actions import StepDone
from tenants.meeting.models import Decision, Hearing, Item, Meeting
from tenants.meeting.shown import seen
from tenants.triage.actions import NewStep, complete_step
from tenants.triage.models import NextStep
from tests.cast import as_person, seen_as
from tests.client import client_for
from tests.tenants import way
from tests.tenants.people import text_of
from tests.tenants.test_meeting_guard import approved, guest_of, hears
from tests.tenants.test_meeting_hidden import words_of
from tests.tenants.test_meeting_way import called, late_case, point_of
from varde.clock import now
from varde.refusal import Overtaken, Refused

OLD = "Ring den utsatte på trygt tidspunkt"


def typed(text: str, **more: str) -> dict[str, str]:
    """A decision of Kari's, due in three days."""
    kari = {"d-owner": str(as_person("kari").user_id), "d-due_day": way.in_hours(72).date().isoformat()}
    return {"decide": "1", "d-text": text} | kari | more


def open_step(case) -> NextStep:
    return NextStep.objects.get(concern=case.concern, done_at__isnull=True)


def test_a_step_that_nobody_did_stays_and_every_decision_is_a_task_until_somebody_says_what_came_of_it(gjovik):
    kari, case = client_for("kari"), late_case()
    meeting = called()
    point = f"/mote/{meeting.id}/punkt/{point_of(meeting, case).id}"
    asked = text_of(kari, point)
    assert "Er steget som står der nå, gjort?" in asked
    assert OLD in asked
    for text in ("Politiet kontaktes", "Det søkes om verge"):
        assert kari.post(point, typed(text, **{"d-step_done": "no"})).status_code == 303
    assert (open_step(case).text, NextStep.objects.filter(concern=case.concern).count()) == (OLD, 1)
    places = (f"/saker/{case.id}", point, "/mote", "/start", f"/mote/{meeting.id}")
    for place in places:
        shown = text_of(kari, place)
        assert "Politiet kontaktes" in shown, place
        assert "Det søkes om verge" in shown, place
    assert "Steg gjort" not in text_of(kari, f"/saker/{case.id}")
    police = next(one for one in Decision.objects.all() if one.text == "Politiet kontaktes")
    report = f"/mote/oppfolging/{police.id}"
    for place in places[:4]:
        assert report in kari.get(place).content.decode(), place
    assert kari.post(report, {"came_of": ""}).status_code == 422
    assert kari.post(report, {"came_of": "De tar kontakt i morgen"})["Location"] == f"/saker/{case.id}"
    told = text_of(kari, f"/saker/{case.id}")
    assert "Oppgave fra møte gjort" in told
    assert "De tar kontakt i morgen" in told
    left = text_of(kari, "/start")
    assert "Politiet kontaktes" not in left
    assert "Det søkes om verge" in left
    assert way.logged("meeting.decision", "change", case.concern_id)
    with pytest.raises(Refused, match="alt meldt"):
        decision_actions.finish(decision=police, came_of="Igjen", by=as_person("kari"))


def test_a_step_that_was_done_makes_way_and_what_came_of_it_is_told(gjovik):
    kari, case = client_for("kari"), late_case()
    meeting = called()
    point = f"/mote/{meeting.id}/punkt/{point_of(meeting, case).id}"
    stands = {"d-step_done": "yes", "d-seen": str(open_step(case).id)}
    bare = kari.post(point, typed("Politiet kontaktes", **stands))
    assert bare.status_code == 422
    assert "Politiet kontaktes" in bare.content.decode()
    assert open_step(case).text == OLD
    said = stands | {"d-came_of": "Hun vil anmelde"}
    assert kari.post(point, typed("Politiet kontaktes", **said)).status_code == 303
    assert (open_step(case).text, Decision.objects.get().own_task) == ("Politiet kontaktes", False)
    told = text_of(kari, f"/saker/{case.id}")
    assert "Hun vil anmelde" in told
    assert "Politiet kontaktes" not in text_of(kari, "/mote")
    assert kari.get(f"/mote/oppfolging/{Decision.objects.get().id}").status_code == 404
    late = kari.post(point, typed("Søk verge", **said))
    assert late.status_code == 422
    assert "alt meldt" in late.content.decode()
    assert "Søk verge" in late.content.decode()
    assert open_step(case).text == "Politiet kontaktes"


def test_a_concern_that_is_not_decided_on_can_have_tasks(gjovik):
    kari, concern = client_for("kari"), way.opened()
    meeting = called()
    item = Item.objects.get(meeting=meeting, concern=concern)
    point = f"/mote/{meeting.id}/punkt/{item.id}"
    assert "Er steget som står der nå" not in text_of(kari, point)
    assert kari.post(point, typed("Ringe fastlegen")).status_code == 303
    assert "Ringe fastlegen" in text_of(kari, f"/innboks/{concern.id}")
    report = f"/mote/oppfolging/{Decision.objects.get().id}"
    assert report in kari.get(f"/innboks/{concern.id}").content.decode()
    assert kari.post(report, {"came_of": "Legen ringer henne"}).status_code == 303
    assert "Ringe fastlegen" not in text_of(kari, f"/innboks/{concern.id}")
    with pytest.raises(Overtaken, match="alt meldt steget som gjort"):
        decision_actions.decide(item=item, step=way.step(), after=StepDone("Noe"), by=as_person("kari"))


def test_a_task_is_hidden_with_its_matter_and_absent_alike(gjovik):
    case, meeting = late_case(), called("kari", 48, "tom")
    made = decision_actions.decide(item=point_of(meeting, case), step=way.step(), by=as_person("kari"))
    tom = client_for("tom")
    for ask in (tom.get, tom.post):
        hidden, absent = (ask(f"/mote/oppfolging/{key}") for key in (made.id, uuid.uuid4()))
        assert (hidden.status_code, hidden.content) == (404, absent.content)
    assert way.logged("meeting.decision", "denied", made.id)
    assert OLD not in text_of(tom, "/mote")


def test_the_task_of_whoever_is_shut_out_goes_to_somebody_who_sees_it_and_the_minutes_stay(gjovik):
    case, tom = late_case(), way.person("tom")
    add_member(case=case, user=tom, by=as_person("kari"))
    meeting = called("kari", 48, "tom")
    made = decision_actions.decide(item=point_of(meeting, case), step=way.step("tom"), by=as_person("kari"))
    assert OLD in text_of(client_for("tom"), "/start")
    approved(meeting)
    with pytest.raises(Refused, match="oppgave fra et møte"):
        remove_member(case=case, user=tom, by=as_person("kari"))
    with seen_as("kari") as kari:
        shutting.deny(concern=case.concern, user=tom, kind="kinship", by=kari)
    made.refresh_from_db()
    assert (made.owner_id, made.heir_id) == (tom.id, as_person("kari").user_id)
    with pytest.raises(ProgrammingError, match="shut out"), transaction.atomic():
        Decision.objects.update(heir=tom)
    with pytest.raises(ProgrammingError, match="frozen"), transaction.atomic():
        Decision.objects.update(owner=way.person("kari"))
    browser = client_for("kari")
    assert f"/mote/oppfolging/{made.id}" in browser.get("/start").content.decode()
    assert "Tom Teammedlem (nå Kari Koordinator)" in text_of(browser, f"/saker/{case.id}")
    paper = words_of(b"".join(browser.get(f"/mote/{meeting.id}/referat").streaming_content))
    assert "Tom Teammedlem, frist" in paper


def test_what_was_entered_by_mistake_counts_no_more_until_the_minutes_are_approved(gjovik):
    kari, case = client_for("kari"), late_case()
    meeting = called()
    item, guest = point_of(meeting, case), guest_of(meeting)
    hears(meeting, case, guest)
    made = decision_actions.decide(item=item, step=NewStep("Feil sak", way.person("kari"), way.in_hours(9)),
                                   by=as_person("kari"))  # fmt: skip
    point = f"/mote/{meeting.id}/punkt/{item.id}"
    heard = Hearing.objects.get()
    assert "går ut" not in text_of(kari, f"/mote/{meeting.id}")
    for wrong in (f"{point}/beslutning/{made.id}/feil", f"{point}/grunnlag/{heard.id}/feil"):
        assert wrong in kari.get(point).content.decode()
        assert kari.post(wrong, {"reason": ""}).status_code == 422
        assert kari.post(wrong, {"reason": "Gjaldt en annen"}).status_code == 303
        assert "alt merket" in kari.post(wrong, {"reason": "Igjen"}).content.decode()
        assert wrong not in kari.get(point).content.decode()
    assert text_of(kari, point).count("Feilført, sier Kari Koordinator: Gjaldt en annen") == 2
    assert "Per Politi (Politiet) går ut" in text_of(kari, f"/mote/{meeting.id}")
    paper = words_of(b"".join(kari.get(f"/mote/{meeting.id}/referat").streaming_content))
    for place in (paper, *(text_of(kari, one) for one in ("/mote", "/start", f"/saker/{case.id}"))):
        assert "Feil sak" not in place
    assert kari.get(f"/mote/oppfolging/{made.id}").status_code == 404
    with pytest.raises(ProgrammingError, match="taken back is frozen"), transaction.atomic():
        Decision.objects.update(gone_at=None)
    stands = decision_actions.decide(item=item, step=way.step(), by=as_person("kari"))
    absent = kari.get(f"{point}/beslutning/{uuid.uuid4()}/feil")
    assert absent.status_code == 404
    approved(meeting)
    with pytest.raises(Refused, match="endres ikke lenger"):
        decision_actions.take_back(row=stands, reason="For sent", by=as_person("kari"))
    with pytest.raises(ProgrammingError, match="frozen"), transaction.atomic():
        Decision.objects.filter(pk=stands.pk).update(gone_at=now())


def test_what_is_reported_done_is_not_taken_back(gjovik):
    case, meeting = late_case(), called()
    made = decision_actions.decide(item=point_of(meeting, case), step=way.step(), by=as_person("kari"))
    decision_actions.finish(decision=made, came_of="Ringt", by=as_person("kari"))
    with pytest.raises(Refused, match="blir stående"):
        decision_actions.take_back(row=made, reason="Feil", by=as_person("kari"))


def test_held_and_called_off_ask_first_and_are_taken_back_until_the_minutes_are_approved(gjovik):
    kari, meeting = client_for("kari"), called()
    where = f"/mote/{meeting.id}"
    state = lambda: Meeting.objects.get().state  # noqa: E731
    assert f"{where}/tilstand?til=cancelled" in kari.get(where).content.decode()
    assert "Skal møtet avlyses?" in text_of(kari, f"{where}/tilstand?til=cancelled")
    assert state() == "planned"
    for odd in ("approved", "planned", "x", ""):
        assert kari.get(f"{where}/tilstand?til={odd}").status_code == 303
        assert kari.post(f"{where}/tilstand", {"tilstand": odd}).status_code == 303
        assert state() == "planned"
    kari.post(f"{where}/tilstand", {"tilstand": "cancelled"})
    assert state() == "cancelled"
    assert "Møtet blir noe av likevel" in text_of(kari, where)
    kari.post(f"{where}/tilstand", {"tilstand": "planned"})
    assert (state(), Meeting.objects.get().sequence) == ("planned", 2)
    Meeting.objects.update(starts_at=way.in_hours(-2))
    assert "Er møtet holdt?" in text_of(kari, f"{where}/tilstand?til=held")
    kari.post(f"{where}/tilstand", {"tilstand": "held"})
    assert "Møtet er ikke holdt likevel" in text_of(kari, where)
    kari.post(f"{where}/tilstand", {"tilstand": "planned"})
    assert state() == "planned"
    for to in ("held", "approved"):
        kari.post(f"{where}/tilstand", {"tilstand": to})
    assert state() == "approved"
    assert "likevel" not in text_of(kari, where)
    with pytest.raises(Refused, match="kan ikke gå"):
        actions.move_meeting(meeting=meeting, to="planned", by=as_person("kari"))


def test_the_point_shows_what_was_said_and_decided_last_time_and_no_other_matter(gjovik):
    kari, case, other = client_for("kari"), late_case(), late_case()
    first = called()
    for each, text in ((case, "Politiet kontaktes"), (other, "Noe helt annet")):
        step = NewStep(text, way.person("kari"), way.in_hours(9))
        decision_actions.decide(item=point_of(first, each), step=step, by=as_person("kari"))
    Meeting.objects.filter(pk=first.pk).update(starts_at=way.in_hours(-24 * 7))
    second = called()
    point = f"/mote/{second.id}/punkt/{point_of(second, case).id}"
    assert "Sist saken var oppe" not in text_of(kari, point)
    Meeting.objects.filter(pk=first.pk).update(state="held")
    shown = text_of(kari, point)
    assert "Sist saken var oppe" in shown
    assert "Politiet kontaktes" in shown
    assert "Noe helt annet" not in shown
    assert len(seen(second).points) == 2


def test_a_step_done_by_somebody_else_meanwhile_is_said(gjovik):
    case, meeting = late_case(), called()
    old = open_step(case)
    complete_step(step=old, came_of="Ringt", then=way.step(), by=as_person("kari"))
    with pytest.raises(Overtaken, match="alt meldt"):
        decision_actions.decide(
            item=point_of(meeting, case), step=way.step(), after=StepDone("Gjort", str(old.id)), by=as_person("kari")
        )
    assert not Decision.objects.exists()
