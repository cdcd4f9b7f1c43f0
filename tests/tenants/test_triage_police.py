"""Police: reported with who and when, the person's own no, the prosecutor's answer apart, and who sees none of it."""

from datetime import timedelta

import pytest

from tenants.triage import police, police_actions
from tenants.triage.police import Police
from tenants.triage.police_models import PoliceSaid, Prosecution
from tests.cast import as_person, seen_as
from tests.client import client_for, log_in
from tests.tenants import way
from varde.access import Role
from varde.clock import now
from varde.refusal import Refused
from varde.ui.dates import day_of

NUMBER, NAME, PHONE = "17234567 6291/26", "Per Etterforsker", "61 22 33 44"


def typed(**changes: str) -> dict[str, str]:
    """What is known of the police, as it is typed."""
    given = {
        "reported": "yes", "reported_by": "Koordinatoren", "reported_on": day_of(now()).isoformat(),
        "case_number": NUMBER, "investigator": NAME, "investigator_phone": PHONE, "informed": "yes", "consent": "yes",
    }  # fmt: skip
    return given | changes


@pytest.mark.parametrize(
    ("said", "missing"),
    [
        (Police("no"), set()),
        (Police("yes"), {"reported_by", "reported_on"}),
        (Police("kanskje"), {"reported"}),
        (Police("no", consent="no"), {"no_consent", "instead"}),
        (Police("no", consent="no", no_consent="Redd", instead="Samtale hver uke"), set()),
    ],
)
def test_what_must_be_said_together(said, missing):
    assert set(police.missing(said)) == missing


def test_what_is_told_comes_back_and_a_later_word_is_left_out():
    said = Police("yes", "Kari", "2026-11-01", NUMBER)
    assert Police.of(said.as_json() | {"later": "x"}) == said


def test_it_is_kept_sealed_and_shown(gjovik):
    kari, case = client_for("kari"), way.case()
    where = f"/innboks/{case.concern_id}/politi"
    assert kari.post(where, typed()).status_code == 303
    page = kari.get(where).content.decode()
    for words in (NUMBER, NAME, PHONE, "Politikontakten ser ingenting"):
        assert words in page
    assert NUMBER in kari.get(f"/saker/{case.id}").content.decode()
    raw = bytes(PoliceSaid.objects.values_list("told", flat=True)[0])
    assert NAME.encode() not in raw
    assert way.logged("triage.police", "create", case.concern_id)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"reported": ""}, "Velg et svar på «Er forholdet anmeldt?»."),
        ({"reported_by": ""}, "Skriv hvem som anmeldte."),
        ({"reported_on": ""}, "Velg dagen det ble anmeldt."),
        ({"reported_on": day_of(now() + timedelta(days=2)).isoformat()}, "Datoen kan ikke være fram i tid."),
        ({"consent": "no"}, "Skriv hvorfor personen ikke vil"),
        ({"consent": "no", "no_consent": "Redd for sønnen"}, "Skriv hva dere gjør i stedet"),
        ({"case_number": "x" * 61}, "for lang"),
        ({"informed": "kanskje"}, "kanskje"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(gjovik, changes, sentence):
    answer = client_for("kari").post(f"/innboks/{way.opened().id}/politi", typed(**changes))
    page = answer.content.decode()
    assert (answer.status_code, PoliceSaid.objects.count()) == (422, 0)
    assert sentence in page
    assert NAME in page


def test_an_action_refuses_the_same(gjovik):
    with pytest.raises(Refused, match="hvem som anmeldte"):
        police_actions.say(concern=way.opened(), told=Police("yes"), seen=None, by=as_person("kari"))


def test_a_person_who_says_no_has_a_reason_and_something_is_done_instead(gjovik):
    kari, concern = client_for("kari"), way.opened()
    sent = {"reported": "no", "consent": "no", "no_consent": "Redd for sønnen", "instead": "Samtale hver uke"}
    assert kari.post(f"/innboks/{concern.id}/politi", sent).status_code == 303
    page = kari.get(f"/innboks/{concern.id}").content.decode()
    assert "Ikke anmeldt. Den utsatte vil ikke anmelde." in page


def test_the_prosecutors_answer_is_a_row_of_its_own(gjovik):
    kari, concern = client_for("kari"), way.opened()
    where = f"/innboks/{concern.id}/politi"
    sent = {"prosecution": "1", "paatale-outcome": "dropped", "paatale-decided_on": day_of(now()).isoformat()}
    assert kari.post(where, sent).status_code == 303
    assert kari.post(where, sent | {"paatale-outcome": "charged"}).status_code == 303
    assert (Prosecution.objects.count(), PoliceSaid.objects.count()) == (2, 0)
    assert "Påtalemyndigheten: tiltale" in kari.get(f"/innboks/{concern.id}").content.decode()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"paatale-outcome": "frikjent"}, "frikjent"),
        ({"paatale-decided_on": ""}, "Dato"),
        ({"paatale-decided_on": day_of(now() + timedelta(days=2)).isoformat()}, "fram i tid"),
    ],
)
def test_an_outcome_that_cannot_be_is_refused(gjovik, changes, sentence):
    sent = {
        "prosecution": "1", "paatale-outcome": "dropped", "paatale-note": "Bevisets stilling",
        "paatale-decided_on": day_of(now()).isoformat(),
    }  # fmt: skip
    answer = client_for("kari").post(f"/innboks/{way.opened().id}/politi", sent | changes)
    assert (answer.status_code, Prosecution.objects.count()) == (422, 0)
    assert sentence in answer.content.decode()
    assert "Bevisets stilling" in answer.content.decode()


def test_the_second_of_two_is_told_and_keeps_the_text(gjovik):
    concern, kari = way.opened(), client_for("kari")
    way.person("tom")
    police_actions.say(concern=concern, told=Police("no"), seen=None, by=as_person("tom"))
    page = kari.post(f"/innboks/{concern.id}/politi", typed(seen="")).content.decode()
    assert "Tom Teammedlem var først ute" in page
    assert NUMBER in page
    newest = str(PoliceSaid.objects.get().id)
    assert kari.post(f"/innboks/{concern.id}/politi", typed(seen=newest)).status_code == 303


def test_the_police_contact_sees_nothing_of_it(gjovik):
    concern = way.opened()
    police_actions.say(
        concern=concern, told=Police("no", informed="yes"), seen=None, by=as_person("kari")
    )  # fmt: skip
    contact = log_in("gjovik", "politi@gjovik.example", "Pia Politikontakt", Role.POLICE_CONTACT)
    assert contact.get(f"/innboks/{concern.id}/politi").status_code == 403
    with seen_as("arne"):
        assert not PoliceSaid.objects.exists()
