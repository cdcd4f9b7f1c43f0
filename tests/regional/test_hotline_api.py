"""A telephone system announces calls: told once, masked, and never a word more than it must."""

import json
from datetime import timedelta

import pytest
from django.db import connection

from regional.hotline import announcing_actions
from regional.hotline.models import Call, CallEvent
from regional.hotline.ringing import BadCall, mask, read
from tests.cast import ref
from tests.client import anonymous, client_for
from tests.regional.declared import declare
from varde.access.reader import Reader
from varde.audit.models import Entry
from varde.clock import now
from varde.machines.actions import give
from varde.machines.auth import PerMachine

NUMBER = "+4790123467"


def a_token(*scopes: str) -> str:
    setup = Reader.for_purpose("setup", ref("gjovikregionen"))
    return give(name="Sentralbordet", scopes=scopes or ("calls",), days=30, by=setup)[1]


@pytest.fixture
def post(gjovikregionen):
    client, token = anonymous("gjovikregionen"), a_token()

    def send(body=None, *, token=token, raw=None, kind="application/json", **headers):
        head = {"authorization": f"Bearer {token}"} if token else {}
        data = raw if raw is not None else json.dumps(body)
        return client.post("/api/v1/calls", data, content_type=kind, headers=head | headers)

    return send


def ring(post, call_id="a-1", **more):
    return post({"call_id": call_id, "from": NUMBER} | more)


def test_a_call_is_announced_and_has_a_reference(post):
    answer = ring(post)
    call = Call.objects.get()
    assert answer.status_code == 201
    assert answer.json()["reference"] == call.reference
    assert (call.state, call.operator, call.masked, call.external_id) == ("ringing", None, "67", "a-1")
    assert answer["Cache-Control"] == "no-store"


def test_the_same_again_is_the_same_call(post):
    first, again = ring(post), ring(post)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert (Call.objects.count(), CallEvent.objects.count()) == (1, 1)


def test_the_same_call_in_other_words_is_refused(post):
    ring(post)
    other = ring(post, **{"from": "+4790999999"})
    assert (other.status_code, other["Content-Type"]) == (409, "application/problem+json")
    assert Call.objects.get().masked == "67"


def test_the_number_of_the_call_may_stand_in_the_header(post):
    post({"from": NUMBER}, **{"idempotency-key": "b-2"})
    assert Call.objects.get().external_id == "b-2"


def test_hung_up_before_anybody_took_it_is_missed(post):
    ring(post)
    ended = post({"call_id": "a-1", "event": "ended"})
    call = Call.objects.get()
    assert (ended.json()["state"], call.state) == ("missed", "missed")
    assert call.missed_at == call.hung_up_at == call.ended_at


def test_who_lifts_the_telephone_ends_the_wait(post):
    at = now() - timedelta(seconds=30)
    ring(post, at=at.isoformat())
    post({"call_id": "a-1", "event": "answered", "at": (at + timedelta(seconds=7)).isoformat()})
    call = Call.objects.get()
    assert (call.answered_at - call.announced_at, call.state) == (timedelta(seconds=7), "ringing")


def test_one_that_was_lifted_and_not_written_down_is_not_to_be_rung_back(post):
    ring(post)
    for event in ("answered", "ended"):
        assert post({"call_id": "a-1", "event": event}).status_code == 201
    assert Call.objects.get().state == "missed"
    declare("olga")
    page = client_for("olga").get("/vakttelefon").content.decode()
    assert "Løftet, men ikke ført" in page
    assert "Før samtalen" in page
    assert "Ring opp" not in page


def test_the_end_of_a_call_that_was_never_announced_is_not_found(post):
    answer = post({"call_id": "a-9", "event": "ended"})
    assert (answer.status_code, Call.objects.count()) == (404, 0)
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"call_id": ""}, "call_id"),
        ({"call_id": "x" * 65}, "call_id"),
        ({"call_id": 7}, "call_id"),
        ({}, "call_id"),
        ({"call_id": "a", "event": "rings"}, "event"),
        ({"call_id": "a", "from": "90123467"}, "from"),
        ({"call_id": "a", "from": "anonymous"}, "from"),
        ({"call_id": "a", "to": "withheld"}, "to"),
        ({"call_id": "a", "to": ["+4790123467"]}, "to"),
        ({"call_id": "a", "at": "2026-01-01T12:00:00"}, "at"),
        ({"call_id": "a", "at": "i går"}, "at"),
        ({"call_id": "a", "name": "Kari"}, "name"),
    ],
)
def test_every_fault_is_said_by_field(post, body, field):
    answer = post(body)
    assert (answer.status_code, Call.objects.count()) == (400, 0)
    assert field in [entry["field"] for entry in answer.json()["errors"]]


@pytest.mark.parametrize("minutes", [-6, 6])
def test_what_was_said_long_ago_is_an_old_message_sent_again(post, minutes):
    answer = ring(post, at=(now() + timedelta(minutes=minutes)).isoformat())
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == "at"


@pytest.mark.parametrize("raw", ["", "[]", "{", '"x"', "[" * 5000])
def test_what_is_no_object_is_refused(post, raw):
    answer = post(raw=raw)
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")


def test_other_types_and_long_texts_are_refused(post):
    assert post(raw="call_id=a", kind="text/plain").status_code == 415
    assert post(raw='{"call_id": "' + "x" * 20_000 + '"}').status_code == 413


@pytest.mark.parametrize("token", ["", "varde_wrong", "x" * 3000])
def test_without_a_token_nothing_is_heard(post, token):
    answer = post({"call_id": "a"}, token=token)
    assert (answer.status_code, answer["WWW-Authenticate"], Call.objects.count()) == (401, "Bearer", 0)


def test_a_token_for_something_else_is_not_for_this(post):
    assert post({"call_id": "a"}, token=a_token("lines", "releases")).status_code == 403


def test_a_machine_gone_wild_is_slowed(post, monkeypatch):
    monkeypatch.setattr(PerMachine, "rate", "2/min")
    statuses = [ring(post, f"w-{at}").status_code for at in range(3)]
    assert statuses == [201, 201, 429]


def test_a_withheld_number_is_nowhere(post):
    ring(post, **{"from": "withheld"})
    call = Call.objects.get()
    assert (call.masked, call.caller) == ("withheld", "")


def test_the_number_lies_closed_and_stands_in_no_log(post):
    ring(post)
    with connection.cursor() as cursor:
        cursor.execute("SELECT hotline_call::text FROM hotline_call")
        assert "90123467" not in cursor.fetchone()[0]
        cursor.execute("SELECT hotline_event::text FROM hotline_event")
        assert "90123467" not in cursor.fetchone()[0]
    assert not [row for row in Entry.objects.all() if "90123467" in " ".join(map(str, row.__dict__.values()))]


def test_the_log_says_which_machine_it_was(post):
    ring(post)
    assert Entry.objects.filter(what="hotline.call.announced").get().reason == "Sentralbordet"


def test_a_system_that_died_does_not_ring_for_ever(post):
    ring(post)
    Call.objects.update(started_at=now() - announcing_actions.LONGEST_RING - timedelta(seconds=1))
    ring(post, "a-2")
    machine = Reader.for_purpose("machine", ref("gjovikregionen"))
    assert announcing_actions.stop_ringing(by=machine) == 1
    assert sorted(Call.objects.values_list("state", flat=True)) == ["missed", "ringing"]


def test_the_description_names_the_door(post):
    schema = anonymous("gjovikregionen").get("/api/schema").json()
    assert "/api/v1/calls" in schema["paths"]
    assert schema["paths"]["/api/v1/calls"]["post"]["security"]


@pytest.mark.parametrize(
    ("number", "shown"), [("+4790123467", "67"), ("withheld", "withheld"), ("", ""), ("110", ""), ("116117", "")]
)
def test_of_a_number_the_last_two_digits_are_seen(number, shown):
    assert mask(number) == shown


def test_short_numbers_are_numbers():
    assert read({"call_id": "a", "to": "116006"}, "", now()).to == "116006"
    with pytest.raises(BadCall):
        read({"call_id": "a", "to": "12"}, "", now())
