"""A flood never stops a report: it is received, answered 201, and at most laid aside for later sorting."""

import base64
import copy
import json
import re

import pytest

from tenants.inbox import challenge, limits
from tenants.inbox.models import ClientKey, Concern
from tests.cast import inside, ref
from tests.client import anonymous, client_for
from tests.tenants.flood import (
    CONTRACT,
    DOORS,
    ELSEWHERE,
    HERE,
    api,
    asked_for,
    check,
    empty,
    key_on,
    payload,
    solution_of,
    stop_the_clock,
    stored,
    web,
)

KEY = "0123456789abcdef0123456789abcdef"
OTHER = "f" * 32


@pytest.fixture(autouse=True)
def frozen(monkeypatch):
    stop_the_clock(monkeypatch)
    monkeypatch.setattr(challenge, "COST", 1)
    monkeypatch.setattr(challenge, "TRIES", range(20, 40))
    limits.forget()
    yield
    limits.forget()


@pytest.mark.parametrize("bucket", CONTRACT)
def test_each_bucket_alone_does_what_the_contract_says(gjovik, bucket):
    check(bucket)


def test_the_contract_names_every_public_door_that_counts():
    assert {door for row in CONTRACT.values() for door in row} == DOORS.keys()


def test_in_quiet_times_nothing_is_asked_and_nothing_laid_aside(gjovik):
    assert asked_for(KEY) is None
    assert [web().status_code, api().status_code] == [201, 201]
    assert stored() == (2, 0)


@pytest.mark.parametrize("send", [web, api])
def test_every_report_counts_by_form_and_by_machine(gjovik, send):
    for _ in range(int(limits.REPORTS.by_address.size)):
        assert send().status_code == 201
    assert stored()[1] == 0
    assert send().status_code == 201
    assert stored()[1] == 1


def test_a_whole_town_hall_behind_one_address_gets_every_report_in(gjovik):
    answers = [web() for _ in range(3 * int(limits.REPORTS.by_address.size))]
    assert {answer.status_code for answer in answers} == {201}
    assert stored()[0] == len(answers)


def test_solved_reports_of_a_town_hall_are_never_laid_aside(gjovik):
    empty("reports by address")
    for number in range(25):
        key = f"{number:032x}"
        answer = web(idempotency_key=key, altcha=payload(solution_of(asked_for(key))))
        assert answer.status_code == 201
    assert stored() == (25, 0)


def test_one_address_in_flood_changes_nothing_for_others(gjovik):
    for _ in range(3 * int(limits.REPORTS.by_office.size)):
        limits.came_in_flood(ref("gjovik").id, HERE)
    assert asked_for(KEY, ELSEWHERE) is None
    assert web(ELSEWHERE).status_code == 201
    assert stored() == (1, 0)


def test_one_house_with_many_addresses_is_one(gjovik):
    for number in range(int(limits.REPORTS.by_address.size)):
        assert not limits.came_in_flood(ref("gjovik").id, f"2001:db8:1:2::{number:x}")
    assert limits.is_flooded(ref("gjovik").id, "2001:db8:1:2:ffff::1")
    assert not limits.is_flooded(ref("gjovik").id, "2001:db8:1:3::1")


def test_the_same_address_in_two_spellings_is_one():
    assert limits._hidden(ref("gjovik").id, "::ffff:192.0.2.7") == limits._hidden(ref("gjovik").id, HERE)


def test_the_offices_do_not_share_a_flood(gjovik):
    empty("reports by address")
    assert not limits.is_flooded(ref("ostre-toten").id, HERE)


def test_no_address_is_kept_in_the_buckets(gjovik):
    web()
    kept = repr(limits.REPORTS.by_address._levels) + repr(limits.REPORTS.by_office._levels)
    assert HERE not in kept
    assert all(len(key) in (16, 32) for key in limits.REPORTS.by_address._levels)


def test_made_up_addresses_do_not_fill_the_memory(monkeypatch):
    monkeypatch.setattr(limits, "_MOST_KEYS", 100)
    bucket = limits.Buckets(2, 1.0)
    for number in range(1000):
        bucket.take(str(number).encode(), number / 10)
    assert len(bucket._levels) <= 101


def test_who_is_in_flood_is_not_forgotten_when_quiet_ones_are(monkeypatch):
    monkeypatch.setattr(limits, "_MOST_KEYS", 100)
    bucket = limits.Buckets(2, 0.01)
    for number in range(99):
        bucket.take(str(number).encode(), 0)
    for _ in range(2):
        bucket.take(b"loud", 190)
    bucket.take(b"the one too many", 200)
    bucket.take(b"another", 200)
    assert bucket.is_empty(b"loud", 200)


# --- the challenge -------------------------------------------------------------------------------------------
def solved(key=KEY):
    empty("reports by address")
    return solution_of(asked_for(key))


def test_a_solved_one_is_not_laid_aside_and_without_script_it_is(gjovik):
    proof = payload(solved())
    assert web(idempotency_key=KEY, altcha=proof).status_code == 201
    assert stored() == (1, 0)
    assert web().status_code == 201
    assert stored() == (2, 1)


def page_of(response):
    """What was answered, but for the sealed copy that the page carries: sealed anew each time."""
    return re.sub(rb'name="given" value="[^"]+"', b"", response.content)


def test_a_solution_is_good_for_one_report_only(gjovik):
    proof = payload(solved())
    first = web(idempotency_key=KEY, altcha=proof)
    assert page_of(web(idempotency_key=KEY, altcha=proof)) == page_of(first)
    assert web(idempotency_key=KEY, altcha=proof, what="Noe annet").status_code == 409
    assert web(idempotency_key=OTHER, altcha=proof).status_code == 201
    assert stored() == (2, 1)


def test_a_second_process_that_never_made_it_takes_the_solution_and_knows_a_spent_one(gjovik, monkeypatch):
    """Nothing of a challenge lies in a process: what spends it is the client key's row in the database."""
    proof = payload(solved())
    monkeypatch.setattr(limits, "_SECRET", b"another process")
    empty("reports by address")
    assert web(idempotency_key=KEY, altcha=proof).status_code == 201
    assert (stored(), ClientKey.objects.count()) == ((1, 0), 1)
    assert web(idempotency_key=KEY, altcha=proof, what="Noe annet").status_code == 409


def bent(told, **changes):
    told = copy.deepcopy(told)
    for path, value in changes.items():
        *way, last = path.split("__")
        place = told
        for step in way:
            place = place[step]
        place[last] = value
    return told


@pytest.mark.parametrize(
    "changes",
    [
        {"challenge__signature": "0" * 64},
        {"challenge__signature": None},
        {"challenge__signature": "å"},
        {"challenge__parameters__expiresAt": 9_999_999_999},
        {"challenge__parameters__cost": 0},
        {"challenge__parameters": {}},
        {"challenge__parameters": []},
        {"solution__derivedKey": "00" * 32},
        {"solution__derivedKey": ""},
        {"solution__derivedKey": 7},
        {"solution": None},
    ],
    ids=str,
)
def test_a_bent_solution_counts_as_none(gjovik, changes):
    assert not challenge.is_solved(payload(bent(solved(), **changes)), ref("gjovik").id, KEY, 0)


@pytest.mark.parametrize("junk", ["", "x", "e30=", "bnVsbA==", "W10=", "\x00", "å" * 99, "[" * 3000, "A" * 900_000])
def test_junk_in_the_hidden_field_never_stops_a_report(gjovik, junk):
    empty("reports by address")
    assert web(altcha=junk).status_code == 201
    assert stored() == (1, 1)


def test_a_deep_nest_is_no_solution_and_no_error():
    assert not challenge.is_solved(payload({"challenge": 1}), ref("gjovik").id, KEY, 0)
    deep = base64.b64encode(b"[" * 2900).decode()
    assert not challenge.is_solved(deep, ref("gjovik").id, KEY, 0)


def test_a_challenge_expires_and_is_bound_to_office_and_form(gjovik):
    told = payload(solved())
    end = solved()["challenge"]["parameters"]["expiresAt"]
    assert challenge.is_solved(told, ref("gjovik").id, KEY, end - 60)
    assert not challenge.is_solved(told, ref("gjovik").id, KEY, end + 60)
    assert not challenge.is_solved(told, ref("ostre-toten").id, KEY, end - 60)
    assert not challenge.is_solved(told, ref("gjovik").id, OTHER, end - 60)


def test_only_the_half_key_is_given_away(gjovik):
    told = solved()
    assert told["solution"]["derivedKey"].startswith(told["challenge"]["parameters"]["keyPrefix"])
    guess = told["challenge"]["parameters"]["keyPrefix"] + "00" * 16
    assert not challenge.is_solved(payload(bent(told, solution__derivedKey=guess)), ref("gjovik").id, KEY, 0)


def test_the_work_is_bounded_and_worth_something(monkeypatch):
    monkeypatch.undo()
    assert challenge.COST * challenge.TRIES.start >= 1_000_000
    assert challenge.COST * (challenge.TRIES.stop - 1) <= 10_000_000


def test_a_retry_after_the_flood_is_the_same_report(gjovik):
    empty("reports by address")
    first = web(idempotency_key=KEY)
    limits.forget()
    assert page_of(web(idempotency_key=KEY)) == page_of(first)
    assert stored() == (1, 1)


def test_the_solution_comes_back_with_a_form_that_must_be_put_right(gjovik):
    proof = payload(solved())
    answer = web(idempotency_key=KEY, altcha=proof, what="")
    html = answer.content.decode()
    assert answer.status_code == 422
    assert f'name="altcha" value="{proof}"' in html
    assert key_on(html) == KEY


@pytest.mark.parametrize("key", ["", "kort", "x" * 5000])
def test_a_key_that_cannot_be_one_is_given_no_challenge(gjovik, key):
    empty("reports by address")
    assert asked_for(key) is None


@pytest.mark.parametrize("flooded", [False, True])
def test_the_phone_and_the_form_are_there_with_and_without_a_flood(gjovik, flooded):
    if flooded:
        empty("reports by office")
    html = anonymous("gjovik").get("/meld/privat", REMOTE_ADDR=HERE).content.decode()
    assert ("data-prove-now" in html) is flooded
    assert html.count("61 18 95 00") >= 2
    assert "data-prove-box hidden" in html
    assert "/static/inbox/prove" in html


def test_acute_ones_in_a_flood_are_told_of_like_all_others(house, monkeypatch):
    from tenants.inbox import tasks

    rung = []
    monkeypatch.setattr(type(tasks.something_new), "ring_once_a", lambda _task, *args: rung.append(args))
    empty("reports by office")
    assert web(acute="on").status_code == 201
    assert len(rung) == 1
    with inside("gjovik"):
        found = Concern.objects.get()
        assert (found.acute, found.sorted_later, found.progress) == (True, True, "received")


def test_what_is_laid_aside_is_counted_for_the_team_and_opening_it_ends_that(gjovik):
    empty("reports by office")
    web()
    kari = client_for("kari")
    html = kari.get("/innboks").content.decode()
    assert "Til sortering (1)" in html
    assert "1 bekymring kom mens" in html
    found = Concern.objects.get()
    assert f"/innboks/{found.id}" not in html
    assert f"/innboks/{found.id}" in kari.get("/innboks?vis=sortering").content.decode()
    assert kari.post(f"/innboks/{found.id}/apne").status_code == 303
    html = kari.get("/innboks").content.decode()
    assert f"/innboks/{found.id}" in html
    assert "Til sortering" not in html
    assert "Ingenting å sortere" in kari.get("/innboks?vis=sortering").content.decode()


def test_a_machine_cannot_set_the_mark_itself(gjovik):
    body = {"reporter_kind": "privat", "anonymous": True, "what": "x", "sorted_later": False, "altcha": "x"}
    answer = anonymous("gjovik").post("/api/v1/reports", json.dumps(body), content_type="application/json")
    assert {row["field"] for row in answer.json()["errors"]} == {"sorted_later", "altcha"}
    assert web(sorted_later="on").status_code == 201
    assert stored() == (1, 0)
