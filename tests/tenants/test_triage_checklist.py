"""The checklist: a tick proposes and forces nothing; a call never waits; a service is shut out before it is told."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest

from tenants.inbox.models import Denial
from tenants.triage import checklist
from tenants.triage.checklist import Filled
from tenants.triage.checklist_forms import CallForm
from tenants.triage.checklist_models import Checked, EmergencyCall
from tenants.triage.models import Assessment
from tests.cast import as_person, seen_as
from tests.client import client_for
from tests.tenants import way
from tests.tenants.test_triage_pages import typed
from varde.clock import OSLO, now
from varde.identity.models import User
from varde.refusal import Refused


def called(**changes: str) -> dict[str, str]:
    """A call as it is typed."""
    moment = (now() - timedelta(minutes=10)).astimezone(OSLO)
    sent = {
        "number": "112", "day": moment.date().isoformat(), "hour": f"{moment:%H:%M}", "who": "Tom på vakt",
        "outcome": "En patrulje er på vei", "key": str(uuid.uuid4()),
    }  # fmt: skip
    return {f"ringt-{name}": value for name, value in (sent | changes).items()}


def listed(**answers: object) -> dict[str, object]:
    """The checklist as it is typed."""
    return {f"liste-{name}": value for name, value in answers.items()}


@pytest.mark.parametrize(
    ("ticked", "chosen", "why"), [((), "bor", ""), (("recent",), "akutt", ""), (("recent",), "ma", "Han er i varetekt")]
)
def test_what_may_be_chosen(ticked, chosen, why):
    checklist.check_proposal(ticked, chosen, why)


@pytest.mark.parametrize(("chosen", "why"), [("ma", ""), ("bor", " "), ("", "")])
def test_a_tick_proposes_and_another_choice_needs_its_reason(chosen, why):
    with pytest.raises(Refused, match="foreslås «Akutt sak»"):
        checklist.check_proposal(("recent",), chosen, why)


def test_a_checklist_comes_back_as_it_was_sealed():
    filled = Filled(("recent",), {"fraud": "yes"}, {"online": "Vipps"}, "Trygg nå", "yes", "Bofellesskapet")
    assert Filled.of(filled.as_json() | {"later": 1}) == filled
    assert not Filled()


def test_the_page_says_112_first_and_asks_the_list(gjovik):
    page = client_for("kari").get(f"/innboks/{way.opened().id}/avklar").content.decode()
    assert 'href="tel:112"' in page
    assert page.index("Er noen i fare nå? Ring 112") < page.index("Hvor mye haster det?")
    for words in ("Bevis kan gå tapt", "BankID", "Økonomiske overgrep", "stenges alle på tjenesten ute"):
        assert words in page


def test_a_tick_with_another_category_is_asked_why_and_the_text_stays(gjovik):
    kari, concern = client_for("kari"), way.opened()
    sent = typed() | listed(criteria=["recent", "evidence"])
    answer = kari.post(f"/innboks/{concern.id}/avklar", sent)
    page = answer.content.decode()
    assert (answer.status_code, Assessment.objects.count()) == (422, 0)
    assert "foreslås «Akutt sak»" in page
    assert "Ring den utsatte" in page
    assert kari.post(f"/innboks/{concern.id}/avklar", sent | listed(not_acute="Hun er i sikkerhet")).status_code == 303
    row = Checked.objects.get()
    assert row.filled.not_acute == "Hun er i sikkerhet"
    assert len(row.ticked) == 2


def test_a_tick_without_a_category_marks_akutt_and_asks(gjovik):
    page = client_for("kari").post(
        f"/innboks/{way.opened().id}/avklar", typed(category="") | listed(criteria=["recent"])
    ).content.decode()  # fmt: skip
    assert "Den er valgt for deg nå" in page
    chosen = page[page.index('value="akutt"') :][:200]
    assert "checked" in chosen[: chosen.index(">")]


def test_answers_and_notes_are_kept_beside_the_decision_and_shown(gjovik):
    kari, concern = client_for("kari"), way.opened()
    sent = typed() | listed(q_fraud="yes", q_images="unknown", note_online="Ble kjent på nett i mai")
    made = kari.post(f"/innboks/{concern.id}/avklar", sent)
    assert made.status_code == 303
    filled = Checked.objects.get().filled
    assert (filled.answers, filled.notes) == (
        {"fraud": "yes", "images": "unknown"}, {"online": "Ble kjent på nett i mai"},
    )  # fmt: skip
    assert "lurt for penger" in kari.get(f"/innboks/{concern.id}").content.decode()
    page = kari.get(made["Location"]).content.decode()
    for words in ("Ble kjent på nett i mai", "Vet ikke."):
        assert words in page


def test_an_empty_or_unchanged_list_lays_no_row(gjovik):
    kari, concern = client_for("kari"), way.opened()
    kari.post(f"/innboks/{concern.id}/avklar", typed(outcome="more_info"))
    assert not Checked.objects.exists()
    for _ in range(2):
        kari.post(f"/innboks/{concern.id}/avklar", typed(outcome="more_info") | listed(q_fraud="no"))
    assert Checked.objects.count() == 1


def test_a_code_that_is_not_on_the_list_is_refused(gjovik):
    answer = client_for("kari").post(f"/innboks/{way.opened().id}/avklar", typed() | listed(criteria=["månen"]))
    assert (answer.status_code, Assessment.objects.count()) == (422, 0)
    assert "månen" in answer.content.decode()


def test_a_call_is_registered_and_the_matter_goes_on(gjovik):
    kari, concern = client_for("kari"), way.opened()
    answer = kari.post(f"/innboks/{concern.id}/avklar", called() | {"ringt": "1"})
    assert (answer.status_code, answer["Location"]) == (303, f"/innboks/{concern.id}/avklar")
    row = EmergencyCall.objects.get()
    assert (row.whom, row.caller, row.outcome) == ("112 politi", "Tom på vakt", "En patrulje er på vei")
    assert "En patrulje er på vei" in kari.get(answer["Location"]).content.decode()
    assert way.logged("triage.call", "create", concern.id)


def test_a_call_keeps_what_is_typed_of_the_decision_and_is_one_however_often_it_is_sent(gjovik):
    kari, concern = client_for("kari"), way.opened()
    sent = called() | typed() | listed(criteria=["evidence"], note_online="Snap") | {"ringt": "1"}
    answer = kari.post(f"/innboks/{concern.id}/avklar", sent)
    page = answer.content.decode()
    assert answer.status_code == 201
    assert "Ring den utsatte" in page
    assert "Snap" in page
    assert "Noe mangler" not in page
    kari.post(f"/innboks/{concern.id}/avklar", sent)
    assert EmergencyCall.objects.count() == 1


def test_a_call_stands_although_the_decision_is_refused(gjovik):
    kari, concern = client_for("kari"), way.opened()
    answer = kari.post(f"/innboks/{concern.id}/avklar", called() | typed(reason=""))
    assert (answer.status_code, EmergencyCall.objects.count(), Assessment.objects.count()) == (422, 1, 0)
    assert kari.post(f"/innboks/{concern.id}/avklar", called() | typed()).status_code == 303


def test_enter_in_the_decision_does_not_ask_for_a_call(gjovik):
    sent = typed() | called(number="", outcome="") | {"ringt": "1"}
    answer = client_for("kari").post(f"/innboks/{way.opened().id}/avklar", sent)
    assert (answer.status_code, Assessment.objects.count()) == (303, 1)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"day": (now() + timedelta(days=2)).date().isoformat()}, "er fram i tid"),
        ({"day": "2020-01-01"}, "mer enn et år siden"),
        ({"number": ""}, "Velg et svar på «Hvilket nummer?»."),
        ({"number": "911"}, "911"),
        ({"who": ""}, "Fyll ut «Hvem ringte?»."),
        ({"outcome": ""}, "Fyll ut «Hva ble resultatet?»."),
    ],
)
def test_a_call_that_cannot_be_is_refused_and_stays_on_the_page(gjovik, changes, sentence):
    answer = client_for("kari").post(f"/innboks/{way.opened().id}/avklar", called(**changes) | {"ringt": "1"})
    page = answer.content.decode()
    assert (answer.status_code, EmergencyCall.objects.count()) == (422, 0)
    assert sentence in page
    assert "outcome" in changes or "En patrulje er på vei" in page


def works_in(name: str, service: str) -> None:
    user = way.person(name)
    User.objects.filter(id=user.id).update(service=service)


def test_a_service_is_shut_out_before_anybody_in_it_is_told(gjovik):
    kari, concern = client_for("kari"), way.opened()
    works_in("tom", "Bofellesskapet")
    sent = typed() | listed(about_service="yes", service="Bofellesskapet")
    assert kari.post(f"/innboks/{concern.id}/avklar", sent).status_code == 303
    assert Denial.objects.filter(concern=concern, service="Bofellesskapet").exists()
    with seen_as("tom"):
        assert not Assessment.objects.exists()
    assert kari.post(f"/innboks/{concern.id}/avklar", sent).status_code == 303
    assert Denial.objects.exclude(service="").count() == 1


def test_a_step_is_not_given_to_the_service_it_is_about_and_nothing_is_half_done(gjovik):
    kari, concern = client_for("kari"), way.opened()
    works_in("tom", "Bofellesskapet")
    sent = typed(owner=str(as_person("tom").user_id)) | listed(about_service="yes", service="Bofellesskapet")
    answer = kari.post(f"/innboks/{concern.id}/avklar", sent)
    assert (answer.status_code, Denial.objects.count(), Assessment.objects.count()) == (422, 0, 0)
    assert "stengt ute" in answer.content.decode()


def test_only_a_coordinator_shuts_a_service_out(gjovik):
    tom, concern = client_for("tom"), way.opened()
    works_in("tove", "Bofellesskapet")
    sent = typed(owner=str(as_person("tom").user_id)) | listed(about_service="yes", service="Bofellesskapet")
    answer = tom.post(f"/innboks/{concern.id}/avklar", sent)
    assert (answer.status_code, Assessment.objects.count()) == (422, 0)
    assert "Bare en koordinator kan stenge ut andre" in answer.content.decode()


def test_one_who_belongs_to_the_service_steps_back_instead(gjovik):
    kari, concern = client_for("kari"), way.opened()
    works_in("kari", "Bofellesskapet")
    answer = kari.post(f"/innboks/{concern.id}/avklar", typed() | listed(about_service="yes", service="Bofellesskapet"))
    assert (answer.status_code, Denial.objects.count()) == (422, 0)
    assert "Du hører selv til" in answer.content.decode()


def test_a_service_without_users_is_noted_and_nobody_is_shut_out(gjovik):
    kari, concern = client_for("kari"), way.opened()
    sent = typed() | listed(about_service="yes", service="*", other_service="Solgløtt sykehjem")
    assert kari.post(f"/innboks/{concern.id}/avklar", sent).status_code == 303
    assert (Checked.objects.get().filled.other_service, Denial.objects.count()) == ("Solgløtt sykehjem", 0)


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"about_service": "yes"}, "Velg hvilken tjeneste."),
        ({"about_service": "yes", "service": "*"}, "Skriv hvilken tjeneste."),
        ({"about_service": "no", "service": "*"}, "Velg også ja."),
        ({"about_service": "yes", "service": "Ukjent"}, "Ukjent"),
    ],
)
def test_a_service_and_its_answer_belong_together(gjovik, answers, sentence):
    answer = client_for("kari").post(f"/innboks/{way.opened().id}/avklar", typed() | listed(**answers))
    assert (answer.status_code, Assessment.objects.count()) == (422, 0)
    assert sentence in answer.content.decode()


def test_the_second_of_two_who_decide_is_told_keeps_the_text_and_chooses_again(gjovik):
    concern, kari = way.opened(), client_for("kari")
    way.decided("more_info", by="tom", concern=concern)
    sent = typed(reason="Naboen har sett slag", seen="") | listed(note_online="Snap")
    answer = kari.post(f"/innboks/{concern.id}/avklar", sent)
    page = answer.content.decode()
    assert (answer.status_code, Assessment.objects.count()) == (422, 1)
    for words in ("Tom Teammedlem var først ute", "Må-sak, «Hent inn mer informasjon»", "Naboen har sett slag", "Snap"):
        assert words in page
    assert not any("checked" in part[:60] for part in page.split('name="outcome"')[1:])
    newest = str(Assessment.objects.get().id)
    assert newest in page
    assert kari.post(f"/innboks/{concern.id}/avklar", sent | {"seen": newest}).status_code == 303


def test_the_text_is_kept_also_when_the_other_one_ended_the_matter(gjovik):
    concern, kari = way.opened(), client_for("kari")
    way.decided("advice", by="tom", concern=concern)
    answer = kari.post(f"/innboks/{concern.id}/avklar", typed(reason="Naboen har sett slag", seen=""))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Råd gitt, ingen sak" in page
    assert "Naboen har sett slag" in page
    again = kari.post(f"/innboks/{concern.id}/avklar", typed(seen=str(Assessment.objects.get().id)))
    assert "kan ikke avklares på nytt" in again.content.decode()


def test_a_call_in_the_hour_that_the_clock_skips_is_said():
    sent = {"number": "112", "day": "2026-03-29", "hour": "02:30", "who": "Tom", "outcome": "De kommer"}
    form = CallForm(sent, now=datetime(2026, 3, 29, 10, tzinfo=UTC))
    assert not form.is_valid()
    assert "Klokken 02.30 finnes ikke 29.03.2026" in str(form.errors["hour"])
    assert CallForm(sent | {"hour": "03:30"}, now=datetime(2026, 3, 29, 10, tzinfo=UTC)).is_valid()
