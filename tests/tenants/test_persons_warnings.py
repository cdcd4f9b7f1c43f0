"""Warnings wherever somebody is about to meet or call; across matters for those who see both; frozen, with a ground."""

import pypdfium2
import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from tenants.inbox import places, places_tasks
from tenants.inbox.actions import open_concern, receive
from tenants.inbox.models import Concern
from tenants.inbox.places_models import PlaceTerm
from tenants.inbox.told import Told as Reported
from tenants.measures.safety_actions import write_plan
from tenants.meeting import agenda_actions
from tenants.persons import actions, spoken_actions
from tenants.persons import tasks as persons_tasks
from tenants.persons.models import PersonTerm
from tenants.persons.spoken import SafetyWarning, WarningTerm
from tenants.persons.spoken_actions import STILL, Told, end_warning, warn
from tests.cast import TEST, as_person, ref, seen_as
from tests.client import client_for
from tests.tenants import way
from tests.tenants.people import ADDRESS, PHONE, card_in, text_of, typed
from tests.tenants.test_hidden import deny
from tests.tenants.test_inbox_callbacks import laid
from tests.tenants.test_meeting_way import called, point_of
from varde.access import Reader
from varde.tenancy.work import work

DOG = "Løs schæfer i hagen"
PLACE = "Storgata 77 B"


def warned(concern, by: str = "kari", **about):
    """A warning about a person or a place."""
    told = Told("dog", DOG, way.in_hours(24 * 30).date(), about.get("person"), about.get("place", ""), "Sett i mai")
    return warn(concern=concern, told=told, by=as_person(by))


def told_of(place: str = "", happened: str = "") -> Concern:
    """A concern that somebody reported with a place, opened by Kari."""
    way.person("kari")
    told = Reported(reporter_kind="privat", what=way.TELLER, where_lives=place, where_happened=happened)
    got = receive(told=told, channel="web", by=Reader.for_purpose("intake", ref("gjovik")))
    return open_concern(concern=Concern.objects.get(id=got.concern_id), by=as_person("kari"))


def hits(words: str) -> bool:
    """Does Kari's search find something?"""
    return "1 treff" in client_for("kari").post("/sok", {"sok": words}).content.decode()


# --- wherever somebody is about to meet or call ------------------------------------------------------------------


def test_it_stands_on_every_page_from_which_somebody_is_met_or_called_and_not_on_the_paper_taken_home(gjovik):
    kari, case = client_for("kari"), way.case()
    warned(case.concern, place="Solbakken gård")
    measure, callback, meeting = way.measure(case), laid(case.concern), called()
    agenda_actions.fill(meeting=meeting, by=as_person("kari"), at=way.in_hours(1))
    write_plan(case=case, parts={"do": "Gå til naboen"}, agreed_on=None, seen="0", by=as_person("kari"))
    home, matter = f"/saker/{case.id}", f"/innboks/{case.concern_id}"
    point = point_of(meeting, case)
    pages = [
        home, matter, f"/tiltak/{measure.id}", f"{home}/foresporsler", f"{home}/kontakter", f"{home}/trygghetsplan",
        f"{home}/steg", f"{matter}/ansvar", f"{matter}/stemme", f"{matter}/ring-tilbake",
        f"/innboks/ring-tilbake/{callback.id}", f"/mote/{meeting.id}/punkt/{point.id}",
    ]  # fmt: skip
    for address in pages:
        page = text_of(kari, address)
        assert DOG in page, address
        assert "Sett i mai" in page, address
    assert "Advarsel: Hund" in text_of(kari, "/innboks/ring-tilbake")
    assert DOG not in text_of(kari, "/innboks/ring-tilbake/ny")
    paper = b"".join(kari.get(f"{home}/trygghetsplan/pdf").streaming_content)
    said = " ".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(paper))
    assert "naboen" in said
    assert "schæfer" not in said


# --- across matters ----------------------------------------------------------------------------------------------


def test_the_same_person_or_place_is_warned_of_in_the_other_matter_to_those_who_see_both(gjovik):
    person = card_in(way.opened(), "suspected", name="Nils Nabo", phone=PHONE)
    warned(person.concern, person=person)
    by_phone, by_place, told_only = way.opened(), way.opened(), told_of(f"{PLACE}, 2815 Gjøvik")
    card_in(by_phone, "suspected", name="N. N.", phone="+47 61189500")
    card_in(by_place, address=ADDRESS)
    placed = warned(way.opened(), place=PLACE)
    kari = client_for("kari")
    for concern, why in ((by_phone, "samme telefonnummer"), (by_place, "samme adresse"), (told_only, "samme adresse")):
        for page in ("", "/advarsler", "/stemme"):
            shown = text_of(kari, f"/innboks/{concern.id}{page}")
            assert (DOG in shown, f"{why}." in shown) == (True, True), (why, page)
    assert way.logged("persons.warning", "list", placed.concern_id)
    tom = client_for("tom")
    deny(person.concern, "tom")
    deny(placed.concern, "tom")
    with seen_as("tom"):
        for concern in (by_phone, by_place, told_only):
            for page in ("", "/advarsler"):
                assert DOG not in text_of(tom, f"/innboks/{concern.id}{page}")
    end_warning(warning=placed, reason="Omplassert", by=as_person("kari"))
    assert DOG not in text_of(kari, f"/innboks/{told_only.id}")


def test_a_merged_or_linked_card_carries_its_warning_with_it(gjovik):
    one = card_in(way.opened(), "suspected", name="Nils Nabo")
    warned(one.concern, person=one)
    kept = card_in(one.concern, "suspected", name="Nils Nabo Olsen", phone=PHONE)
    actions.merge(keep=kept, other=one, by=as_person("kari"))
    here, linked = way.opened(), way.opened()
    card_in(here, "suspected", name="En Annen", phone=PHONE)
    other = card_in(linked, "suspected", name="Ukjent mann", known="unknown")
    actions.link(person=kept, other=other, by=as_person("kari"))
    kari = client_for("kari")
    assert DOG in text_of(kari, f"/innboks/{here.id}")
    assert "koblet som samme person." in text_of(kari, f"/innboks/{linked.id}")


@pytest.mark.parametrize("where", ["here", "there"])
def test_a_protected_address_tells_nothing_across_matters(gjovik, where):
    there, here = way.opened(), told_of(f"{PLACE}, 2815 Gjøvik")
    warned(there, place=PLACE)
    kari = client_for("kari")
    assert DOG in text_of(kari, f"/innboks/{here.id}")
    card_in(here if where == "here" else there, address=ADDRESS, protection="strict")
    assert DOG not in text_of(kari, f"/innboks/{here.id}")


# --- what is written stays ---------------------------------------------------------------------------------------


def test_a_warning_is_frozen_but_for_its_end_and_that_is_written_once(gjovik):
    warning = warned(way.opened(), place=PLACE)
    for change in ("text = 'x'", "review_on = now()", "person_id = NULL, place = ''", "ended_reason = 'x'"):
        with (
            pytest.raises(ProgrammingError, match="a warning is frozen"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"UPDATE persons_warning SET {change}")
    end_warning(warning=warning, reason="Omplassert", by=as_person("kari"))
    with (
        pytest.raises(ProgrammingError, match="a warning is frozen"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE persons_warning SET ended_at = now()")


def test_one_that_still_holds_is_said_anew_and_the_old_one_stays(gjovik):
    kari, concern = client_for("kari"), way.opened()
    old = warned(concern, place=PLACE)
    home = f"/innboks/{concern.id}/advarsler"
    refused = kari.post(f"{home}/{old.id}/forny", {"again_on": "2020-01-01"})
    assert (refused.status_code, "Datoen er passert" in refused.content.decode()) == (422, True)
    day = way.in_hours(24 * 60).date()
    assert kari.post(f"{home}/{old.id}/forny", {"again_on": day.isoformat()}).status_code == 303
    new = SafetyWarning.objects.get(ended_at=None)
    assert (new.review_on, new.text, new.ground, new.place) == (day, DOG, "Sett i mai", PLACE)
    assert STILL in text_of(kari, home)
    lacking = kari.post(home, {"kind": "dog", "text": DOG, "place": PLACE, "review_on": day.isoformat()})
    assert (lacking.status_code, DOG in lacking.content.decode()) == (422, True)


# --- the search --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ({"place": "Haugtun bofellesskap"}, "haugtun"),
        ({"place": f"{PLACE}, 2815 Gjøvik"}, "Storgata"),
        ({"happened": "Hjemme hos mor i Storgata 3, og ved Kiwi"}, "kiwi"),
        ({"happened": "i storgata 3"}, "Storgata 3"),
    ],
)
def test_told_places_are_found_by_their_words(gjovik, told, found):
    told_of(**told)
    assert hits(found)
    assert not hits("Solbakken")


def test_the_words_of_a_text_that_may_name_a_place():
    assert places.named("hjemme hos mor, ved Kiwi") == "Kiwi"
    assert "storgata" in places.named("borte i storgata 3")


def test_a_told_place_goes_when_the_address_is_protected_and_comes_back_with_it(gjovik):
    kari, concern = client_for("kari"), told_of(PLACE)
    person = card_in(concern, protection="strict", address="Et annet sted 1")
    assert not hits("Storgata")
    sent = typed(address="Et annet sted 1", seen=str(person.version))
    assert kari.post(f"/personer/{person.id}", sent).status_code == 303
    assert hits("Storgata")


def test_who_reported_is_not_found_by_a_card(gjovik):
    concern = way.opened()
    card_in(concern, "reporter", name="Mona Melder", phone=PHONE)
    assert not PersonTerm.objects.exists()
    assert not hits("Mona Melder")
    assert not hits(PHONE)


def test_what_is_from_before_gets_its_tokens_at_night_and_once(house, monkeypatch):
    monkeypatch.setattr(spoken_actions, "lay_place", lambda row: None)
    with work(ref("gjovik"), TEST):
        concern = told_of(PLACE)
        covered = told_of("Solbakken gård")
        card_in(covered, protection="strict", address="Et sted 2")
        warned(concern, place="Bakken 4")
        PlaceTerm.objects.all().delete()
    for _ in range(2):
        places_tasks.lay_for_old.run(ref("gjovik"))
        persons_tasks.lay_for_old.run(ref("gjovik"))
    with work(ref("gjovik"), TEST):
        assert WarningTerm.objects.count() == 1
        kinds = {row.concern_id: row.kind for row in PlaceTerm.objects.filter(kind__in=("place", "none"))}
        assert kinds == {concern.id: "place", covered.id: "none"}
