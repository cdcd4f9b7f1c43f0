"""The public host: everybody finds the right kommune, also one without a team."""

import pytest

from shared.codes import kommuner
from shared.registry import choosing
from tests.client import anonymous

pytestmark = pytest.mark.usefixtures("house")


def start(q: str = "", **extra: str) -> str:
    response = anonymous("").get("/", {"q": q} if q else {}, **extra)
    assert response.status_code == 200
    return response.content.decode()


def test_the_front_page_lists_kommuner_with_a_team_and_what_to_do_when_it_is_urgent():
    html = start()
    assert 'href="http://gjovik.localhost:8000/"' in html
    assert "Vestre Toten" not in html
    assert "tel:112" in html
    assert "Hva er TryggEst?" in html
    assert html.index("v-emergency") < html.index("<h1")


@pytest.mark.parametrize("q", ["gjø", "GJØVIK", " hunndalen ", "2836", "Biri"])
def test_gjovik_is_found_by_name_place_and_postcode(q):
    assert "http://gjovik.localhost:8000/" in start(q)


def test_the_two_valer_are_told_apart():
    html = start("Våler")
    assert "Innlandet (3419)" in html
    assert "Østfold (3114)" in html


def test_a_former_name_leads_to_todays_kommune():
    assert "Moss" in start("Rygge")


def test_a_practice_office_is_found_by_its_own_name():
    assert "http://nabo.localhost:8000/" in start("nabo")


def test_a_kommune_without_a_team_says_whom_to_call():
    html = start("Vestre Toten")
    assert "61 15 33 00" in html
    assert "har ikke noe TryggEst-team ennå" in html
    assert "vestre-toten.localhost" not in html


def test_a_kommune_that_is_not_here_has_a_sentence_of_its_own():
    html = start("Tromsø")
    assert "Tromsø har ikke noe TryggEst-team i denne tjenesten" in html
    assert "112" in html


_ALPHABET = " -abcdefghijklmnopqrstuvwxyzæøå"


def test_names_stand_in_norwegian_order():
    names = [choice.name for choice in choosing.choices("al")]
    assert [name for name in names if name in ("Alta", "Alver", "Ålesund")] == ["Alta", "Alver"]
    found = [choice.name for choice in choosing.choices("å")]
    assert found == sorted(found, key=lambda name: [_ALPHABET.find(letter) for letter in name.lower()])
    assert {"Ålesund", "Åmot"} <= set(found)
    assert [c.name for c in choosing.choices("")] == ["Gjøvik", "Nabo", "Østre Toten"]


def test_every_kommune_in_the_list_knows_its_fylke():
    assert {k.number[:2] for k in kommuner.kommuner()} <= set(choosing.FYLKER)


@pytest.mark.parametrize("q", ["<script>alert(1)</script>", "\x00", "x" * 5000, "%", "zzz"])
def test_odd_searches_find_nothing_and_break_nothing(q):
    assert "Vi fant ingen kommune" in start(q)


def test_a_strange_session_cookie_is_of_no_consequence():
    client = anonymous("")
    client.cookies["varde"] = "x" * 32
    assert client.get("/").status_code == 200


def test_the_front_page_sets_no_cookie():
    assert not anonymous("").get("/").cookies
