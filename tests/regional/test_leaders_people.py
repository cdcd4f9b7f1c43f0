"""Who sits in the leader team: terms, substitutes, places outside the rotation, and what other rooms are told."""

import html
import importlib
import json
import re
from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from regional.cooperation.consequences import Asked
from regional.leaders import demo, leaving, queries
from regional.leaders.actions import Plan, change_table, set_body, set_table
from regional.leaders.models import Place, RotationTable, Term
from regional.leaders.people_actions import Body, Person, add_place, change_place, seat_person
from regional.leaders.queries import Slot, coordinators, members, vacant
from shared.registry.models import Office
from tests.cast import ref, seen_as
from tests.client import client_for, log_in
from tests.standing import REGION
from varde.access import Reader, Role
from varde.clock import telling
from varde.refusal import Refused
from varde.tenancy.work import work

NAV = Slot("NAV", "Gjøvik", "seat")
TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def in_2026():
    with telling(datetime(2026, 11, 23, 12, tzinfo=UTC)):
        yield


@pytest.fixture
def by(gjovikregionen):
    """The region with two kommuner and two seats."""
    setup = Reader.for_purpose("setup", ref("gjovikregionen"))
    plan = Plan(source="x", kommuner=["Gjøvik", "Østre Toten"], seats=["NAV", "Lege"], first_year=2025, years=2)
    set_table(plan=plan, by=setup)
    return setup


def sits(by, name: str, since: date = date(2025, 1, 1), until: date | None = None, slot: Slot = NAV, **more):
    return seat_person(slot=slot, person=Person(name=name, since=since, until=until, **more), by=by)


def names(by, day: date = TODAY) -> list[tuple[str, str, str]]:
    return [(one.name, one.seat, one.substitute_for) for one in members(by, day)]


def test_whoever_sits_is_a_member_with_kommune_and_office(by):
    sits(by, "Berit Moen", email="berit@gjovik.example")
    found = members(by, TODAY)[0]
    assert (found.name, found.kommune, found.capacity, found.seat) == ("Berit Moen", "Gjøvik", "seat", "NAV")
    assert found.kommune_id == ref("gjovik").id


def test_the_next_one_sends_the_one_before_out_the_day_before(by):
    first = sits(by, "Berit Moen")
    sits(by, "Odd Lien", since=date(2026, 6, 1))
    first.refresh_from_db()
    assert first.until == date(2026, 5, 31)
    assert names(by, date(2026, 5, 31)) == [("Berit Moen", "NAV", "")]
    assert names(by) == [("Odd Lien", "NAV", "")]


def test_two_do_not_begin_in_the_same_place_on_one_day(by):
    sits(by, "Berit Moen")
    with pytest.raises(Refused, match="Berit Moen sitter i plassen"):
        sits(by, "Odd Lien")


def test_a_seat_that_goes_on_takes_nobody_with_it(by):
    sits(by, "Berit Moen")
    assert names(by, date(2026, 12, 31)) == [("Berit Moen", "NAV", "")]
    assert names(by, date(2027, 1, 1)) == []


def test_a_substitute_sits_for_one_day_and_names_who_is_away(by):
    sits(by, "Berit Moen")
    sits(by, "Odd Lien", since=TODAY, until=TODAY, substitute=True)
    assert names(by) == [("Odd Lien", "NAV", "Berit Moen")]
    assert names(by, date(2026, 11, 24)) == [("Berit Moen", "NAV", "")]


def test_a_substitute_from_another_kommune_sits_where_nobody_has_the_place(by):
    sits(by, "Odd Lien", kommune="Østre Toten", substitute=True)
    found = members(by, TODAY)[0]
    assert (found.kommune, found.substitute_for) == ("Østre Toten", "NAV")


def test_a_vacant_place_is_seen_and_one_that_is_called_in_is_not(by):
    add_place(asked=Body(body="Psykolog", capacity="on_request", since=TODAY), by=by)
    add_place(asked=Body(body="Politiet", since=TODAY), by=by)
    assert [slot.seat for slot in vacant(by, TODAY)] == ["NAV", "Lege", "Politiet"]


def test_coordinators_come_in_the_tables_order(by):
    for kommune in ("Østre Toten", "Gjøvik"):
        place = add_place(
            asked=Body(body="TryggEst-koordinator", kommune=kommune, coordinator=True, since=TODAY), by=by
        )
        sits(by, f"Fra {kommune}", TODAY, slot=Slot(place.body, kommune, "fixed", place))
    found = coordinators(by, TODAY)
    assert [(one.kommune, one.is_coordinator) for one in found] == [("Gjøvik", True), ("Østre Toten", True)]


def test_whoever_answers_the_phone_has_a_fixed_place_that_is_not_left_empty(by):
    with pytest.raises(Refused, match="fast plass"):
        add_place(asked=Body(body="Legevakten", capacity="on_request", answers_phone=True, since=TODAY), by=by)
    old = add_place(asked=Body(body="Legevakten", answers_phone=True, since=TODAY), by=by)
    ended = Body(body="Legevakten", answers_phone=True, since=TODAY, until=date(2027, 1, 31))
    with pytest.raises(Refused, match="hvem som overtar"):
        change_place(place=old, asked=ended, by=by)
    add_place(asked=Body(body="Krisesenteret", answers_phone=True, since=date(2027, 2, 1)), by=by)
    change_place(place=old, asked=ended, by=by)
    assert Place.objects.get(pk=old.pk).until == date(2027, 1, 31)


def test_a_group_has_a_permanent_place_for_each_kommune(by):
    set_body(body="Helselederne", kommuner=["Gjøvik", "Vang"], source="x", holds_from=date(2027, 1, 1), by=by)
    sits(by, "Berit Moen", date(2027, 1, 1), slot=Slot("Helselederne", "Vang", "seat"))
    found = members(by, date(2030, 1, 1))
    assert [(one.name, one.kommune, one.kommune_id) for one in found] == [("Berit Moen", "Vang", None)]
    assert [slot.kommune for slot in vacant(by, date(2030, 1, 1))] == ["Gjøvik"]


def test_a_change_of_the_table_leaves_those_who_sit_now(by):
    sits(by, "Berit Moen")
    change_table(batch={"joins": [{"kommune": "Gran", "from": 2027}]}, source="Sak 1", by=by)
    assert names(by) == [("Berit Moen", "NAV", "")]


def test_the_demo_has_somebody_in_every_place_but_one(gjovikregionen):
    demo.seed(gjovikregionen)
    by = Reader(office=gjovikregionen)
    assert [slot.seat for slot in vacant(by, TODAY)] == ["Representant folkevalgt"]
    assert len(coordinators(by, TODAY)) == 5
    assert len({one.name for one in members(by, TODAY)}) == len(members(by, TODAY))


def test_the_other_region_of_the_demo_has_a_group_that_was_there_before(gjovikregionen, monkeypatch, tmp_path):
    story = json.loads(demo._FILE.read_text("utf-8"))["hamarregionen"]
    (tmp_path / "story.json").write_text(json.dumps({"gjovikregionen": story}), "utf-8")
    monkeypatch.setattr(demo, "_FILE", tmp_path / "story.json")
    assert demo.seed(gjovikregionen) is True
    found = [one for one in members(Reader(office=gjovikregionen), TODAY) if one.capacity == "seat"]
    assert len(found) == 9
    assert {one.seat for one in found} == {"Helselederne i Hamarregionen"}


# --- what the agreement is told ---------------------------------------------------------------------------------------


def test_a_kommune_that_leaves_is_told_its_places_people_and_turns(by):
    sits(by, "Berit Moen")
    asked = Asked(by=by, kind="leave", kommune=Office.objects.get(slug="gjovik"), at=datetime(2026, 12, 1, tzinfo=UTC))
    found = {one.what: one for one in leaving.tell(asked)}
    assert found["Plasser i lederteamet da"].count == 1
    assert found["Plasser i lederteamet da"].happens.startswith("NAV.")
    assert found["Personer fra kommunen i lederteamet"].count == 1
    assert found["Turer som kommunen har i vente"].count == 1


# --- pages ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def secretary(gjovikregionen):
    demo.seed(gjovikregionen)
    return log_in("gjovikregionen", "sekretaer@gjovikregionen.example", "Sissel Sekretær", Role.SECRETARY)


def key(seat: str) -> str:
    return next(slot.key for slot in queries.slots(Reader(office=ref("gjovikregionen")), TODAY) if slot.seat == seat)


def test_somebody_is_entered_in_a_vacant_seat(secretary):
    place = f"/lederteam/folk/ny?plass={key('Representant folkevalgt')}"
    assert "Søndre Land" in secretary.get(place).content.decode()
    typed = {"name": "Ida Dahl", "how": "har", "since": "2026-11-23"}
    assert secretary.post(place, typed).status_code == 303
    assert "Ida Dahl" in secretary.get("/lederteam/folk").content.decode()
    assert "uten navn" not in secretary.get("/lederteam").content.decode()


def test_what_is_wrong_is_said_and_what_was_typed_stays(secretary):
    place = f"/lederteam/folk/ny?plass={key('NAV')}"
    answer = secretary.post(place, {"name": "Ida Dahl", "how": "har", "since": "2026-11-23", "until": "2026-11-01"})
    assert answer.status_code == 422
    assert "Siste dag kan ikke være før den første." in answer.content.decode()
    assert "Ida Dahl" in answer.content.decode()


def test_a_place_that_is_not_there_is_not_found(secretary):
    assert secretary.get("/lederteam/folk/ny?plass=Rektor|Gjøvik").status_code == 404
    assert secretary.get("/lederteam/folk/ny?plass=NAV|Oslo").status_code == 404


def test_without_a_place_one_is_chosen(secretary):
    assert "Representant folkevalgt, Søndre Land" in secretary.get("/lederteam/folk/ny").content.decode()


def test_a_term_is_ended_and_one_by_mistake_counts_no_more(secretary):
    term = Term.objects.get(seat="NAV", since__lt=TODAY)
    page = secretary.get(f"/lederteam/folk/{term.id}").content.decode()
    seen = page.split('name="seen" value="')[1].split('"')[0]
    typed = {"name": term.name, "since": "2025-01-01", "until": "2026-11-30", "seen": seen}
    assert secretary.post(f"/lederteam/folk/{term.id}", typed).status_code == 303
    assert secretary.post(f"/lederteam/folk/{term.id}", typed).status_code == 422
    assert secretary.post(f"/lederteam/folk/{term.id}/feil").status_code == 303
    assert "NAV" in [slot.seat for slot in vacant(Reader(office=ref("gjovikregionen")), TODAY)]
    assert secretary.get(f"/lederteam/folk/{term.id}").status_code == 404
    term.refresh_from_db()
    assert term.gone_by_name == "Sissel Sekretær"


def test_a_place_is_added_and_ended_with_its_last_day(secretary):
    typed = {"body": "Statsforvalteren", "capacity": "on_request", "since": "2026-11-23"}
    assert secretary.post("/lederteam/plass/ny", typed).status_code == 303
    row = Place.objects.get(body="Statsforvalteren")
    page = secretary.get(f"/lederteam/plass/{row.id}").content.decode()
    seen = page.split('name="seen" value="')[1].split('"')[0]
    ended = typed | {"until": "2026-12-31", "seen": seen}
    assert secretary.post(f"/lederteam/plass/{row.id}", ended).status_code == 303
    row.refresh_from_db()
    assert row.until == date(2026, 12, 31)


def test_the_next_period_can_be_named_ahead(secretary):
    Term.objects.filter(seat="NAV", since__gt=TODAY).update(gone_at=datetime.now(UTC))
    shown = secretary.get("/lederteam/folk").content.decode()
    assert "Neste periode" in shown
    ahead = re.search(r'href="(/lederteam/folk/ny\?plass=NAV[^"]*fra=2027-01-01)"', shown)[1]
    assert 'value="2027-01-01"' in secretary.get(html.unescape(ahead)).content.decode()
    assert secretary.post(
        "/lederteam/folk/ny?plass=NAV|Søndre Land", {"name": "Ida Dahl", "how": "har", "since": "2027-01-01"}
    ).status_code == 303  # fmt: skip
    assert "Begynner senere" in secretary.get("/lederteam/folk").content.decode()


def test_who_only_reads_sees_names_and_no_way_to_change(secretary):
    liv = client_for("liv")
    shown = liv.get("/lederteam/folk").content.decode()
    assert Term.objects.get(seat="NAV", since__lt=TODAY).name in shown
    assert "/lederteam/folk/ny" not in shown
    assert liv.post("/lederteam/folk/ny?plass=NAV|Gjøvik", {}).status_code == 403


# --- the database -----------------------------------------------------------------------------------------------------


def test_the_database_takes_nobody_from_who_may_only_read(by):
    sits(by, "Berit Moen")
    with seen_as("liv") as liv:
        assert Term.objects.count() == 1
        assert Term.objects.update(name="En annen") == 0
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            Place(body="x", since=TODAY, made_at=datetime.now(UTC), made_by_name=liv.name).save(force_insert=True)


def test_the_database_takes_no_decision_from_who_may_only_read(by):
    with seen_as("liv"), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        table = RotationTable.objects.get()
        RotationTable(
            kommuner=[], seats=[], source="x", first_year=2025, years=2, made_at=table.made_at, made_by_name="Liv"
        ).save()


def test_a_decision_is_never_changed(by):
    table = RotationTable.objects.get()
    with pytest.raises(TypeError):
        table.save()


def test_bodies_that_stood_as_names_became_places(gjovikregionen):
    said = importlib.import_module("regional.leaders.migrations.0002_people_and_changes").PLACES
    before = (
        "WITH leaders_rotation AS (SELECT 2025 AS first_year, now() AS made_at,"
        """ '["A", "B"]'::jsonb AS kommuner, '["Politiet", "TryggEst-koordinator fra hver kommune"]'::jsonb"""
        """ AS fixed_members, '["Psykolog"]'::jsonb AS by_request) """
    )
    with work(ref("gjovikregionen"), "setup"), connection.cursor() as cursor:
        cursor.execute(before + said[said.index("SELECT gen_random_uuid()") :].rstrip().rstrip(";"))
        made = [(body, kommune, capacity, lead) for _, body, kommune, capacity, lead, *_ in cursor.fetchall()]
    assert sorted(made) == [
        ("Politiet", "", "fixed", False),
        ("Psykolog", "", "on_request", False),
        ("TryggEst-koordinator", "A", "fixed", True),
        ("TryggEst-koordinator", "B", "fixed", True),
    ]


def test_accounts_that_would_stay_are_counted_before_a_kommune_goes_out(by):
    slot = Slot("", "Østre Toten", "fixed", a_place(by, "Koordinator", kommune="Østre Toten", coordinator=True))
    row = sits(by, "Nina Moe", slot=slot)
    Term.objects.filter(id=row.id).update(user=log_in(REGION, "n@x.example", "Nina", Role.LEADER_TEAM).person.id)
    asked = Asked(by, "leave", Office.objects.get(slug="ostre-toten"), datetime(2026, 11, 23, tzinfo=UTC))
    told = {one.what: one for one in leaving.tell(asked)}
    assert (told["Kontoer som ikke følger avtalen"].count, told["Kontoer som ikke følger avtalen"].where) == (
        1,
        "/folk",
    )


def a_place(by, body: str, **more) -> Place:
    return add_place(asked=Body(body=body, since=date(2025, 1, 1), **more), by=by)
