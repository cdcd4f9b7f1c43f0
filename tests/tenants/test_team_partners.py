"""The partner directory: kept by the team, read by those around it, never about a case."""

import uuid
from datetime import date, timedelta

import pytest
from django.db import transaction
from django.db.utils import ProgrammingError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared.codes.partners import partner_kind, partner_kinds, secrecies, secrecy
from tenants.team import partners_actions as actions
from tenants.team import partners_queries as queries
from tenants.team.partners import is_stale
from tenants.team.partners_models import Partner, PartnerContact
from tests.cast import as_person, seen_as
from tests.client import client_for
from tests.tenants import way
from varde.access import Role
from varde.access.ticket import presented
from varde.clock import OSLO, now
from varde.refusal import Refused
from varde.ui.numbers import check_phone

TODAY = now().astimezone(OSLO).date()

CALM = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def typed(**changes: str) -> dict[str, str]:
    """A partner as it is typed."""
    given = {
        "kind": "krisesenter", "name": "Krisesenteret i Gjøvik", "phone": "61 18 95 00", "email": "post@krise.example",
        "address": "Storgata 1", "hours": "Døgnet rundt", "contact_person": "Anne Hansen", "secrecy": "ksl_5",
        "notes": "Ring alltid først.",
    }  # fmt: skip
    return given | changes


def talked(**changes: str) -> dict[str, str]:
    """Contact as it is typed."""
    given = {"held_on": TODAY.isoformat(), "way": "phone", "reached": "no", "text": "Ingen svarte i dag"}
    return given | changes


def partner(kind: str = "krisesenter", name: str = "Krisesenteret", **kwargs: str) -> Partner:
    """In the directory."""
    way.person("kari")
    entry = actions.Entry(kind=kind, name=name, secrecy=partner_kind(kind).secrecy, **kwargs)
    return actions.add_partner(entry=entry, by=as_person("kari"))


def test_every_kind_names_a_duty_that_exists():
    assert {kind.secrecy for kind in partner_kinds()} <= {each.code for each in secrecies()}
    assert len(partner_kinds()) >= 22
    with pytest.raises(ValueError, match="Ukjent taushetsplikt"):
        secrecy("ingen")


@pytest.mark.parametrize(
    "number", ["61 18 95 00", "+47 61189500", "1881", "4512", "02800", "116 006", "116117", "+46 8 123 456 78", ""]
)
def test_a_number_that_can_be_rung_is_kept_as_typed(number):
    assert check_phone(number) == number


@pytest.mark.parametrize(
    "number",
    [
        "61 18 95",
        "1",
        "ring Anne",
        "612345678",
        "+1",
        "61189500x",
        "00000000",
        "12345678",
        "000",
        "01234567",
        "+00000000",
    ],
)
def test_a_number_that_cannot_be_rung_is_refused(number):
    with pytest.raises(ValueError, match="ser ikke riktig ut"):
        check_phone(number)


@pytest.mark.parametrize("number", ["112", "1 1 3", "110", "1412", "+47 112"])
def test_an_emergency_number_is_nobodys_own(number):
    with pytest.raises(ValueError, match="er et nødnummer"):
        check_phone(number)
    assert check_phone(number, emergency=True) == number


@CALM
@given(st.integers(min_value=20_000_000, max_value=99_999_999))
def test_every_number_of_eight_digits_is_fine_with_any_blanks(number):
    digits = str(number)
    assert check_phone(" ".join(digits)) == " ".join(digits)


def test_a_year_without_a_look_is_said():
    today = date(2026, 11, 22)
    assert is_stale(today - timedelta(days=366), today)
    assert not is_stale(today - timedelta(days=365), today)


def test_a_partner_is_added_changed_reviewed_and_taken_out_on_the_pages(gjovik):
    kari = client_for("kari")
    assert kari.post("/team/partnere/ny", typed()).status_code == 303
    found = Partner.objects.get()
    where = f"/team/partnere/{found.id}"
    page = kari.get(where).content.decode()
    assert "Krisesenterlova § 5" in page
    assert "61 18 95 00" in page
    seen = actions.stamp(found)
    assert kari.post(f"{where}/endre", typed(name="Nytt navn", seen=seen)).status_code == 303
    assert kari.post(f"{where}/tilstand", {"do": "reviewed"}).status_code == 303
    assert kari.post(f"{where}/tilstand", {"do": "remove"}).status_code == 303
    assert "Nytt navn" not in kari.get("/team/partnere").content.decode()
    assert "Nytt navn" in kari.get("/team/partnere?vis=fjernet").content.decode()
    assert kari.post(f"{where}/kontakt", talked()).status_code == 422
    assert kari.post(f"{where}/tilstand", {"do": "restore"}).status_code == 303
    assert kari.post(f"{where}/tilstand", {"do": "explode"}).status_code == 422


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"phone": "ring Anne"}, "Telefonnummeret ser ikke riktig ut."),
        ({"email": "anne"}, "E-postadressen ser ikke riktig ut."),
        ({"name": ""}, "Fyll ut «Navn på tjenesten»."),
        ({"kind": "heks"}, "heks"),
        ({"secrecy": ""}, "Hvilken taushetsplikt binder dem?"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(gjovik, changes, sentence):
    answer = client_for("kari").post("/team/partnere/ny", typed(**changes))
    page = answer.content.decode()
    assert (answer.status_code, Partner.objects.count()) == (422, 0)
    assert sentence in page
    assert "Ring alltid først." in page


def test_the_second_of_two_is_told_and_keeps_both_texts(gjovik):
    kari, found = client_for("kari"), partner()
    seen, where = actions.stamp(found), f"/team/partnere/{found.id}/endre"
    assert kari.post(where, typed(name="Den første", seen=seen)).status_code == 303
    answer = kari.post(where, typed(name="Den andre", seen=seen))
    page = answer.content.decode()
    assert answer.status_code == 422
    before, _, stands = page.partition("Slik står det nå")
    assert "Noen andre var først ute" in before
    assert "Den første" in stands
    assert 'value="Den andre"' in stands
    found.refresh_from_db()
    assert kari.post(where, typed(name="Den andre", seen=actions.stamp(found))).status_code == 303


def test_a_kommune_without_police_contact_is_flagged_with_the_tries(gjovik):
    kari = client_for("kari")
    assert "Kommunen har ingen politikontakt" in kari.get("/team/partnere").content.decode()
    assert kari.post("/team/partnere/politiforsok", talked()).status_code == 303
    page = kari.get("/team/partnere").content.decode()
    assert "Ingen svarte i dag" in page
    assert "Kari Koordinator" in page
    partner("politi", "Gjøvik politistasjon")
    assert queries.lacks_police_contact()
    partner("politi", "Gjøvik politistasjon", contact_person="Per Politi")
    assert "Kommunen har ingen politikontakt" not in kari.get("/team/partnere").content.decode()


def test_a_person_with_the_role_is_a_police_contact_too(gjovik):
    assert queries.lacks_police_contact()
    way.person("tove", Role.POLICE_CONTACT)
    assert not queries.lacks_police_contact()


def test_a_try_of_tomorrow_is_refused_and_kept(gjovik):
    tomorrow = (TODAY + timedelta(days=2)).isoformat()
    answer = client_for("kari").post("/team/partnere/politiforsok", talked(held_on=tomorrow))
    assert answer.status_code == 422
    assert "Datoen kan ikke være fram i tid." in answer.content.decode()
    assert "Ingen svarte i dag" in answer.content.decode()


def test_the_contact_log_is_closed_in_the_database_and_not_for_those_around(gjovik):
    kari, found = client_for("kari"), partner()
    assert kari.post(f"/team/partnere/{found.id}/kontakt", talked(text="Vi avtalte fast møte")).status_code == 303
    assert "Vi avtalte fast møte" not in PartnerContact.objects.get().text
    assert "Vi avtalte fast møte" in kari.get(f"/team/partnere/{found.id}").content.decode()
    contact = client_for("tove", Role.CONTACT)
    page = contact.get(f"/team/partnere/{found.id}")
    assert page.status_code == 200
    assert "Vi avtalte fast møte" not in page.content.decode()
    assert contact.post(f"/team/partnere/{found.id}/kontakt", talked()).status_code == 403


def test_the_database_lets_only_those_who_keep_it_write(gjovik):
    found = partner()
    way.person("tove", Role.CONTACT)
    with presented(as_person("tove")):
        assert Partner.objects.filter(pk=found.pk).update(name="x") == 0
        assert not PartnerContact.objects.exists()
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            PartnerContact(kind="politi", held_on=TODAY, way="phone", reached=True, text="x", at=now()).save()
    with pytest.raises(Refused, match="tatt ut av bruk"), seen_as("kari") as kari:
        actions.use_partner(partner=found, used=False, by=kari)
        found.refresh_from_db()
        said = actions.Contact(TODAY, "phone", True, "hei")
        actions.note_contact(partner=found, kind=found.kind, contact=said, by=kari)


def test_an_absent_partner_is_not_there(gjovik):
    assert client_for("kari").get(f"/team/partnere/{uuid.uuid4()}").status_code == 404
