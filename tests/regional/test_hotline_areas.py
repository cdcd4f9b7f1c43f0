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


def test_a_contact_given_is_counted_for_its_kommune(gjovikregionen):
    declare("olga")
    olga = client_for("olga")
    url = olga.post("/vakttelefon/ny").headers["Location"]
    olga.post(f"{url}/utkast", {"where_lives": "Raufoss"})
    olga.post(url, {"where_lives": "Raufoss", "gjor": "slett-no_team"})
    call = Call.objects.get()
    assert (call.state, call.kind, call.place) == ("ended", "no_team", "3443")
