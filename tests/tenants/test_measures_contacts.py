"""Contact about a matter: with whom, when, what was said; sealed with it."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection

from tenants.cases.models import Case
from tenants.inbox.models import Denial
from tenants.insight.gather import everything
from tenants.measures.contacts_models import CaseContact
from tests.cast import as_person
from tests.client import client_for
from tests.tenants import way
from tests.tenants.people import card_in, text_of
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
    assert way.logged("measures.contact", "create", case.concern_id)


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


def test_before_there_is_a_case_contact_is_noted_in_the_matter_and_follows_it(gjovik):
    kari, concern = client_for("kari"), way.opened()
    place = f"/innboks/{concern.pk}/kontakter"
    assert place in text_of(kari, f"/innboks/{concern.pk}")
    empty = kari.post(place, typed(text=""))
    assert (empty.status_code, "Anne" in empty.content.decode()) == (422, True)
    answer = kari.post(place, typed())
    assert (answer.status_code, answer["Location"]) == (303, place)
    row = CaseContact.objects.get()
    mark = f"/innboks/{concern.pk}/feilfort/kontakt/{row.pk}"
    for page in (text_of(kari, place), text_of(kari, f"/innboks/{concern.pk}")):
        assert SAID in page
        assert mark in page
    assert SAID in str(everything(concern, card_in(concern)).items)
    tom = client_for("tom")
    Denial(concern=concern, user=way.person("tom"), kind="habilitet", at=now(), by_user=row.pk, by_name="Kari").save(
        force_insert=True
    )
    hidden, absent = tom.get(place), tom.get(f"/innboks/{uuid.uuid4()}/kontakter")
    assert (hidden.status_code, hidden.content) == (404, absent.content)
    with presented(as_person("tom")):
        assert not CaseContact.objects.exists()
    way.decided("case", concern=concern)
    case = Case.objects.get()
    assert kari.get(place)["Location"] == f"/saker/{case.id}/kontakter"
    assert kari.post(f"/saker/{case.id}/kontakter", typed(who="Bjarne")).status_code == 303
    page = text_of(kari, f"/saker/{case.id}")
    assert "Kontakt med Anne" in page
    assert "Kontakt med Bjarne" in page
    assert kari.post(mark, {"reason": "Feil sak"})["Location"] == f"/saker/{case.id}/kontakter"


def test_in_a_matter_that_is_over_nothing_more_is_noted(gjovik):
    kari, concern = client_for("kari"), way.opened()
    kari.post(f"/innboks/{concern.pk}/kontakter", typed())
    way.decided("advice", concern=concern, step=None)
    answer = kari.post(f"/innboks/{concern.pk}/kontakter", typed(who="Bjarne"))
    assert (answer.status_code, "Bjarne" in answer.content.decode()) == (422, True)
    assert CaseContact.objects.count() == 1
    page = text_of(kari, f"/innboks/{concern.pk}/kontakter")
    assert SAID in page
    assert "<textarea" not in page
