"""Who carries a matter: a dated choice, what was applied for, and the service's receipt."""

from datetime import timedelta

import pytest

from tenants.triage import carry, carry_actions
from tenants.triage.carry import Choice
from tenants.triage.carry_models import Accepted, Carried
from tests.cast import as_person, seen_as
from tests.client import client_for
from tests.tenants import way
from varde.clock import now
from varde.refusal import Refused
from varde.ui.dates import day_of

TODAY = day_of(now())


def typed(**changes: str) -> dict[str, str]:
    """A choice as it is typed."""
    given = {
        "carrier": "service",
        "service": "Hjemmetjenesten",
        "applied_for": "Støttekontakt",
        "reason": "De kjenner henne",
    }
    return given | changes


def accepted(**changes: str) -> dict[str, str]:
    """A receipt as it is typed."""
    given = {"accepted_by": "Siri Saksbehandler", "accepted_on": day_of(now()).isoformat()} | changes
    return {"kvittering": "1"} | {f"mottatt-{name}": value for name, value in given.items()}


@pytest.mark.parametrize(
    ("choice", "missing"),
    [
        (Choice("team", reason="Vi har den"), set()),
        (Choice("both", reason="Sammen"), {"service"}),
        (Choice("service", reason="De har den"), {"service", "applied_for"}),
        (Choice("naboen", reason="x"), {"carrier"}),
        (Choice("team"), {"reason"}),
    ],
)
def test_what_must_be_said_together(choice, missing):
    assert set(carry.missing(choice)) == missing


def test_handing_over_records_what_was_applied_for_and_who_took_it(gjovik):
    kari, case = client_for("kari"), way.case()
    where = f"/innboks/{case.concern_id}/ansvar"
    assert "Teamet har saken" in kari.get(where).content.decode()
    assert kari.post(where, typed()).status_code == 303
    assert "Tjenesten har ikke bekreftet ennå" in kari.get(where).content.decode()
    assert kari.post(where, accepted()).status_code == 303
    page = kari.get(f"/saker/{case.id}").content.decode()
    for words in ("Tjenesten, med råd fra teamet: Hjemmetjenesten", "Støttekontakt", "Siri Saksbehandler"):
        assert words in page
    assert way.logged("triage.carry", "create", case.concern_id)


def test_a_new_choice_is_a_new_row_with_a_receipt_of_its_own(gjovik):
    kari, concern = client_for("kari"), way.opened()
    where = f"/innboks/{concern.id}/ansvar"
    kari.post(where, typed())
    kari.post(where, accepted())
    kari.post(where, typed(carrier="both"))
    assert (Carried.objects.count(), Accepted.objects.count()) == (2, 1)
    page = kari.get(where).content.decode()
    assert "Tjenesten har ikke bekreftet ennå" in page
    assert "Siri Saksbehandler" in page


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"carrier": ""}, "Velg et svar på «Hvem har saken?»."),
        ({"service": ""}, "Skriv hvilken tjeneste."),
        ({"applied_for": ""}, "Skriv hvilket vedtak"),
        ({"reason": ""}, "Fyll ut «Begrunnelse»."),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(gjovik, changes, sentence):
    answer = client_for("kari").post(f"/innboks/{way.opened().id}/ansvar", typed(**changes))
    page = answer.content.decode()
    assert (answer.status_code, Carried.objects.count()) == (422, 0)
    assert sentence in page
    assert "applied_for" in changes or "Støttekontakt" in page


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"accepted_by": ""}, "Fyll ut «Hvem i tjenesten tok imot?»."),
        ({"accepted_on": (TODAY + timedelta(days=2)).isoformat()}, "fram i tid"),
        ({"accepted_on": (TODAY - timedelta(days=2)).isoformat()}, "før saken ble gitt"),
    ],
)
def test_a_receipt_that_cannot_be_is_refused(gjovik, changes, sentence):
    kari, where = client_for("kari"), f"/innboks/{way.opened().id}/ansvar"
    kari.post(where, typed())
    answer = kari.post(where, accepted(**changes))
    assert (answer.status_code, Accepted.objects.count()) == (422, 0)
    assert sentence in answer.content.decode()


def test_a_receipt_needs_a_service_and_comes_once(gjovik):
    concern, kari = way.opened(), as_person("kari")
    given = {"accepted_by": "Siri", "accepted_on": day_of(now()), "by": kari}
    with pytest.raises(Refused, match="ikke gitt til noen tjeneste"):
        carry_actions.accept(concern=concern, **given)
    carry_actions.choose(concern=concern, choice=Choice(**typed()), seen=None, by=kari)
    carry_actions.accept(concern=concern, **given)
    with pytest.raises(Refused, match="at tjenesten har tatt imot"):
        carry_actions.accept(concern=concern, **given)


def test_the_second_of_two_is_told_and_keeps_the_text(gjovik):
    concern, kari = way.opened(), client_for("kari")
    way.person("tom")
    choice = Choice("team", reason="Vi har den")
    carry_actions.choose(concern=concern, choice=choice, seen=None, by=as_person("tom"))
    page = kari.post(f"/innboks/{concern.id}/ansvar", typed(seen="")).content.decode()
    assert "Tom Teammedlem var først ute" in page
    assert "Støttekontakt" in page
    newest = str(Carried.objects.get().id)
    assert kari.post(f"/innboks/{concern.id}/ansvar", typed(seen=newest)).status_code == 303


def test_one_who_is_not_on_the_case_sees_none_of_it(gjovik):
    case = way.case()
    carry_actions.choose(concern=case.concern, choice=Choice(**typed()), seen=None, by=as_person("kari"))
    with seen_as("tom"):
        assert not Carried.objects.exists()
