"""A case at work hurries more or less than was decided, and somebody has rung 112: each has a short page of its own."""

import uuid
from datetime import timedelta

import pytest

from tenants.cases.models import Case
from tenants.joined.actions import Wish, join
from tenants.triage import rate_actions
from tenants.triage.checklist_models import EmergencyCall
from tenants.triage.models import Assessment, NextStep
from tests.cast import as_person
from tests.client import client_for
from tests.tenants import way
from varde.clock import OSLO, now
from varde.refusal import Refused
from varde.ui.dates import day_of

WHY = "Han har sluppet ut av varetekt i dag"


def rated(concern, category: str = "akutt", by: str = "kari", **more):
    given = {"category": category, "reason": WHY, "seen": None} | more
    return rate_actions.rate(concern=concern, by=as_person(by), **given)


def test_the_case_hurries_more_and_step_owner_and_date_carry_on(gjovik):
    kari, case = client_for("kari"), way.case()
    before = NextStep.objects.values_list("id", "text", "owner_id", "due_at", "made_at").get()
    page = kari.get(f"/saker/{case.id}").content.decode()
    assert f'href="/innboks/{case.concern_id}/hastegrad"' in page
    where = f"/innboks/{case.concern_id}/hastegrad"
    form = kari.get(where).content.decode()
    assert "Hva gjør vi?" not in form
    seen = str(Assessment.objects.get().id)
    answer = kari.post(where, {"category": "akutt", "reason": WHY, "seen": seen})
    assert (answer.status_code, answer["Location"]) == (303, f"/saker/{case.id}")
    assert NextStep.objects.values_list("id", "text", "owner_id", "due_at", "made_at").get() == before
    assert NextStep.objects.get().akutt
    case.refresh_from_db()
    newest = Assessment.objects.order_by("-decided_at").first()
    assert (case.category, case.answers.get().given["kategori"]) == ("akutt", ["akutt"])
    assert newest.deadline_at == newest.decided_at + timedelta(hours=3)
    page = kari.get(f"/saker/{case.id}").content.decode()
    for words in ("Ny hastegrad: Akutt sak", "Avklart: Må-sak", WHY):
        assert words in page
    assert "Akutt sak" in kari.get("/saker").content.decode()
    assert "Akutt sak" in kari.get("/innboks").content.decode()
    assert way.logged("triage.assessment", "create", newest.id)


def test_a_case_is_never_decided_on_again_by_the_long_page(gjovik):
    kari, case, concern = client_for("kari"), way.case(), way.opened()
    assert kari.get(f"/innboks/{case.concern_id}/avklar")["Location"] == f"/innboks/{case.concern_id}/hastegrad"
    assert kari.get(f"/innboks/{concern.id}/hastegrad")["Location"] == f"/innboks/{concern.id}/avklar"


def test_what_cannot_be_is_said_and_what_was_typed_stays(gjovik):
    kari, case = client_for("kari"), way.case()
    where = f"/innboks/{case.concern_id}/hastegrad"
    for sent, sentence in (
        ({"category": "ma", "reason": WHY}, "Hastegraden er alt «Må-sak»"),
        ({"category": "", "reason": WHY}, "Velg et svar"),
        ({"category": "gul", "reason": WHY}, "gul"),
        ({"category": "akutt", "reason": ""}, "Fyll ut «Hvorfor endres hastegraden?»."),
    ):
        answer = kari.post(where, sent)
        assert (answer.status_code, sentence in answer.content.decode()) == (422, True)
        assert not sent["reason"] or WHY in answer.content.decode()
    assert Assessment.objects.count() == 1
    with pytest.raises(Refused, match="ikke blitt en sak"):
        rated(way.decided("more_info").assessment.concern)
    with pytest.raises(Refused, match="Velg hvor mye"):
        rated(case.concern, "gul")


def test_the_second_of_two_is_told_and_keeps_the_text(gjovik):
    kari, case = client_for("kari"), way.case(owner="tom")
    seen = str(Assessment.objects.get().id)
    rated(case.concern, "bor", by="tom")
    sent = {"category": "akutt", "reason": WHY, "seen": seen}
    answer = kari.post(f"/innboks/{case.concern_id}/hastegrad", sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    for words in ("Tom Teammedlem var først ute", "Bør", WHY):
        assert words in page
    newest = str(Assessment.objects.order_by("-decided_at").first().id)
    assert kari.post(f"/innboks/{case.concern_id}/hastegrad", sent | {"seen": newest}).status_code == 303


def test_what_hurries_more_leads_to_the_page_that_lets_it_be_joined(gjovik):
    kari, urgent, case = client_for("kari"), way.case(category="akutt"), way.case()
    page = kari.get(f"/innboks/{urgent.concern_id}/sla-sammen?andre={case.concern_id}").content.decode()
    assert f"Endre hastegraden på {case.name} først." in page
    assert f'href="/innboks/{case.concern_id}/avklar"' in page
    rated(case.concern)
    join(concern=urgent.concern, into=case.concern, wish=Wish("Samme person"), by=as_person("kari"))
    assert Case.objects.get(id=urgent.id).state == "closed"


def called(**changes: str) -> dict[str, str]:
    """A call as it is typed."""
    moment = (now() - timedelta(minutes=10)).astimezone(OSLO)
    sent = {
        "number": "112", "day": moment.date().isoformat(), "hour": f"{moment:%H:%M}", "who": "Tom på vakt",
        "outcome": "", "key": str(uuid.uuid4()),
    }  # fmt: skip
    return {f"ringt-{name}": value for name, value in (sent | changes).items()}


def test_a_call_is_registered_on_an_open_case_and_stands_in_its_story(gjovik):
    kari, case = client_for("kari"), way.case()
    where = f"/innboks/{case.concern_id}/ringt"
    assert f'href="{where}"' in kari.get(f"/saker/{case.id}").content.decode()
    assert 'href="tel:112"' in kari.get(where).content.decode()
    sent = called()
    assert [kari.post(where, sent).status_code for _ in range(2)] == [303, 303]
    kari.post(where, called(number="113", outcome="De kommer om ti minutter"))
    assert EmergencyCall.objects.count() == 2
    page = kari.get(f"/saker/{case.id}").content.decode()
    for words in ("Ringt 112 politi", "Tom på vakt", "Ringt 113 ambulanse", "De kommer om ti minutter"):
        assert words in page
    assert way.logged("triage.call", "create", case.concern_id)


def test_a_call_that_cannot_be_is_refused_and_what_was_typed_stays(gjovik):
    kari, where = client_for("kari"), f"/innboks/{way.opened().id}/ringt"
    tomorrow = day_of(now() + timedelta(days=2)).isoformat()
    for changes, sentence in (
        ({"number": "911"}, "911"),
        ({"who": ""}, "Fyll ut «Hvem ringte?»."),
        ({"day": tomorrow}, "fram i tid"),
    ):
        answer = kari.post(where, called(**(changes | {"outcome": "De kommer"})))
        assert (answer.status_code, sentence in answer.content.decode()) == (422, True)
        assert "De kommer" in answer.content.decode()
    assert not EmergencyCall.objects.exists()
