"""Olga takes a call, sends it on and has nothing left of it."""

import uuid

import pytest
from django.http import Http404

from regional.hotline import access, actions
from regional.hotline.handlers import note_opened
from regional.hotline.models import Call
from regional.hotline.states import WrongMove
from shared.contracts import Opened
from shared.post import keys
from shared.post.handlers import Envelope
from shared.post.models import SealedLetter
from tests.cast import as_person, ref
from varde.access import Role
from varde.access.reader import Reader
from varde.clock import now

TOLD = {"reporter_kind": "privat", "what": "Hun får ikke lov til å gå ut.", "where_lives": "Hunndalen"}


@pytest.fixture
def olga(gjovikregionen):
    return as_person("olga")


def other_operator() -> Reader:
    office = as_person("olga").office
    return Reader(office=office, user_id=uuid.uuid4(), name="Ola", roles=frozenset({Role.OPERATOR}))


def forwarded(olga) -> Call:
    call = actions.start_call(by=olga)
    return actions.forward(call_id=call.id, told=TOLD, to=ref("gjovik").id, by=olga)


def test_a_forwarded_call_keeps_no_content(olga):
    call = forwarded(olga)
    kept = Call.objects.get(id=call.id)
    assert (kept.told, kept.state, kept.kommune) == ({}, "forwarded", ref("gjovik").id)
    assert SealedLetter.objects.get(id=kept.letter_id).recipient == ref("gjovik").id


def test_the_operator_cannot_read_a_forwarded_call(olga):
    call = forwarded(olga)
    with pytest.raises(Http404):
        access.open_call(call.id, olga)


def test_another_operator_never_sees_the_call(olga):
    call = actions.start_call(by=olga)
    for getter in (access.open_call, access.own_call_locked):
        with pytest.raises(Http404):
            getter(call.id, other_operator())
    assert access.list_open(other_operator()) == []


def test_two_clicks_give_one_letter(olga):
    call = forwarded(olga)
    again = actions.forward(call_id=call.id, told=TOLD, to=ref("ostre-toten").id, by=olga)
    assert (again.kommune, SealedLetter.objects.count()) == (ref("gjovik").id, 1)


@pytest.mark.parametrize("slug", ["nabo", "vestre-toten", "naboregionen"])
def test_only_a_kommune_of_the_region_with_a_team_can_receive(olga, slug):
    call = actions.start_call(by=olga)
    with pytest.raises(actions.NotARecipient):
        actions.forward(call_id=call.id, told=TOLD, to=ref(slug).id, by=olga)
    assert SealedLetter.objects.count() == 0


def test_a_kommune_without_a_key_loses_nothing(olga, monkeypatch):
    call = actions.start_call(by=olga)
    actions.save_draft(call_id=call.id, told=TOLD, by=olga)

    def no_key(recipient):
        raise keys.NoKey

    monkeypatch.setattr(keys, "key_for", no_key)
    with pytest.raises(keys.NoKey):
        actions.forward(call_id=call.id, told=TOLD, to=ref("gjovik").id, by=olga)
    assert Call.objects.get(id=call.id).told == TOLD


def test_a_call_that_was_no_concern_is_counted_and_emptied(olga):
    call = actions.start_call(by=olga)
    actions.save_draft(call_id=call.id, told=TOLD, by=olga)
    ended = actions.end(call_id=call.id, kind="wrong_number", by=olga)
    assert (ended.state, ended.kind, ended.told) == ("ended", "wrong_number", {})
    with pytest.raises(WrongMove):
        actions.save_draft(call_id=call.id, told=TOLD, by=olga)


def opened_by(slug: str, call: Call) -> None:
    letter = Opened(handover=call.letter_id, reference=call.reference, at=now())
    region = Reader.for_purpose("post", ref("gjovikregionen"))
    note_opened(letter, Envelope(uuid.uuid4(), ref(slug), now()), region)


def test_the_list_says_when_a_person_has_opened_it(olga):
    call = forwarded(olga)
    assert access.list_past(olga)[0].state.label == "Sendt, ikke levert ennå"
    opened_by("gjovik", call)
    assert access.list_past(olga)[0].state.label == "Åpnet av et menneske"


def test_another_kommune_cannot_say_that_it_is_opened(olga):
    call = forwarded(olga)
    opened_by("ostre-toten", call)
    assert Call.objects.get(id=call.id).opened_at is None
