"""A person or a place that comes again: found by those who see both matters, and by nobody else."""

import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.test.utils import CaptureQueriesContext

from tenants.inbox.actions import open_concern, receive
from tenants.inbox.models import Concern
from tenants.inbox.told import Told as Reported
from tenants.persons import actions, queries
from tenants.persons.models import Person, PersonLink, PersonTerm
from tenants.persons.repeats import repeats_of
from tests.cast import TEST, as_person, ref, seen_as
from tests.client import client_for
from tests.tenants import way
from tests.tenants.people import ADDRESS, NUMBER, PHONE, card_in, text_of, typed
from tests.tenants.test_hidden import deny
from varde.access import Reader
from varde.audit import tasks
from varde.audit.models import Entry, Finding, Rule
from varde.audit.trail import current
from varde.refusal import Refused
from varde.tenancy.work import work


def reasons(person: Person) -> list[str]:
    """Why the card comes again, matter by matter."""
    return [each.why for each in repeats_of(person.concern, [person])]


@pytest.mark.parametrize(
    ("here", "there", "why"),
    [
        ({"id_number": NUMBER}, {"name": "En Annen", "id_number": NUMBER}, "samme fødselsnummer"),
        ({"phone": PHONE}, {"name": "En Annen", "phone": "+47 61189500"}, "samme telefonnummer"),
        ({"name": "Nils Nabo"}, {"name": "NABO, nils"}, "samme navn"),
        ({"address": ADDRESS}, {"name": "En Annen", "address": "storgata 77b"}, "samme adresse"),
    ],
)
def test_the_same_person_or_place_comes_again(gjovik, here, there, why):
    mine = card_in(way.opened(), "suspected", **{"name": "Nils Nabo"} | here)
    card_in(way.opened(), "suspected", **there)
    assert reasons(mine) == [why]


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ({"name": "Nils Nabo"}, {"name": "Nils Olsen"}),
        ({"name": "Nils"}, {"name": "Nils"}),
        ({"known": "unknown", "name": "Ukjent mann"}, {"known": "unknown", "name": "Ukjent mann"}),
        ({"address": "2815 Gjøvik"}, {"name": "En Annen", "address": "2815 Gjøvik"}),
        ({"address": ADDRESS, "protection": "strict"}, {"name": "En Annen", "address": ADDRESS}),
        ({"address": ADDRESS}, {"name": "En Annen", "address": ADDRESS, "protection": "confidential"}),
    ],
)
def test_what_is_not_enough_or_is_protected_is_no_repeat(gjovik, here, there):
    mine = card_in(way.opened(), "suspected", **{"name": "Nils Nabo"} | here)
    card_in(way.opened(), "suspected", **there)
    assert reasons(mine) == []


def test_a_number_that_was_told_of_earlier_is_a_repeat(gjovik):
    told = Reported(reporter_kind="privat", what=way.TELLER, suspected=f"Nils, {PHONE}")
    got = receive(told=told, channel="web", by=Reader.for_purpose("intake", gjovik))
    open_concern(concern=Concern.objects.get(id=got.concern_id), by=as_person("kari"))
    assert reasons(card_in(way.opened(), "suspected", phone=PHONE)) == ["samme telefonnummer"]


def test_who_reported_is_no_repeat_and_no_hit(gjovik):
    """Who reported is shown for a reason that is kept; what is told of the others is found as before."""
    told = Reported(
        reporter_kind="privat", what=way.TELLER, suspected="Per Mistenkt", reporter_name="Mona Melder",
        reporter_phone=PHONE, safe_contact=f"SMS til {PHONE}",
    )  # fmt: skip
    got = receive(told=told, channel="web", by=Reader.for_purpose("intake", gjovik))
    open_concern(concern=Concern.objects.get(id=got.concern_id), by=as_person("kari"))
    assert reasons(card_in(way.opened(), "suspected", name="En Annen", phone=PHONE)) == []
    kari = client_for("kari")
    assert "1 treff" in kari.post("/sok", {"sok": "Mistenkt"}).content.decode()
    assert "Ingen treff" in kari.post("/sok", {"sok": "Mona Melder"}).content.decode()


def test_it_is_said_on_concern_case_and_card_by_the_cases_name(gjovik):
    kari, case = client_for("kari"), way.case()
    card_in(case.concern, "suspected", phone=PHONE)
    mine = card_in(way.opened(), "suspected", name="En Annen", phone=PHONE)
    for address in (f"/innboks/{mine.concern_id}", f"/personer/{mine.id}"):
        page = text_of(kari, address)
        assert case.name in page
        assert "samme telefonnummer" in page
    assert "samme telefonnummer" in text_of(kari, f"/saker/{case.id}")
    assert way.logged("inbox.concern", "list", case.concern_id)


def test_merged_cards_are_one_on_both_sides(gjovik):
    mine, theirs = way.opened(), way.opened()
    kept, gone = (card_in(mine, "suspected", name=name, phone=PHONE) for name in ("En Her", "To Her"))
    actions.merge(keep=kept, other=gone, by=as_person("kari"))
    there, merged = (card_in(theirs, "suspected", name=name, phone=PHONE) for name in ("En Der", "To Der"))
    actions.merge(keep=there, other=merged, by=as_person("kari"))
    (repeat,) = repeats_of(mine, queries.same_as(Person.objects.get(pk=kept.pk)))
    assert [(pair.mine.pk, pair.theirs.pk) for pair in repeat.pairs] == [(kept.pk, there.pk)]


def test_a_link_to_a_card_that_is_merged_later_is_kept(gjovik):
    mine, other = two_cards()
    kept = card_in(mine.concern, "suspected", name="Nils Nabo")
    actions.link(person=mine, other=other, by=as_person("kari"))
    actions.merge(keep=kept, other=mine, by=as_person("kari"))
    (repeat,) = repeats_of(kept.concern, queries.same_as(Person.objects.get(pk=kept.pk)))
    assert "koblet som samme person" in repeat.why
    assert [(pair.mine.pk, pair.link is not None) for pair in repeat.pairs] == [(kept.pk, True)]
    kari = client_for("kari")
    assert kari.post(f"/personer/{kept.id}/koble-fra", {"other": str(other.id)}).status_code == 303
    assert PersonLink.objects.get().ended_at is not None


def test_it_is_not_there_for_somebody_who_is_denied_the_other_matter(gjovik):
    other = card_in(way.opened(), "suspected", phone=PHONE)
    mine = card_in(way.opened(), "suspected", name="En Annen", phone=PHONE)
    alone = card_in(way.opened(), "suspected", name="En Tredje", phone="61 18 95 99")
    deny(other.concern, "tom")
    tom = client_for("tom")
    with seen_as("kari"):
        assert reasons(mine) == ["samme telefonnummer"]
    with seen_as("tom"):
        assert not PersonTerm.objects.filter(concern=other.concern).exists()
        assert reasons(mine) == []
        page, lonely = text_of(tom, f"/personer/{mine.id}"), text_of(tom, f"/personer/{alone.id}")
    for word in ("andre saker", "Også i", "samme telefonnummer", str(other.concern_id)):
        assert word not in page
        assert word not in lonely


def test_the_number_of_queries_does_not_grow_with_the_repeats(gjovik):
    mine = card_in(way.opened(), "suspected", phone=PHONE)

    def counted() -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            repeats_of(mine.concern, [mine])
        return len(found)

    card_in(way.opened(), name="En Annen", phone=PHONE)
    first = counted()
    for _ in range(5):
        card_in(way.opened(), name="En Annen", phone=PHONE)
    assert counted() == first


# --- links ------------------------------------------------------------------------------------------------------


def two_cards() -> tuple[Person, Person]:
    """The same phone in two matters."""
    return card_in(way.opened(), "suspected", phone=PHONE), card_in(
        way.opened(), "suspected", phone=PHONE, name="N. Nabo"
    )


def test_a_link_is_laid_shown_on_both_sides_and_taken_back(gjovik):
    kari = client_for("kari")
    mine, other = two_cards()
    assert kari.post(f"/personer/{mine.id}/koble", {"other": str(other.id)}).status_code == 303
    assert kari.post(f"/personer/{other.id}/koble", {"other": str(mine.id)}).status_code == 303
    assert PersonLink.objects.count() == 1
    for person in (mine, other):
        page = text_of(kari, f"/personer/{person.id}")
        assert "koblet som samme person" in page
        assert "Ikke samme person" in page
    assert kari.post(f"/personer/{other.id}/koble-fra", {"other": str(mine.id)}).status_code == 303
    assert "koblet som samme person" not in text_of(kari, f"/personer/{mine.id}")
    assert PersonLink.objects.get().ended_by_name == "Kari Koordinator"


def test_a_link_is_there_only_for_those_who_see_both(gjovik):
    mine, other = two_cards()
    actions.link(person=mine, other=other, by=as_person("kari"))
    deny(other.concern, "tom")
    with seen_as("kari"):
        assert PersonLink.objects.count() == 1
    with seen_as("tom"):
        assert PersonLink.objects.count() == 0
        assert reasons(mine) == []


def test_the_log_of_one_matter_does_not_tell_of_the_link(gjovik):
    mine, other = two_cards()
    actions.link(person=mine, other=other, by=as_person("kari"))
    current().flush()
    rows = Entry.objects.filter(matter_id=mine.concern_id, what="persons.person", action="change")
    assert rows.exists()
    assert not any(str(other.id)[:8] in row.reason or "kobl" in row.reason for row in rows)


def test_nobody_links_to_a_matter_they_do_not_see(gjovik):
    mine, other = two_cards()
    deny(other.concern, "tom")
    tom = client_for("tom")
    with seen_as("tom") as by:
        for key in (other.id, uuid.uuid4()):
            response = tom.post(f"/personer/{mine.id}/koble", {"other": str(key)})
            assert response.status_code == 422
            assert "Velg et kort" in response.content.decode()
        with pytest.raises(PermissionDenied):
            actions.link(person=mine, other=other, by=by)
        with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO persons_link"
                " (id, concern_id, other_id, person_id, other_person_id, at, by_name, ended_by_name)"
                " VALUES (gen_random_uuid(), %s, %s, %s, %s, now(), 'x', '')",
                [mine.concern_id, other.concern_id, mine.id, other.id],
            )


def test_two_cards_of_one_matter_are_merged_and_not_linked(gjovik):
    concern = way.opened()
    with pytest.raises(Refused, match="Slå dem sammen"):
        actions.link(person=card_in(concern), other=card_in(concern), by=as_person("kari"))


# --- the search -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed_words", "found"),
    [
        ("Nils Nabo", True),
        ("nabo", True),
        (NUMBER, True),
        ("61189500", True),
        ("Storgata", True),
        ("Nils 61 18 95 00", True),
        ("Ola Nabo", True),
        ("Nab", False),
        ("Storg", False),
        ("Nils Olsen", False),
    ],
)
def test_one_search_finds_what_was_told_and_what_stands_on_cards(gjovik, typed_words, found):
    card_in(way.opened(), "suspected", name="Nils Nabo", id_number=NUMBER, phone=PHONE, address=ADDRESS)
    page = client_for("kari").post("/sok", {"sok": typed_words}).content.decode()
    assert ("1 treff" in page) is found


def test_a_corrected_name_is_found_and_the_wrong_one_is_not(gjovik):
    kari, person = client_for("kari"), card_in(way.opened(), "suspected", name="Nils Feilstavet")
    kari.post(f"/personer/{person.id}", typed(role="suspected", name="Nils Riktig", seen=str(person.version)))
    assert "1 treff" in kari.post("/sok", {"sok": "Riktig"}).content.decode()
    assert "Ingen treff" in kari.post("/sok", {"sok": "Feilstavet"}).content.decode()


def test_the_search_finds_nothing_in_a_matter_one_is_denied(gjovik):
    person = card_in(way.opened(), "suspected", name="Nils Nabo")
    deny(person.concern, "tom")
    tom = client_for("tom")
    with seen_as("tom"):
        assert "Ingen treff" in tom.post("/sok", {"sok": "Nils Nabo"}).content.decode()


def test_who_looks_at_a_matter_with_the_own_name_on_a_card_is_asked(house):
    with work(ref("gjovik"), TEST):
        way.person("kari")
        person = card_in(way.opened(), "suspected", by="kari", name="Kari Koordinator")
    with work(ref("gjovik"), TEST), seen_as("kari") as kari:
        from tenants.persons.access import person_for

        assert queries.shown_name(person_for(kari, person.id)) == "Kari Koordinator"
    tasks.look_for_odd.run(ref("gjovik"))
    with work(ref("gjovik"), TEST):
        assert Finding.objects.filter(rule=Rule.OWN_NAME).count() == 1
