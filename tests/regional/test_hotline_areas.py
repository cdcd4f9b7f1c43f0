"""The kommuner that the phone can find: the code list and the registry put together, with whom to ring in each."""

import pytest

from regional.hotline.models import Call
from regional.hotline.routing import propose
from regional.hotline.routing_areas import areas, kommune_offices
from regional.lines import actions as lines
from regional.lines.setup import Rule, Setup
from shared.codes.kommuner import former_names, kommuner, successors
from shared.registry.models import Office
from tests.cast import as_person, ref
from tests.client import client_for
from tests.regional.declared import declare
from varde.access import Reader


@pytest.fixture
def found(gjovikregionen):
    return {area.number: area for area in areas(kommune_offices(), as_person("olga"))}


def test_a_kommune_of_another_region_here_has_that_regions_tryggest_number(gjovikregionen):
    nabo = Office(kind="kommune", number="9901", name="Nabo", region_id=ref("naboregionen").id, phone="61000009")
    area = next(each for each in areas([nabo], as_person("olga")) if each.number == "9901")
    assert (area.ours, area.has_team, area.phone) == (False, True, "61000009")
    assert propose([area], lives="Nabo", happened="").state == "outside"


def test_without_a_team_the_ordinary_contact_is_given_and_no_tryggest_number(found):
    assert (found["3443"].phone, found["3443"].contact_phone) == ("", "61153300")
    assert found["3443"].contact_name == "Vestre Toten kommune"
    assert (found["3403"].office, found["3403"].contact_phone) == (None, "")


def test_an_office_under_a_number_that_was_merged_away_is_its_successors(gjovikregionen):
    old = Office(kind="kommune", number="0528", name="Østre Toten", region_id=gjovikregionen.id)
    area = next(each for each in areas([old], as_person("olga")) if each.number == "3442")
    assert (area.office, area.ours) == (old.id, True)
    assert "0528" in area.old_numbers


def test_the_number_follows_the_set_up(gjovikregionen):
    by = Reader.for_purpose("setup", gjovikregionen)
    line = lines.open_line(name="Krise", service="krisesenter", kommune=None, shared_with="", by=by)
    lines.point(number="+4761000003", line=line, since=None, by=by)
    lines.set_setup(kommuner=[ref("gjovik").id], since=None, setup=Setup((Rule("krisesenter"),)), by=by)
    area = next(each for each in areas(kommune_offices(), as_person("olga")) if each.number == "3407")
    assert (area.phone, area.hours) == ("61 00 00 03", "Hele døgnet")


def test_every_number_that_is_gone_leads_to_one_of_the_list():
    listed = {kommune.number for kommune in kommuner()}
    assert set(successors().values()) <= listed
    assert not set(successors()) & listed
    assert former_names("3322") == ("Nes",)


def test_a_kommune_that_was_merged_away_is_asked_about_beside_one_that_has_its_name(found):
    route = propose(list(found.values()), lives="Bø i Telemark", happened="")
    assert (route.state, {area.number for area in route.areas}) == ("ask", {"1867", "4020"})
    assert propose(list(found.values()), lives="Svelvik", happened="").area == found["3301"]


@pytest.mark.parametrize(
    ("told", "number"),
    [
        ("Bergen", "4601"), ("stavanger", "1103"), ("Karasjok", "5610"), ("Kárášjohka", "5610"), ("Lom", "3434"),
        ("Bodø", "1804"), ("kommunenr. 5436", "5622"), ("Ås i Akershus", "3218"),
    ],
)  # fmt: skip
def test_every_kommune_of_the_country_is_known_by_name(found, told, number):
    route = propose(list(found.values()), lives=told, happened="")
    assert (route.state, route.area.number if route.area else "") == ("outside", number)


@pytest.mark.parametrize(
    ("told", "number"),
    [("2819", "3407"), ("2825 Gjøvik", "3407"), ("Redalen", "3407"), ("vardal", "3407"), ("2850", "3442")],
)
def test_every_postal_place_of_the_region_is_known(found, told, number):
    route = propose(list(found.values()), lives=told, happened="")
    assert (route.state, route.area.number if route.area else "") == ("one", number)


@pytest.mark.parametrize("told", ["hun falt, et fall i trappa", "det var på tide, for en time siden", "ås"])
def test_an_ordinary_word_is_no_place_and_is_only_asked_about(found, told):
    assert propose(list(found.values()), lives="", happened=told).state == "maybe"


def test_an_ordinary_word_beside_a_place_is_nothing(found):
    assert propose(list(found.values()), lives="skal bo en time fra Gjøvik", happened="").area == found["3407"]


@pytest.fixture
def talk(gjovikregionen):
    """Olga's page, with a call begun."""
    declare("olga")
    olga = client_for("olga")
    return olga, olga.post("/vakttelefon/ny").headers["Location"]


def test_of_two_with_one_name_one_is_chosen_with_a_button_also_when_none_of_them_is_ours(talk):
    olga, url = talk
    part = olga.post(f"{url}/utkast", {"where_lives": "Våler"}).content.decode()
    assert 'value="kommune-3114"' in part
    assert olga.post(url, {"where_lives": "Våler", "gjor": "kommune-3114"}).status_code == 302
    shown = olga.get(url).content.decode()
    assert "Våler (kommunenummer 3114)" in shown
    assert "Våler er ikke med i regionen" in shown
    assert Call.objects.get().told["where_lives"] == "Våler (kommunenummer 3114)"


@pytest.mark.parametrize("told", ["Atlantis", "Våler", "Gjøvk"])
def test_a_call_about_a_place_that_is_not_known_is_ended_as_a_contact_given(talk, told):
    olga, url = talk
    assert 'value="no_team"' in olga.post(f"{url}/utkast", {"where_lives": told}).content.decode()
    asked = olga.post(url, {"where_lives": told, "gjor": "no_team"})
    assert 'value="slett-no_team"' in asked.content.decode()
    olga.post(url, {"where_lives": told, "gjor": "slett-no_team"})
    assert (Call.objects.get().state, Call.objects.get().kind, Call.objects.get().place) == ("ended", "no_team", "")


def test_a_contact_given_is_counted_for_its_kommune(gjovikregionen):
    declare("olga")
    olga = client_for("olga")
    url = olga.post("/vakttelefon/ny").headers["Location"]
    olga.post(f"{url}/utkast", {"where_lives": "Raufoss"})
    olga.post(url, {"where_lives": "Raufoss", "gjor": "slett-no_team"})
    call = Call.objects.get()
    assert (call.state, call.kind, call.place) == ("ended", "no_team", "3443")
