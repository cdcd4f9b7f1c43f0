"""Each of these takes a piece of the intake's protection away and shows that the named test then goes red."""

from dataclasses import replace

import pytest

from tenants.inbox import api, challenge, limits, receipts, views_public
from tests.cast import ref
from tests.tenants import flood
from tests.tenants.flood import CONTRACT, GATES, check, empty, payload, solution_of, stop_the_clock, stored, web

KEY = "0123456789abcdef0123456789abcdef"


@pytest.fixture(autouse=True)
def frozen(monkeypatch):
    stop_the_clock(monkeypatch)
    monkeypatch.setattr(challenge, "COST", 1)
    monkeypatch.setattr(challenge, "TRIES", range(20, 40))
    limits.forget()
    yield
    limits.forget()


class Bottomless(limits.Buckets):
    """A bucket that somebody took away."""

    def take(self, key, now):
        return None

    def is_empty(self, key, now):
        return False


@pytest.mark.parametrize("bucket", CONTRACT)
def test_without_a_bucket_its_row_of_the_contract_is_red(gjovik, monkeypatch, bucket):
    """Red: test_inbox_flood.test_each_bucket_alone_does_what_the_contract_says"""
    what, _, which = bucket.partition(" by ")
    monkeypatch.setattr(GATES[what], f"by_{which}", Bottomless(5, 1.0))
    with pytest.raises(AssertionError, match=bucket):
        check(bucket)


@pytest.mark.parametrize(
    ("door", "name", "free"),
    [
        ("POST /meld/privat", "came_in_flood", False),
        ("POST /api/v1/reports", "came_in_flood", False),
        ("GET /meld/privat", "is_flooded", False),
        ("POST /meld/oppgave", "is_flooded", False),
        ("POST /kvittering", "wait_for_receipt", None),
        ("GET /api/v1/reports/…", "wait_for_receipt", None),
    ],
)
def test_a_door_that_no_longer_asks_its_bucket_is_named(gjovik, monkeypatch, door, name, free):
    """Red: the same test, which names the door."""
    bucket = "receipts by address" if name == "wait_for_receipt" else "reports by address"
    monkeypatch.setattr(limits, name, lambda *_: free)
    monkeypatch.setattr(flood, "DOORS", {door: flood.DOORS[door]})
    with pytest.raises(AssertionError, match=f"{bucket}: {door}"):
        check(bucket)


@pytest.mark.parametrize("room", [views_public, api])
def test_a_flood_that_refuses_is_red(gjovik, monkeypatch, room):
    """Red: the contract, because a report was not answered 201 and not stored."""

    def refuse(**_):
        raise RuntimeError("for mange")

    monkeypatch.setattr(room, "receive", refuse)
    with pytest.raises((AssertionError, RuntimeError)):
        check("reports by office")


def test_without_the_form_in_the_signature_one_solution_serves_many(gjovik, monkeypatch):
    """Red: test_inbox_flood.test_a_solution_is_good_for_one_report_only"""
    monkeypatch.setattr(challenge, "_form", lambda *_: "any form")
    empty("reports by address")
    proof = payload(solution_of(flood.asked_for(KEY)))
    for number in range(3):
        web(idempotency_key=f"{number:032x}", altcha=proof)
    assert stored() == (3, 0)


def test_without_a_signature_anybody_makes_challenges(gjovik, monkeypatch):
    """Red: test_inbox_flood.test_a_bent_solution_counts_as_none"""
    empty("reports by address")
    told = solution_of(flood.asked_for(KEY))
    told["challenge"]["parameters"]["expiresAt"] += 10**9
    assert not challenge.is_solved(payload(told), ref("gjovik").id, KEY, 0)
    monkeypatch.setattr(challenge, "_same", lambda *_: True)
    assert challenge.is_solved(payload(told), ref("gjovik").id, KEY, 0)


def test_with_the_mark_in_the_hash_a_retry_after_the_flood_is_refused(gjovik, monkeypatch):
    """Red: test_inbox_flood.test_a_retry_after_the_flood_is_the_same_report"""
    whole = receipts.body_hash

    def marked(office, told, *files):
        return f"{told.sorted_later:d}{whole(office, told, *files)[1:]}"

    monkeypatch.setattr(receipts, "body_hash", marked)
    empty("reports by address")
    assert web(idempotency_key=KEY).status_code == 201
    limits.forget()
    assert web(idempotency_key=KEY).status_code == 409


def test_with_the_bare_address_as_key_the_memory_holds_it(gjovik, monkeypatch):
    """Red: test_inbox_flood.test_no_address_is_kept_in_the_buckets"""
    monkeypatch.setattr(limits, "_hidden", lambda _office, address: address.encode())
    web()
    assert flood.HERE in repr(limits.REPORTS.by_address._levels)


def test_when_an_address_drains_the_office_all_others_are_laid_aside(gjovik, monkeypatch):
    """Red: test_inbox_flood.test_one_address_in_flood_changes_nothing_for_others"""

    def both(gate, office_id, address):
        at = gate.clock()
        waits = [gate.by_address.take(limits._hidden(office_id, address), at), gate.by_office.take(office_id.bytes, at)]
        return max((wait for wait in waits if wait is not None), default=None)

    monkeypatch.setattr(limits.Gate, "wait", both)
    for _ in range(3 * int(limits.REPORTS.by_office.size)):
        limits.came_in_flood(ref("gjovik").id, flood.HERE)
    assert web(flood.ELSEWHERE).status_code == 201
    assert stored() == (1, 1)


def test_a_later_field_that_is_always_written_breaks_letters_under_way(monkeypatch):
    """Red: test_contracts_codec.test_a_letter_from_before_a_field_is_read_and_says_nothing_in_it"""
    from shared.contracts import fields
    from shared.contracts.codec import BadLetter, decode
    from tests.shared.test_contracts_codec import HANDOVER, sealed

    before = sealed(HANDOVER)
    monkeypatch.setattr(fields, "_later", lambda _kind: {})
    assert sealed(replace(HANDOVER)) != before
    with pytest.raises(BadLetter):
        decode(before)
