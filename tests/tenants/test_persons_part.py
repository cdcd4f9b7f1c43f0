"""Two cards that were merged are two again: each says what it said before, but for what was changed since."""

import pytest
from django.db import transaction
from django.db.utils import DatabaseError
from hypothesis import given
from hypothesis import strategies as st

from tenants.inbox.actions import move
from tenants.persons import actions, queries
from tenants.persons.card import Card, filled_from, without
from tenants.persons.models import Person, PersonParted
from tenants.persons.repeats import repeats_of
from tenants.persons.spoken_actions import write_voice
from tenants.persons.voice import Said
from tests.cast import as_person, seen_as
from tests.client import client_for
from tests.tenants import way
from tests.tenants.people import PHONE, card_in, stored, text_of
from varde.clock import now
from varde.refusal import Refused

WHY = "Nils har en bror"
WORDS = st.sampled_from(["", "Nils", "Ola", "61 18 95 00"])
CARDS = st.builds(Card, name=WORDS, phone=WORDS, address=WORDS, notes=WORDS)


@given(CARDS, CARDS)
def test_parting_undoes_a_merge(kept, other):
    after = filled_from(kept, other)
    assert without(after, kept, after) == kept


@given(CARDS, CARDS, CARDS)
def test_what_was_written_since_stays(kept, other, since):
    after = filled_from(kept, other)
    parted = without(since, kept, after)
    for name in ("name", "phone", "address", "notes"):
        own = getattr(since, name)
        assert getattr(parted, name) == (getattr(kept, name) if own == getattr(after, name) else own)


def merged(**known):
    """Kari took two brothers for one, and has written the name right since."""
    concern = way.opened()
    keep = card_in(concern, "suspected", name="Nils", address="Bakkegata 3")
    other = card_in(concern, "suspected", **{"name": "Per Hansen", "phone": PHONE} | known)
    said = Said("other", "Vil ikke snakke")
    write_voice(concern=concern, person=other, stage="start", said=said, by=as_person("kari"))
    actions.merge(keep=keep, other=other, by=as_person("kari"))
    keep.refresh_from_db()
    card, seen = Card(name="Nils Hansen", address="Bakkegata 3", phone=PHONE), str(keep.version)
    actions.change_person(person=keep, role="suspected", card=card, seen=seen, by=as_person("kari"))
    return concern, keep, other


def test_the_cards_are_parted_on_the_page_and_each_is_what_it_was(gjovik):
    kari = client_for("kari")
    concern, keep, other = merged()
    elsewhere = card_in(way.opened(), "suspected", name="En Annen", phone=PHONE)
    assert repeats_of(elsewhere.concern, [elsewhere])[0].pairs[0].theirs.pk == keep.pk
    assert f"/personer/{other.id}#skill" in text_of(kari, f"/personer/{keep.id}")
    assert kari.post(f"/personer/{other.id}/skill", {"reason": WHY}).status_code == 303
    found = {each.pk: queries.card_of(each) for each in queries.persons_of(concern)}
    assert found == {
        keep.pk: Card(name="Nils Hansen", address="Bakkegata 3"),
        other.pk: Card(name="Per Hansen", phone=PHONE),
    }
    assert queries.voice_of(concern)[0].person_id == other.pk
    assert repeats_of(elsewhere.concern, [elsewhere])[0].pairs[0].theirs.pk == other.pk
    for card in (keep, other):
        page = text_of(kari, f"/personer/{card.id}")
        assert WHY in page
        assert "Skill kortene" not in page
    assert "Lagre endringen" in page
    assert WHY.encode().hex() not in stored("persons_parted")
    assert way.logged("persons.person", "change", concern.pk)
    assert len(queries.history(Person.objects.get(pk=keep.pk))) == 4  # made, merged, changed, parted


def test_of_two_who_part_the_second_is_told_and_a_reason_is_asked_for(gjovik):
    kari = client_for("kari")
    other = merged()[2]
    empty = kari.post(f"/personer/{other.id}/skill", {"reason": ""})
    assert (empty.status_code, "Skriv kort hvorfor kortene skilles." in empty.content.decode()) == (422, True)
    actions.part(other=other, reason=WHY, by=as_person("kari"))
    late = kari.post(f"/personer/{other.id}/skill", {"reason": "Det samme"})
    assert late.status_code == 422
    assert "alt skilt" in late.content.decode()
    assert "Det samme" in late.content.decode()
    assert PersonParted.objects.count() == 1


def test_what_cannot_be_parted_says_so(gjovik):
    concern, keep, other = merged()
    third = card_in(concern, name="Tredje")
    actions.merge(keep=third, other=Person.objects.get(pk=keep.pk), by=as_person("kari"))
    with pytest.raises(Refused, match="selv slått sammen"):
        actions.part(other=other, reason=WHY, by=as_person("kari"))
    actions.part(other=keep, reason=WHY, by=as_person("kari"))
    actions.part(other=other, reason=WHY, by=as_person("kari"))
    assert {each.pk for each in queries.persons_of(concern)} == {keep.pk, other.pk, third.pk}
    actions.merge(keep=keep, other=Person.objects.get(pk=other.pk), by=as_person("kari"))
    move(concern=concern, to="in_progress", by=as_person("kari"))
    move(concern=concern, to="closed", by=as_person("kari"))
    with pytest.raises(Refused, match="lukket"):
        actions.part(other=other, reason=WHY, by=as_person("kari"))


def test_those_outside_part_nothing(gjovik):
    case = way.case()
    keep, other = card_in(case.concern), card_in(case.concern, name="Per Hansen")
    actions.merge(keep=keep, other=other, by=as_person("kari"))
    answer = client_for("tom").post(f"/personer/{other.id}/skill", {"reason": WHY})
    assert (answer.status_code, Person.objects.get(pk=other.pk).merged_into_id) == (404, keep.pk)
    elsewhere = card_in(way.opened(by="tom"), by="tom")
    with seen_as("tom"), pytest.raises(DatabaseError), transaction.atomic():
        PersonParted(
            concern_id=elsewhere.concern_id, person=elsewhere, other_person=other, merged_at=now(), merged_by_name="x",
            reason="x", at=now(), by_user=as_person("tom").user_id, by_name="Tom",
        ).save()  # fmt: skip
