"""Cards on the pages: laid, changed with every version kept, hidden and sealed."""

import uuid

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from tenants.inbox.actions import move
from tenants.persons import actions, queries
from tenants.persons.card import Card
from tenants.persons.models import Person, PersonTerm, PersonVersion
from tenants.persons.spoken_actions import Told, warn
from tests.cast import as_person, seen_as
from tests.client import client_for
from tests.tenants import way
from tests.tenants.keys import forget_keys
from tests.tenants.people import ADDRESS, NUMBER, PHONE, card_in, stored, text_of, typed
from tests.tenants.test_hidden import deny
from varde.access import Reader
from varde.access.ticket import presented
from varde.privacy.actions import destroy
from varde.refusal import Overtaken, Refused
from varde.ui.gone import GONE

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


def test_the_first_card_is_filled_from_what_was_told_and_saved_only_when_somebody_presses(gjovik):
    kari, concern = client_for("kari"), way.opened(who="Gudrun Lien, 81 år")
    home = f"/innboks/{concern.id}/personer"
    first = text_of(kari, home)
    assert all(words in first for words in ("Fylt ut fra meldingen", 'value="Gudrun Lien"', "81 år"))
    assert not Person.objects.exists()
    kari.post(home, typed(name="Gudrun Lien"))
    after = text_of(kari, home)
    assert "Fylt ut fra meldingen" not in after
    assert 'value="Gudrun Lien"' not in after


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
    assert "Gjenåpne den først" in text_of(kari, home)
    for address in (home, f"/personer/{person.id}"):
        response = kari.post(address, typed(name="Ny Person", seen=str(person.version)))
        assert response.status_code == 422
        assert "Gjenåpne den først" in response.content.decode()
        assert 'value="Ny Person"' in response.content.decode()
    assert Person.objects.count() == 1


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
    for said in ("Kari Koordinator var først ute", "Kari skrev dette", "Tom skrev dette", "Slik står det nå"):
        assert said in page
    now_there = Person.objects.get()
    assert queries.card_of(now_there).notes == "Kari skrev dette"
    assert f'value="{now_there.version}"' in page
    assert tom.post(address, typed(notes="Begge deler", seen=str(now_there.version))).status_code == 303
    assert PersonVersion.objects.count() == 3


@pytest.mark.parametrize("seen", ["", "tull", NOBODY])
def test_a_version_that_never_was_is_a_stale_one(gjovik, seen):
    person = card_in(way.opened())
    with pytest.raises(Overtaken):
        actions.change_person(person=person, role="other", card=Card(name="X Y"), seen=seen, by=as_person("kari"))


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
