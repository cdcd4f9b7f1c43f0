"""Cards on the pages: laid, changed with every version kept, protected, merged by two at once, hidden and sealed."""

import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from tenants.inbox.actions import move
from tenants.persons import actions, queries
from tenants.persons.address_models import AddressLook
from tenants.persons.card import Card
from tenants.persons.models import Person, PersonTerm, PersonVersion
from tenants.persons.spoken_actions import Told, warn
from tenants.persons.states import HIDDEN_ADDRESS, Changed, Refused
from tests.cast import as_person, seen_as
from tests.client import client_for
from tests.tenants import way
from tests.tenants.keys import forget_keys
from tests.tenants.people import ADDRESS, NUMBER, PHONE, card_in, stored, text_of, typed
from tests.tenants.test_hidden import deny
from varde.access import Reader
from varde.access.ticket import presented
from varde.audit.models import Entry
from varde.audit.trail import current
from varde.privacy.actions import destroy
from varde.ui.gone import GONE

WHY = {"reason": "visit", "text": "Hente klær med politiet"}
NOBODY = "00000000-0000-4000-8000-00000000dead"


def test_a_card_is_laid_and_shown_on_concern_and_case(gjovik):
    kari, case = client_for("kari"), way.case()
    home = f"/innboks/{case.concern_id}/personer"
    response = kari.post(home, typed(id_number=f"{NUMBER[:6]} {NUMBER[6:]}", phone=PHONE, own_child="no"))
    assert response.status_code == 303
    found = Person.objects.get()
    assert queries.card_of(found).id_number == NUMBER
    for address in (home, response["Location"], f"/innboks/{case.concern_id}", f"/saker/{case.id}"):
        assert "Ola Utsatt" in text_of(kari, address)
    assert way.logged("persons.person", "create", case.concern_id)
    assert way.logged("persons.person", "view", case.concern_id)


def test_several_of_each_role_and_somebody_unknown(gjovik):
    kari, concern = client_for("kari"), way.opened()
    home = f"/innboks/{concern.id}/personer"
    for name in ("Ola Utsatt", "Eva Utsatt"):
        kari.post(home, typed(name=name))
    for description in ("Ukjent mann, nabo?", ""):
        changes = {"role": "suspected", "known": "unknown", "name": "", "description": description}
        assert kari.post(home, typed(**changes)).status_code == 303
    page = text_of(kari, home)
    assert "Ukjent person (Ukjent mann, nabo?)" in page
    assert [queries.shown_name(each) for each in queries.exposed_of(concern)] == ["Ola Utsatt", "Eva Utsatt"]


def test_a_wrong_check_digit_keeps_what_was_typed(gjovik):
    kari, concern = client_for("kari"), way.opened()
    response = kari.post(
        f"/innboks/{concern.id}/personer", typed(id_number=NUMBER[:-1] + "9", notes="Bor hos søsteren")
    )
    assert response.status_code == 422
    page = response.content.decode()
    assert "Kontrollsifrene er feil" in page
    assert "Bor hos søsteren" in page
    assert not Person.objects.exists()


def test_before_somebody_has_opened_it_there_are_no_cards(gjovik):
    kari, concern = client_for("kari"), way.received()
    assert kari.get(f"/innboks/{concern.id}/personer")["Location"] == f"/innboks/{concern.id}"
    with pytest.raises(Refused, match="Åpne bekymringen først"):
        card_in(concern)


def test_a_closed_matter_takes_no_cards_and_says_so(gjovik):
    case = way.case()
    person = card_in(case.concern)
    move(concern=case.concern, to="closed", by=as_person("kari"))
    kari = client_for("kari")
    home = f"/innboks/{case.concern_id}/personer"
    assert "Ta den opp igjen først" in text_of(kari, home)
    for address in (home, f"/personer/{person.id}"):
        response = kari.post(address, typed(name="Ny Person", seen=str(person.version)))
        assert response.status_code == 422
        assert "Ta den opp igjen først" in response.content.decode()
        assert 'value="Ny Person"' in response.content.decode()
    assert Person.objects.count() == 1


# --- changing ---------------------------------------------------------------------------------------------------


def test_unknown_becomes_known_and_every_version_stays(gjovik):
    kari = client_for("kari")
    person = card_in(way.opened(), "suspected", known="unknown", name="Ukjent mann, nabo?")
    changes = typed(role="suspected", name="Nils Nabo", seen=str(person.version))
    assert kari.post(f"/personer/{person.id}", changes).status_code == 303
    page = text_of(kari, f"/personer/{person.id}")
    assert "«Ukjent mann, nabo?» ble «Nils Nabo»" in page
    assert "«Ukjent» ble «Kjent»" in page
    assert PersonVersion.objects.count() == 2


def test_saving_without_a_change_makes_no_version(gjovik):
    person = card_in(way.opened())
    actions.change_person(person=person, role="exposed", card=queries.card_of(person), seen=str(person.version),
                          by=as_person("kari"))  # fmt: skip
    assert PersonVersion.objects.count() == 1


def test_a_version_is_never_changed_or_deleted_by_the_offices_login(gjovik):
    card_in(way.opened())
    for statement in ("UPDATE persons_version SET by_name = 'x'", "DELETE FROM persons_version"):
        with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_two_tabs_the_loser_gets_both_texts_and_nothing_is_lost(gjovik):
    kari, tom = client_for("kari"), client_for("tom")
    person = card_in(way.opened())
    address, seen = f"/personer/{person.id}", str(person.version)
    assert kari.post(address, typed(notes="Kari skrev dette", seen=seen)).status_code == 303
    response = tom.post(address, typed(notes="Tom skrev dette", seen=seen))
    page = response.content.decode()
    assert response.status_code == 422
    for said in ("Kari Koordinator endret kortet", "Kari skrev dette", "Tom skrev dette", "Slik står kortet nå"):
        assert said in page
    now_there = Person.objects.get()
    assert queries.card_of(now_there).notes == "Kari skrev dette"
    assert f'value="{now_there.version}"' in page
    assert tom.post(address, typed(notes="Begge deler", seen=str(now_there.version))).status_code == 303
    assert PersonVersion.objects.count() == 3


@pytest.mark.parametrize("seen", ["", "tull", NOBODY])
def test_a_version_that_never_was_is_a_stale_one(gjovik, seen):
    person = card_in(way.opened())
    with pytest.raises(Changed):
        actions.change_person(person=person, role="other", card=Card(name="X Y"), seen=seen, by=as_person("kari"))


# --- address protection -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("level", ["confidential", "strict"])
def test_a_protected_address_is_on_no_page(gjovik, level):
    kari, case = client_for("kari"), way.case()
    person = card_in(case.concern, address=ADDRESS, notes="Rolig")
    other = card_in(case.concern, "relative", name="Eva Søster")
    told = Told("dog", "Stor hund", way.in_hours(48).date(), None, "Storgata 77B")
    warn(concern=case.concern, told=told, by=as_person("kari"))
    kari.post(f"/personer/{person.id}", typed(address=ADDRESS, protection=level, seen=str(person.version)))
    pages = [
        f"/personer/{person.id}", f"/personer/{other.id}", f"/innboks/{case.concern_id}", f"/saker/{case.id}",
        f"/innboks/{case.concern_id}/personer", f"/innboks/{case.concern_id}/stemme",
        f"/innboks/{case.concern_id}/advarsler",
    ]  # fmt: skip
    for address in pages:
        assert "Storgata" not in text_of(kari, address), address
    assert HIDDEN_ADDRESS in text_of(kari, f"/personer/{person.id}")
    assert HIDDEN_ADDRESS in text_of(kari, f"/innboks/{case.concern_id}/personer")


def test_a_protected_address_is_hidden_in_what_was_told_too(gjovik):
    kari, case = client_for("kari"), way.case(concern=lives_at("Storgata 77 B, 2815 Gjøvik"))
    assert "Storgata 77" in text_of(kari, f"/saker/{case.id}")
    card_in(case.concern, address=ADDRESS, protection="strict")
    for address in (f"/saker/{case.id}", f"/innboks/{case.concern_id}", f"/saker/{case.id}/overfor"):
        page = text_of(kari, address)
        assert "Storgata 77" not in page
        assert HIDDEN_ADDRESS in page
    shown = kari.post(f"/personer/{Person.objects.get().id}/adresse", WHY).content.decode()
    assert "Bosted, slik det ble meldt" in shown


def lives_at(address: str):
    """An opened concern about somebody who lives there."""
    from tenants.inbox.actions import open_concern, receive
    from tenants.inbox.models import Concern
    from tenants.inbox.told import Told as Reported

    way.person("kari")
    told = Reported(reporter_kind="privat", what=way.TELLER, who="Ola Utsatt", where_lives=address)
    by = Reader.for_purpose("intake", as_person("kari").office)
    got = receive(told=told, channel="web", by=by)
    return open_concern(concern=Concern.objects.get(id=got.concern_id), by=as_person("kari"))


def test_nobody_finds_a_protected_address_by_searching_for_it(gjovik):
    kari, concern = client_for("kari"), way.opened()
    person = card_in(concern, address=ADDRESS)
    assert "1 treff" in kari.post("/sok", {"sok": "Storgata"}).content.decode()
    kari.post(f"/personer/{person.id}", typed(address=ADDRESS, protection="strict", seen=str(person.version)))
    assert "Ingen treff" in kari.post("/sok", {"sok": "Storgata"}).content.decode()
    assert not PersonTerm.objects.filter(kind="place").exists()


def test_the_address_is_shown_once_for_a_reason_and_logged(gjovik):
    kari, case = client_for("kari"), way.case()
    person = card_in(case.concern, address=ADDRESS, protection="strict")
    address = f"/personer/{person.id}/adresse"
    assert kari.get(address).status_code == 405
    for wrong in ({"reason": ""}, {"reason": "nysgjerrig"}, {"text": " "}):
        refused = kari.post(address, WHY | wrong)
        assert refused.status_code == 422
        assert "Storgata" not in refused.content.decode()
    assert "Hente klær med politiet" in kari.post(address, WHY | {"reason": ""}).content.decode()
    assert not AddressLook.objects.exists()
    shown = kari.post(address, WHY)
    assert "Storgata 77 B" in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    current().flush()
    row = Entry.objects.get(what="persons.address")
    assert row.reason.endswith(": Noen skal dit")
    assert row.matter_id == case.concern_id


def test_why_the_address_was_shown_lies_sealed_in_the_matter_and_in_no_log(gjovik):
    case = way.case()
    person = card_in(case.concern, address=ADDRESS, protection="strict")
    client_for("kari").post(f"/personer/{person.id}/adresse", WHY)
    current().flush()
    look = AddressLook.objects.get()
    assert (look.reason, look.text, look.by_name) == ("visit", WHY["text"], "Kari Koordinator")
    assert "politiet" not in stored("persons_addresslook", "audit_entry")
    with seen_as("tom"):
        assert not AddressLook.objects.exists()
    for wrong in ({"reason": "x"}, {"text": " "}):
        with pytest.raises(Refused, match="Velg en grunn"):
            actions.see_address(person=person, by=as_person("kari"), **WHY | wrong)


def test_whom_break_glass_let_in_does_not_get_the_address(gjovik, monkeypatch):
    person = card_in(way.opened(), address=ADDRESS, protection="strict")
    monkeypatch.setattr("tenants.persons.access.held_by_right", lambda concern_id: False)
    with pytest.raises(PermissionDenied):
        actions.see_address(person=person, by=as_person("tom"), **WHY)


def test_a_protected_address_stays_when_the_field_is_left_empty_and_lifting_does_not_show_it(gjovik):
    kari = client_for("kari")
    person = card_in(way.opened(), address=ADDRESS, protection="confidential")
    address = f"/personer/{person.id}"
    assert "Storgata" not in text_of(kari, address)
    kari.post(address, typed(protection="strict", address="", seen=str(person.version)))
    person.refresh_from_db()
    assert queries.card_of(person).address == ADDRESS
    kari.post(address, typed(protection="none", address="", seen=str(person.version)))
    person.refresh_from_db()
    assert queries.card_of(person).address == ""
    assert "Storgata" not in text_of(kari, address)
    current().flush()
    assert Entry.objects.filter(what="persons.person", reason__contains="adressesperre opphevet").exists()


# --- merging ----------------------------------------------------------------------------------------------------


def test_a_merge_keeps_history_links_warnings_and_log(gjovik):
    kari, concern = client_for("kari"), way.opened()
    unknown = card_in(concern, "suspected", known="unknown", name="Ukjent mann, nabo?", description="Bruker briller")
    known = card_in(concern, "suspected", name="Nils Nabo", phone=PHONE)
    told = Told("weapon", "Har jaktvåpen", way.in_hours(48).date(), unknown)
    warn(concern=concern, told=told, by=as_person("kari"))
    current().flush()
    before = set(Entry.objects.values_list("id", flat=True))
    assert kari.post(f"/personer/{known.id}/sammen", {"other": str(unknown.id)}).status_code == 303
    page = text_of(kari, f"/personer/{known.id}")
    for said in ("Bruker briller", "Kort laget: Ukjent mann, nabo?", "Har jaktvåpen", "Slått sammen"):
        assert said in page
    old = text_of(kari, f"/personer/{unknown.id}")
    assert f'href="/personer/{known.id}"' in old
    assert "Lagre endringen" not in old
    assert [each.pk for each in queries.persons_of(concern)] == [known.pk]
    current().flush()
    assert before < set(Entry.objects.values_list("id", flat=True))
    assert Entry.objects.filter(what="persons.person", reason__contains="slått sammen med").exists()


def test_a_merged_card_is_still_found_by_what_stood_on_it(gjovik):
    concern = way.opened()
    keep, other = card_in(concern, name="Nils Nabo"), card_in(concern, name="Petter Pseudonym")
    actions.merge(keep=keep, other=other, by=as_person("kari"))
    assert "1 treff" in client_for("kari").post("/sok", {"sok": "Pseudonym"}).content.decode()


def test_a_merge_that_cannot_be_has_a_sentence(gjovik):
    kari, concern = client_for("kari"), way.opened()
    mine, elsewhere = card_in(concern), card_in(way.opened(), name="Eva Annen")
    for other, said in [
        (mine.id, "slås sammen med seg selv"),
        (elsewhere.id, "hver sin sak"),
        (uuid.UUID(NOBODY), "Velg et kort i denne saken"),
        ("tull", "Velg et kort i denne saken"),
    ]:
        response = kari.post(f"/personer/{mine.id}/sammen", {"other": str(other)})
        assert response.status_code == 422
        assert said in response.content.decode()
    assert not Person.objects.exclude(merged_into=None).exists()


def test_two_merge_at_once_and_the_second_is_told(gjovik):
    concern = way.opened()
    first, second, third = (card_in(concern, name=name) for name in ("En Kort", "To Kort", "Tre Kort"))
    stale = Person.objects.get(pk=third.pk)
    actions.merge(keep=first, other=third, by=as_person("kari"))
    with pytest.raises(Refused, match=r"alt slått sammen med et annet.*Kari Koordinator"):
        actions.merge(keep=second, other=stale, by=as_person("tom"))
    with pytest.raises(Refused, match="alt slått sammen"):
        actions.merge(keep=stale, other=second, by=as_person("tom"))
    assert Person.objects.get(pk=third.pk).merged_into_id == first.pk


def test_the_database_keeps_a_card_in_its_matter(gjovik):
    mine, elsewhere = card_in(way.opened()), card_in(way.opened())
    for statement, values in [
        ("UPDATE persons_person SET merged_into_id = %s WHERE id = %s", [elsewhere.id, mine.id]),
        ("UPDATE persons_person SET merged_into_id = %s WHERE id = %s", [mine.id, mine.id]),
        ("UPDATE persons_person SET concern_id = %s WHERE id = %s", [elsewhere.concern_id, mine.id]),
    ]:
        with (
            pytest.raises(ProgrammingError, match="stays in its matter"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement, values)


def test_a_merge_of_three_gathers_them_all(gjovik):
    concern = way.opened()
    a, b, c = (card_in(concern, name=name) for name in ("En Kort", "To Kort", "Tre Kort"))
    actions.merge(keep=b, other=c, by=as_person("kari"))
    b.refresh_from_db()
    actions.merge(keep=a, other=b, by=as_person("kari"))
    assert {each.pk for each in queries.same_as(Person.objects.get(pk=a.pk))} == {a.pk, b.pk, c.pk}
    assert len(queries.history(a)) == 5


# --- who sees it, and what a copy of the database holds ------------------------------------------------------------


def test_a_card_is_there_for_those_who_see_the_matter_and_nobody_else(gjovik):
    concern = way.opened()
    person = card_in(concern)
    deny(concern, "tom")
    for name, there in (("kari", 1), ("tom", 0), ("arne", 0)):
        with seen_as(name):
            assert [Person.objects.count(), PersonVersion.objects.count(), PersonTerm.objects.count() > 0] == (
                [there, there, bool(there)]
            )
    with presented(Reader(office=gjovik)):
        assert not Person.objects.exists()
    tom = client_for("tom")
    with seen_as("tom"):
        hidden, absent = tom.get(f"/personer/{person.id}"), tom.get(f"/personer/{uuid.uuid4()}")
    assert (hidden.status_code, absent.status_code) == (404, 404)
    assert hidden.content == absent.content


@pytest.mark.parametrize("end", ["", "/sammen", "/koble", "/koble-fra", "/adresse"])
def test_hidden_and_absent_answer_every_post_alike(gjovik, end):
    concern = way.opened()
    person = card_in(concern)
    deny(concern, "tom")
    tom = client_for("tom")
    with seen_as("tom"):
        answers = [
            tom.post(f"/personer/{key}{end}", typed(other=str(key), reason="x")) for key in (person.id, uuid.uuid4())
        ]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].content == answers[1].content
    assert PersonVersion.objects.count() == 1


def test_a_look_at_a_hidden_card_is_logged_as_denied(gjovik):
    concern = way.opened()
    person = card_in(concern)
    deny(concern, "tom")
    tom = client_for("tom")
    with seen_as("tom"):
        tom.get(f"/personer/{person.id}")
    assert way.logged("persons.person", "denied", person.id)


def test_a_copy_of_the_tables_holds_nothing_that_is_told(gjovik):
    concern = way.opened()
    card_in(concern, address=ADDRESS, phone=PHONE, id_number=NUMBER, notes="Gjemmer seg i kjelleren", relation="spouse")
    copy = stored("persons_person", "persons_version", "persons_term")
    assert "Kari Koordinator" in copy
    for said in ("Ola", "Utsatt", "Storgata", "611895", "61 18", NUMBER, "kjelleren", "spouse"):
        assert said not in copy
        assert said.encode().hex() not in copy


def test_a_destroyed_key_leaves_the_sentence(gjovik):
    kari, case = client_for("kari"), way.case()
    person = card_in(case.concern, address=ADDRESS, protection="strict")
    told = Told("dog", "Stor hund", way.in_hours(48).date(), person)
    warn(concern=case.concern, told=told, by=as_person("kari"))
    destroy(matter_id=case.concern_id, by=as_person("kari"))
    forget_keys()
    for address in (f"/personer/{person.id}", f"/innboks/{case.concern_id}/personer", f"/innboks/{case.concern_id}",
                    f"/saker/{case.id}", f"/innboks/{case.concern_id}/advarsler"):  # fmt: skip
        page = text_of(kari, address)
        assert GONE in page, address
        assert "Ola Utsatt" not in page
        assert "Stor hund" not in page
    response = kari.post(f"/personer/{person.id}", typed(name="Ny Ola", seen=str(person.version)))
    assert response.status_code == 422
    assert "slettet for godt" in response.content.decode()


def test_a_suspected_employee_leads_to_shutting_out(gjovik):
    person = card_in(way.opened(), "suspected", name="Sissel Sykepleier")
    assert f'href="/innboks/{person.concern_id}/tilgang">Steng' in text_of(client_for("kari"), f"/personer/{person.id}")
