"""Which kommune does a call belong to?"""

import random
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regional.hotline.reference import new_reference
from regional.hotline.routing import Area, distance, fold, propose

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


# --- bydeler, names that repeat, numbers that are gone, and slips ----------------------------------------------------
OSLO = Area("0301", "Oslo", ("Oslo",), ("0150", "0985"))
STOVNER = Area("030111", "Stovner", ("Rommen",), ("0985",), uuid4(), ours=True, has_team=True)
ULLERN = Area("030106", "Ullern", ("Skøyen",), ("0278",), uuid4(), ours=True, has_team=True)
HEROY_M = Area("1515", "Herøy", ("Fosnavåg",), ("6090",))
HEROY_N = Area("1818", "Herøy", (), ("8850",))
NES = Area("3228", "Nes", ("Årnes",), ("2150",), old_numbers=("0236", "3034"))
NESBYEN = Area("3322", "Nesbyen", (), ("3540",), former=("Nes",))
MANY = [*AREAS, OSLO, STOVNER, ULLERN, HEROY_M, HEROY_N, NES, NESBYEN]


def among_many(lives: str):
    return propose(MANY, lives=lives, happened="")


@pytest.mark.parametrize("told", ["Stovner", "Rommen", "bydel Stovner i Oslo", "0985 Oslo", "0985"])
def test_a_bydel_with_a_team_comes_before_its_kommune(told):
    assert (among_many(told).state, among_many(told).area) == ("one", STOVNER)


def test_a_city_whose_bydeler_have_the_teams_is_asked_about():
    assert (among_many("Oslo").state, set(among_many("Oslo").areas)) == ("ask", {STOVNER, ULLERN})


def test_a_city_with_a_team_of_its_own_is_itself():
    own = Area("0301", "Oslo", ("Oslo",), ("0150",), uuid4(), ours=True, has_team=True)
    assert propose([own, STOVNER], lives="Oslo", happened="").area == own


@pytest.mark.parametrize(("told", "numbers"), [("Herøy", {"1515", "1818"}), ("Nes", {"3228", "3322"})])
def test_names_that_repeat_are_asked_about_also_former_ones(told, numbers):
    assert (among_many(told).state, {area.number for area in among_many(told).areas}) == ("ask", numbers)


def test_a_number_that_was_merged_away_is_its_successors():
    assert among_many("kommunenr. 0236").area == NES
    assert among_many("kommunenummer 3034").area == NES
    assert among_many("kommunenummer 030111").area == STOVNER
    assert among_many("0236").state == "none"  # four digits alone are a postcode


@pytest.mark.parametrize("told", ["Gjøvk", "Gjøivk", "gjøvikk", "Hundalen", "Braskereidfos"])
def test_a_slip_is_asked_about_and_never_taken_for_an_answer(told):
    found = among_many(told)
    assert (found.state, found.area) == ("maybe", None)
    assert found.reason.startswith("Mente du ")


def test_a_short_word_is_near_to_nothing():
    assert among_many("Ne").state == among_many("nesa").state == "none"


def test_what_is_spelt_right_asks_about_nothing_else():
    assert among_many("Lena").area == OSTRE


@given(st.text(alphabet="gjøvikhundalest ", max_size=30))
def test_nothing_is_proposed_but_by_a_whole_word(told):
    found = among_many(told)
    if found.area is not None:
        assert any(fold(name) in fold(told) for name in (found.area.name, *found.area.places, *found.area.former))


@given(st.text(max_size=8), st.text(max_size=8))
def test_how_far_words_are_apart_is_the_same_both_ways(one, other):
    assert distance(one, other, 3) == distance(other, one, 3)
    assert (distance(one, other, 3) == 0) is (one == other)


def test_a_reference_is_easy_to_read_out():
    reference = new_reference(random.Random(1).choice)
    assert len(reference) == 9
    assert reference.startswith("V-")
    assert not set(reference[2:]) & set("0O1ILS58BUV")
