"""A protected address: on no page, found by nobody, shown once for a reason."""

import pytest
from django.core.exceptions import PermissionDenied

from tenants.persons import actions, queries
from tenants.persons.address_models import AddressLook
from tenants.persons.models import Person, PersonTerm
from tenants.persons.spoken_actions import Told, warn
from tenants.persons.states import HIDDEN_ADDRESS
from tests.cast import as_person, seen_as
from tests.client import client_for
from tests.tenants import way
from tests.tenants.people import ADDRESS, card_in, stored, text_of, typed
from varde.access import Reader
from varde.audit.models import Entry
from varde.audit.trail import current
from varde.refusal import Refused

WHY = {"reason": "visit", "text": "Hente klær med politiet"}


@pytest.mark.parametrize("level", ["confidential", "strict"])
def test_a_protected_address_is_on_no_page(gjovik, level):
    kari, case = client_for("kari"), way.case()
    person = card_in(case.concern, address=ADDRESS, notes="Rolig")
    other = card_in(case.concern, "relative", name="Eva Søster")
    told = Told("dog", "Stor hund", way.in_hours(48).date(), None, "Storgata 77B")
    warn(concern=case.concern, told=told, by=as_person("kari"))
    kari.post(f"/personer/{person.id}", typed(address=ADDRESS, protection=level, seen=str(person.version)))
    pages = [
        f"/personer/{person.id}", f"/personer/{other.id}", f"/innboks/{case.concern_id}", f"/saker/{case.id}",
        f"/innboks/{case.concern_id}/personer", f"/innboks/{case.concern_id}/stemme",
        f"/innboks/{case.concern_id}/advarsler",
    ]  # fmt: skip
    for address in pages:
        assert "Storgata" not in text_of(kari, address), address
    assert HIDDEN_ADDRESS in text_of(kari, f"/personer/{person.id}")
    assert HIDDEN_ADDRESS in text_of(kari, f"/innboks/{case.concern_id}/personer")


def test_a_protected_address_is_hidden_in_what_was_told_too(gjovik):
    kari, case = client_for("kari"), way.case(concern=lives_at("Storgata 77 B, 2815 Gjøvik"))
    assert "Storgata 77" in text_of(kari, f"/saker/{case.id}")
    card_in(case.concern, address=ADDRESS, protection="strict")
    for address in (f"/saker/{case.id}", f"/innboks/{case.concern_id}", f"/saker/{case.id}/overfor"):
        page = text_of(kari, address)
        assert "Storgata 77" not in page
        assert HIDDEN_ADDRESS in page
    shown = kari.post(f"/personer/{Person.objects.get().id}/adresse", WHY).content.decode()
    assert "Bosted, slik det ble meldt" in shown


def lives_at(address: str):
    """An opened concern about somebody who lives there."""
    from tenants.inbox.actions import open_concern, receive
    from tenants.inbox.models import Concern
    from tenants.inbox.told import Told as Reported

    way.person("kari")
    told = Reported(reporter_kind="privat", what=way.TELLER, who="Ola Utsatt", where_lives=address)
    by = Reader.for_purpose("intake", as_person("kari").office)
    got = receive(told=told, channel="web", by=by)
    return open_concern(concern=Concern.objects.get(id=got.concern_id), by=as_person("kari"))


def test_nobody_finds_a_protected_address_by_searching_for_it(gjovik):
    kari, concern = client_for("kari"), way.opened()
    person = card_in(concern, address=ADDRESS)
    assert "1 treff" in kari.post("/sok", {"sok": "Storgata"}).content.decode()
    kari.post(f"/personer/{person.id}", typed(address=ADDRESS, protection="strict", seen=str(person.version)))
    assert "Ingen treff" in kari.post("/sok", {"sok": "Storgata"}).content.decode()
    assert not PersonTerm.objects.filter(kind="place").exists()


def test_the_address_is_shown_once_for_a_reason_and_logged(gjovik):
    kari, case = client_for("kari"), way.case()
    person = card_in(case.concern, address=ADDRESS, protection="strict")
    address = f"/personer/{person.id}/adresse"
    assert kari.get(address).status_code == 405
    for wrong in ({"reason": ""}, {"reason": "nysgjerrig"}, {"text": " "}):
        refused = kari.post(address, WHY | wrong)
        assert refused.status_code == 422
        assert "Storgata" not in refused.content.decode()
    assert "Hente klær med politiet" in kari.post(address, WHY | {"reason": ""}).content.decode()
    assert not AddressLook.objects.exists()
    shown = kari.post(address, WHY)
    assert "Storgata 77 B" in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    current().flush()
    row = Entry.objects.get(what="persons.address")
    assert row.reason.endswith(": Noen skal dit")
    assert row.matter_id == case.concern_id


def test_why_the_address_was_shown_lies_sealed_in_the_matter_and_in_no_log(gjovik):
    case = way.case()
    person = card_in(case.concern, address=ADDRESS, protection="strict")
    client_for("kari").post(f"/personer/{person.id}/adresse", WHY)
    current().flush()
    look = AddressLook.objects.get()
    assert (look.reason, look.text, look.by_name) == ("visit", WHY["text"], "Kari Koordinator")
    assert "politiet" not in stored("persons_addresslook", "audit_entry")
    with seen_as("tom"):
        assert not AddressLook.objects.exists()
    for wrong in ({"reason": "x"}, {"text": " "}):
        with pytest.raises(Refused, match="Velg en grunn"):
            actions.see_address(person=person, by=as_person("kari"), **WHY | wrong)


def test_whom_break_glass_let_in_does_not_get_the_address(gjovik, monkeypatch):
    person = card_in(way.opened(), address=ADDRESS, protection="strict")
    monkeypatch.setattr("tenants.persons.access.held_by_right", lambda concern_id: False)
    with pytest.raises(PermissionDenied):
        actions.see_address(person=person, by=as_person("tom"), **WHY)


def test_a_protected_address_stays_when_the_field_is_left_empty_and_lifting_does_not_show_it(gjovik):
    kari = client_for("kari")
    person = card_in(way.opened(), address=ADDRESS, protection="confidential")
    address = f"/personer/{person.id}"
    assert "Storgata" not in text_of(kari, address)
    kari.post(address, typed(protection="strict", address="", seen=str(person.version)))
    person.refresh_from_db()
    assert queries.card_of(person).address == ADDRESS
    kari.post(address, typed(protection="none", address="", seen=str(person.version)))
    person.refresh_from_db()
    assert queries.card_of(person).address == ""
    assert "Storgata" not in text_of(kari, address)
    current().flush()
    assert Entry.objects.filter(what="persons.person", reason__contains="adressesperre opphevet").exists()
