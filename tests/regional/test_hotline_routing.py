"""Which kommune does a call belong to?"""

import random
from uuid import uuid4

import pytest

from regional.hotline.reference import new_reference
from regional.hotline.routing import Area, fold, propose

GJOVIK = Area("3407", "Gjøvik", ("Gjøvik", "Hunndalen"), ("2815", "2827"), uuid4(), ours=True, has_team=True)
OSTRE = Area("3442", "Østre Toten", ("Lena", "Kapp"), ("2850", "2849"), uuid4(), ours=True, has_team=True)
VESTRE = Area("3443", "Vestre Toten", ("Raufoss",), ("2830",), uuid4(), ours=True, has_team=False)
VALER_INN = Area("3419", "Våler", ("Braskereidfoss",), ("2436",), uuid4(), ours=True, has_team=True)
VALER_OST = Area("3114", "Våler", ("Kirkebygda",), ("1592",))
AMOT = Area("3422", "Åmot", ("Rena",), ("2450",), uuid4(), has_team=True)
AREAS = [GJOVIK, OSTRE, VESTRE, VALER_INN, VALER_OST, AMOT]


def route(lives: str = "", happened: str = ""):
    return propose(AREAS, lives=lives, happened=happened)


@pytest.mark.parametrize(
    "told",
    ["Gjøvik", "gjovik", "GJØVIK kommune", "Gjoevik", "i Hunndalen et sted", "Storgata 5, 2815", "2827 Hunndalen"],
)
def test_name_place_and_postcode_find_the_kommune(told):
    assert (route(told).state, route(told).area) == ("one", GJOVIK)


def test_the_reason_is_told_in_words():
    assert route("Hunndalen").reason == "Den utsatte bor i «Hunndalen», som hører til Gjøvik."
    assert route("Gjøvik").reason == "Den utsatte bor i Gjøvik."


def test_where_the_person_lives_comes_before_where_it_happened():
    assert route("Lena", "Gjøvik").area == OSTRE


def test_where_it_happened_is_asked_when_the_home_is_unknown():
    assert route("", "på Kapp").reason.startswith("Vi vet ikke hvor den utsatte bor. Det skjedde i «Kapp»")
    assert route("vet ikke", "på Kapp").area == OSTRE


def test_two_kommuner_with_one_name_are_asked_about():
    found = route("Våler")
    assert (found.state, set(found.areas), found.area) == ("ask", {VALER_INN, VALER_OST}, None)
    assert "Våler (3419) eller Våler (3114)" in found.reason


def test_a_postcode_tells_them_apart():
    assert route("2436 Våler").area == VALER_INN
    assert route("Våler, Braskereidfoss").area == VALER_INN


def test_words_that_disagree_are_asked_about():
    assert route("Lena, flyttet fra Gjøvik").state == "ask"


def test_a_phone_number_is_never_a_postcode():
    assert route("ring 2815 2827").state == "none"
    assert route("+4728152827").state == "none"


def test_a_kommune_without_team_and_one_outside_are_told_apart():
    assert route("Raufoss").state == "no_team"
    assert route("Rena").state == route("1592").state == "outside"


def test_nothing_known_says_what_to_ask():
    assert route("der borte").reason.startswith("Vi kjenner ikke igjen stedet.")
    assert route().state == "none"


def test_a_name_inside_a_longer_word_does_not_count():
    assert route("Gjøvikgata 4").state == "none"


def test_norwegian_letters_fold():
    assert fold("Åmot") == fold("Aamot") == fold("AMOT") == "amot"


def test_a_reference_is_easy_to_read_out():
    reference = new_reference(random.Random(1).choice)
    assert len(reference) == 9
    assert reference.startswith("V-")
    assert not set(reference[2:]) & set("0O1ILS58BUV")
