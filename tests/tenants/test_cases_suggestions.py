"""The registration form is filled from what the case says already, and a person looks at it before it is kept."""

import re

import pytest

from shared.codes.forms import CURRENT, form
from tenants.cases.actions import answer
from tenants.cases.answers import check
from tenants.cases.suggestions import suggested
from tenants.cases.views_form import known
from tenants.persons.card import Card
from tenants.persons.states import RELATIONS
from tenants.triage import police_actions
from tenants.triage.police import REPORTED, Police
from tests.cast import as_person
from tests.client import client_for
from tests.tenants import way
from tests.tenants.people import card_in


@pytest.mark.parametrize("relation", [code for code, _ in RELATIONS])
@pytest.mark.parametrize("reported", [code for code, _ in REPORTED])
def test_what_is_proposed_is_an_answer_of_the_form(relation, reported):
    cards = [Card(relation=relation), Card(relation=relation, own_child="yes")]
    found = suggested(category="ma", channel="web", suspected=cards, police=Police(reported))
    check(form(CURRENT), found)
    assert "own_child" in found["relasjon"]
    assert (len(found["relasjon"]) == 1) == (relation in ("staff", "online"))
    assert ("politi" in found) == (reported != "not_yet")


def test_what_nobody_has_said_is_left_open():
    found = suggested(category="ma", channel="transfer", suspected=[Card()], police=None, first_teller="relative")
    assert set(found) == {"kategori", "handtert_av"}


def test_whoever_told_it_first_is_a_ground_only_when_that_is_the_person():
    found = suggested(category="ma", channel="phone", suspected=[], police=None, first_teller="person")
    check(form(CURRENT), found)
    assert found["grunnlag"] == ("told_by_person",)


def test_the_form_stands_filled_and_what_a_person_answered_is_never_replaced(gjovik):
    case, kari = way.case(), client_for("kari")
    card_in(case.concern, role="suspected", name="Per Hansen", relation="ex")
    said = Police("no", informed="no", consent="unknown")
    police_actions.say(concern=case.concern, told=said, seen=None, by=as_person("kari"))
    found = known(case)
    assert {key: found[key] for key in ("relasjon", "politi", "meldt_til")} == {
        "relasjon": ("partner",), "politi": ("not_reported",), "meldt_til": ("tryggest",),
    }  # fmt: skip
    page = kari.get(f"/saker/{case.id}/skjema").content.decode()
    (box,) = re.findall(r"<input[^>]*value=\"partner\"[^>]*>", page)
    assert "checked" in box
    answer(case=case, form=CURRENT, answers={"relasjon": ["stranger"]}, by=as_person("kari"))
    assert known(case)["relasjon"] == ("stranger",)
