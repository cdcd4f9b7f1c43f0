"""Contact about a case: with whom, when, what was said; sealed with the case."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection

from tenants.measures.contacts_models import CaseContact
from tests.cast import as_person
from tests.client import client_for
from tests.tenants import way
from tests.tenants.test_team_partners import partner
from varde.access.ticket import presented
from varde.clock import OSLO, now

SAID = "De har ledig rom fra i kveld"


def typed(**changes: str) -> dict[str, str]:
    """Contact as it is typed."""
    today = now().astimezone(OSLO).date().isoformat()
    return {"partner": "", "who": "Anne", "held_on": today, "way": "phone", "reached": "yes", "text": SAID} | changes


def test_contact_is_noted_and_stands_in_the_timeline(gjovik):
    kari, case, house = client_for("kari"), way.case(), partner()
    assert kari.post(f"/saker/{case.id}/kontakter", typed(partner=str(house.id))).status_code == 303
    assert SAID in kari.get(f"/saker/{case.id}/kontakter").content.decode()
    page = kari.get(f"/saker/{case.id}").content.decode()
    assert "Kontakt med Krisesenteret" in page
    assert SAID in page
    assert SAID not in kari.get(f"/team/partnere/{house.id}").content.decode()
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(t)::text FROM measures_casecontact t")
        assert SAID.encode().hex() not in cursor.fetchone()[0]
    assert way.logged("measures.contact", "create", case.id)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"who": ""}, "Velg en samarbeidspart, eller skriv hvem dere snakket med."),
        ({"held_on": (now() + timedelta(days=3)).date().isoformat()}, "Datoen kan ikke være fram i tid."),
        ({"text": ""}, "Fyll ut «Hva ble sagt eller avtalt?»."),
        ({"partner": str(uuid.uuid4())}, "gyldig"),
    ],
)
def test_what_is_wrong_is_said(gjovik, changes, sentence):
    kari, case = client_for("kari"), way.case()
    answer = kari.post(f"/saker/{case.id}/kontakter", typed(**changes))
    assert (answer.status_code, CaseContact.objects.count()) == (422, 0)
    assert sentence in answer.content.decode()


def test_those_outside_see_none_of_it(gjovik):
    kari, case = client_for("kari"), way.case()
    kari.post(f"/saker/{case.id}/kontakter", typed())
    tom = client_for("tom")
    hidden, absent = tom.get(f"/saker/{case.id}/kontakter"), tom.get(f"/saker/{uuid.uuid4()}/kontakter")
    assert (hidden.status_code, hidden.content) == (404, absent.content)
    with presented(as_person("tom")):
        assert not CaseContact.objects.exists()
