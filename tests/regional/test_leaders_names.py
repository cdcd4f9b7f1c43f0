"""What a kommune is called in the leader team: it exists, and two of one name are told apart."""

import re
from datetime import date

import pytest

from regional.leaders import demo, queries
from regional.leaders.actions import set_body
from regional.leaders.forms import BodyForm, known_kommune
from regional.leaders.people_actions import Body, Person, add_place, seat_person
from regional.leaders.queries import Slot, members
from regional.leaders.tables import rotation_of
from regional.plan.forms import Owners, ProgressForm
from shared.codes import kommuner
from shared.registry.models import Office
from tests.cast import TEST, ref
from tests.client import log_in
from varde.access import Reader, Role
from varde.refusal import Refused
from varde.tenancy.work import work
from varde.ui.layout import mark

SINCE = date(2025, 1, 1)


@pytest.fixture
def adopted(gjovikregionen):
    demo.seed(gjovikregionen)
    client = log_in("gjovikregionen", "sekretaer@gjovikregionen.example", "Sissel Sekretær", Role.SECRETARY)
    assert asked(client, "vedta", source="Lederteamet 1.9.2026, sak 3/26").status_code == 303
    return client


def asked(client, kind, **data):
    page = client.get(f"/lederteam/endre/{kind}").content.decode()
    seen = re.search(r'name="seen" value="([^"]*)"', page)
    return client.post(f"/lederteam/endre/{kind}", {"gjor": "lagre", "seen": seen[1] if seen else ""} | data)


def test_what_comes_in_is_a_kommune_that_there_is(adopted):
    answer = asked(adopted, "inn", new="Grann", since="2029", source="Sak 4/26")
    assert answer.status_code == 422
    assert "Det er ingen kommune som heter «Grann»" in answer.content.decode()
    assert asked(adopted, "inn", new="0000", since="2029", source="Sak 4/26").status_code == 422
    assert asked(adopted, "inn", new="3446", since="2029", source="Sak 4/26").status_code == 303
    assert "Gran" in rotation_of(queries.newest_table()).kommuner


def test_a_body_outside_comes_in_by_its_name_when_that_is_said(adopted):
    known = {"new": "Innlandet krisesenter IKS", "since": "2029", "source": "Sak 4/26"}
    assert asked(adopted, "inn", **known).status_code == 422
    assert asked(adopted, "inn", **known, outside="on").status_code == 303
    assert "Innlandet krisesenter IKS" in rotation_of(queries.newest_table()).kommuner


def test_a_name_of_two_kommuner_is_asked_about(adopted):
    answer = asked(adopted, "inn", new="Våler", since="2029", source="Sak 4/26")
    assert "«Våler (Innlandet)» eller «Våler (Østfold)»" in answer.content.decode()
    for name in ("3419", "våler (østfold)"):
        assert asked(adopted, "inn", new=name, since="2029", source="Sak 4/26").status_code == 303
    assert {"Våler (Innlandet)", "Våler (Østfold)"} <= set(rotation_of(queries.newest_table()).kommuner)


@pytest.mark.parametrize(
    ("text", "taken", "name"),
    [
        ("gjøvik", (), "Gjøvik"),
        ("3407", (), "Gjøvik"),
        ("3114", (), "Våler (Østfold)"),
        ("Våler (Innlandet)", ("Våler",), "Våler (Innlandet)"),
        ("Rygge", (), None),
    ],
)
def test_a_kommune_is_known_by_name_or_number(text, taken, name):
    if name is None:
        assert kommuner.meant(text) == ()
    else:
        assert known_kommune(text, taken) == name


def test_two_of_one_name_stand_in_a_list_by_their_numbers():
    typed = {"body": "Helselederne", "intake": "secretary", "holds_from": "2027-01-01", "source": "Sak 1"}
    form = BodyForm(typed | {"kommuner": "3419\n3114\nHamar"})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["kommuner"] == ["Våler (Innlandet)", "Våler (Østfold)", "Hamar"]
    twice = BodyForm(typed | {"kommuner": "Våler\nVåler"})
    assert "skriv «Våler (Innlandet)» eller «Våler (Østfold)»" in str(twice.errors["kommuner"])


@pytest.fixture
def two_of_one_name(gjovikregionen, monkeypatch):
    """The registry calls two of the region's kommuner Våler."""
    known = {"gjovik": "3419", "ostre-toten": "3114"}
    rows = [Office(id=ref(slug).id, name="Våler", number=number) for slug, number in known.items()]
    monkeypatch.setattr(queries, "_offices", lambda by: rows)
    return gjovikregionen


def _coordinator(name, by, **more):
    place = add_place(asked=Body(body="Koordinator", kommune=name, coordinator=True, since=SINCE), by=by)
    person = Person(name=f"Fra {name}", since=SINCE, **more)
    seat_person(slot=Slot(place.body, name, "fixed", place), person=person, by=by)


def test_two_of_one_name_in_a_region_are_told_apart_by_their_county(two_of_one_name):
    by = Reader.for_purpose("setup", two_of_one_name)
    names = ["Våler (Innlandet)", "Våler (Østfold)"]
    assert queries.kommuner_of(by) == names
    set_body(body="Helselederne", kommuner=names, source="Sak 1", holds_from=SINCE, by=by)
    for name in names:
        _coordinator(name, by)
    found = {one.kommune: one.kommune_id for one in members(by, date(2026, 11, 23))}
    assert found == {names[0]: ref("gjovik").id, names[1]: ref("ostre-toten").id}
    assert queries.name_of(ref("ostre-toten").id, "Våler") == "Våler (Østfold)"


def test_an_account_for_one_of_two_must_be_lent_by_that_one(two_of_one_name):
    leif = log_in("gjovikregionen", "leif@lent.example", "Leif Lånt", Role.LEADER_TEAM)
    by = Reader.for_purpose("setup", two_of_one_name)
    with pytest.raises(Refused, match="Handler på vegne av"):
        _coordinator("Våler (Østfold)", by, user=leif.person.id)


def test_what_was_set_up_before_anybody_came_is_said_so(gjovikregionen):
    demo.seed(gjovikregionen)
    client = log_in("gjovikregionen", "sekretaer@gjovikregionen.example", "Sissel Sekretær", Role.SECRETARY)
    shown = client.get("/lederteam/vedtak").content.decode()
    assert "Lagt inn ved oppstart" in shown
    assert ">setup<" not in shown


def test_the_demo_has_somebody_in_each_seat_of_the_next_period(gjovikregionen):
    demo.seed(gjovikregionen)
    with work(gjovikregionen, TEST):
        by = Reader.for_purpose("setup", gjovikregionen)
        assert not [slot for slot in queries.vacant(by, date(2027, 1, 15)) if slot.capacity == "seat"]


def test_a_field_that_is_asked_for_is_not_called_optional(adopted):
    """What depends on another field says when it must be filled in."""
    for path, said in (
        ("/lederteam/endre/inn", "Må fylles ut før du lagrer"),
        ("/lederteam/plass/ny", "Må fylles ut for en koordinator"),
    ):
        assert said in adopted.get(path).content.decode()
    measure = ProgressForm(owners=Owners([], []))
    assert mark(measure["reason"]) == "Må fylles ut når tiltaket stanses"
    assert mark(measure["body"]) == "Må fylles ut for en virksomhet"
