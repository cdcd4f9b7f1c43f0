"""Olga takes a call, sends it on and has nothing left of it."""

import uuid

import pytest
from django.db import connection
from django.http import Http404

from regional.hotline import access, actions, rows
from regional.hotline.handlers import note_opened
from regional.hotline.models import Call
from regional.hotline.states import WrongMove
from shared.contracts import Opened
from shared.post import keys
from shared.post.handlers import Envelope
from shared.post.models import SealedLetter
from tests.cast import as_person, ref, seen_as
from tests.regional.declared import declare
from varde.access import Role
from varde.access.reader import Reader
from varde.access.ticket import presented
from varde.clock import now
from varde.identity.models import RoleGrant
from varde.privacy.models import DataKey

TOLD = {"reporter_kind": "privat", "what": "Hun får ikke lov til å gå ut.", "where_lives": "Hunndalen"}


@pytest.fixture
def olga(gjovikregionen):
    declare("olga")
    return as_person("olga")


def other_operator() -> Reader:
    office = as_person("olga").office
    return Reader(office=office, user_id=uuid.uuid4(), name="Ola", roles=frozenset({Role.OPERATOR}))


def forwarded(olga) -> Call:
    call = actions.start_call(by=olga)
    return actions.forward(call_id=call.id, told=TOLD, to=ref("gjovik").id, by=olga)


def test_a_sent_call_is_its_operators_to_read_until_the_kommune_has_stored_it(olga):
    call = forwarded(olga)
    kept = Call.objects.get(id=call.id)
    assert (kept.told, kept.state, kept.kommune, kept.place) == (TOLD, "sent", ref("gjovik").id, "3407")
    assert SealedLetter.objects.get(id=kept.letter_id).recipient == ref("gjovik").id
    assert access.readable_call(call.id, olga).told == TOLD


def test_a_sent_call_is_not_written_in(olga):
    call = forwarded(olga)
    with pytest.raises(Http404):
        access.open_call(call.id, olga)
    with pytest.raises(WrongMove):
        actions.save_draft(call_id=call.id, told={}, by=olga)


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


def waiting(olga, told=TOLD) -> Call:
    call = actions.start_call(by=olga)
    return actions.save_draft(call_id=call.id, told=told, by=olga)


def kept(call: Call) -> tuple[bytes, bool]:
    """The stored bytes of what was told, and whether its key still lives."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT told FROM hotline_call WHERE id = %s", [call.id])
        told = bytes(cursor.fetchone()[0])
    return told, DataKey.objects.filter(id=call.id, destroyed_at__isnull=True).exists()


def test_what_is_told_lies_closed_under_the_calls_own_key(olga):
    told, lives = kept(call := waiting(olga))
    assert lives
    assert told[1:17] == call.id.bytes
    assert b"lov til" not in told


def test_when_the_call_was_no_concern_its_key_is_destroyed(olga):
    call = waiting(olga)
    actions.end(call_id=call.id, kind="advice", by=olga)
    assert kept(call) == (b"", False)


def test_when_the_call_is_sent_its_key_lives_until_somebody_else_has_the_words(olga):
    call = waiting(olga)
    actions.forward(call_id=call.id, told=TOLD, to=ref("gjovik").id, by=olga)
    told, lives = kept(call)
    assert (bool(told), lives) == (True, True)


def by_the_database(reader: Reader) -> tuple[int, int, int]:
    """How many calls and keys of calls the database shows a reader, and how many calls it lets them change."""
    ids = list(Call.objects.values_list("id", flat=True))
    with presented(reader):
        shown, keys_shown = Call.objects.count(), DataKey.objects.filter(id__in=ids).count()
        return shown, keys_shown, Call.objects.update(kind="spam")


def test_the_database_shows_a_call_to_its_own_operator_and_counts_to_the_host(olga):
    waiting(olga)
    with seen_as("liv") as liv:
        assert by_the_database(liv) == (0, 0, 0)
    RoleGrant.objects.filter(user_id=liv.user_id).update(role=Role.HOST_ADMINISTRATOR)
    assert by_the_database(liv) == (1, 0, 0)
    assert by_the_database(other_operator()) == (0, 0, 0)
    assert by_the_database(olga) == (1, 1, 1)


@pytest.mark.parametrize(("purpose", "opens"), [("keys", 1), ("post", 0), ("reminders", 0), ("intake", 0)])
def test_of_the_purposes_only_that_of_the_keys_opens_a_call(olga, purpose, opens):
    call = waiting(olga)
    with presented(Reader.for_purpose(purpose, ref("gjovikregionen"))):
        assert DataKey.objects.filter(id=call.id).count() == opens


def test_a_call_that_is_over_is_opened_by_nobody(olga):
    call = waiting(olga)
    Call.objects.filter(id=call.id).update(state="ended")
    with presented(olga):
        assert not DataKey.objects.filter(id=call.id).exists()


def test_the_operator_does_it_all_with_her_own_rights(olga):
    with seen_as("olga") as by:
        call = waiting(by)
        actions.forward(call_id=call.id, told=TOLD, to=ref("gjovik").id, by=by)
        assert access.list_past(by)[0].reference == call.reference
        other = waiting(by)
        actions.end(call_id=other.id, kind="advice", by=by)
    assert kept(other) == (b"", False)


def test_a_reference_that_is_taken_is_drawn_anew(olga, monkeypatch):
    drawn = iter(["V-1", "V-1", "V-2"])
    monkeypatch.setattr(rows, "new_reference", lambda _choice: next(drawn))
    assert [actions.start_call(by=olga).reference for _ in range(2)] == ["V-1", "V-2"]


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
