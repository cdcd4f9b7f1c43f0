"""Two cards of one person: merged, by two at once too, and never across matters."""

import uuid

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from tenants.persons import actions, queries
from tenants.persons.models import Person
from tenants.persons.spoken_actions import Told, warn
from tests.cast import as_person
from tests.client import client_for
from tests.tenants import way
from tests.tenants.people import PHONE, card_in, text_of
from varde.audit.models import Entry
from varde.audit.trail import current
from varde.refusal import Refused

NOBODY = "00000000-0000-4000-8000-00000000dead"


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
