"""The caller never suffers: Varde away, slow or in trouble, the bridge killed, Asterisk restarted."""

import signal
import time

import pytest

from tests.telephony.conftest import Town
from varde.embedded.process import end, wait_until


def test_varde_is_away_and_the_call_is_put_through(town: Town):
    town.varde.stop()
    fallback = town.apparatus("fallback", answers_after=0.2)
    began = time.monotonic()
    assert town.rings(talk=0.5).done()
    assert fallback.answered
    assert time.monotonic() - began < 5
    town.varde.start()
    assert wait_until(lambda: len(town.varde.told()) == 3, seconds=20), town.varde.told()
    assert [each["event"] for each in town.varde.told()] == ["ringing", "answered", "ended"]


def test_varde_does_not_answer_and_the_caller_waits_two_seconds_at_most(town: Town):
    town.varde.status = -1
    fallback = town.apparatus("fallback", answers_after=0.1)
    began = time.monotonic()
    assert town.rings(talk=0.5).done()
    assert fallback.answered
    assert time.monotonic() - began < 5


def test_what_varde_could_not_take_is_told_again_in_the_same_words(town: Town):
    town.varde.status = 503
    town.apparatus("fallback", answers_after=0.2)
    assert town.rings(talk=0.5).done()
    town.varde.status = 0
    assert wait_until(lambda: len(town.varde.told("ended")) >= 1, seconds=20)
    said = town.varde.told("ringing")
    assert len(said) > 1
    assert all(each == said[0] for each in said)


def test_an_event_that_varde_knows_already_is_done_with(town: Town):
    town.varde.status = 409
    town.apparatus("fallback", answers_after=0.2)
    assert town.rings(talk=0.5).done()
    assert wait_until(lambda: len(town.varde.told()) == 3, seconds=10)
    assert town.exchange.quiet()


@pytest.mark.parametrize("talking", [False, True], ids=["as_somebody_lifts", "while_they_talk"])
def test_a_bridge_killed_in_mid_call_costs_nobody_the_call(town: Town, talking: bool):
    first, second = town.apparatus("first", answers_after=0.2), town.apparatus("second", answers_after=30)
    caller = town.rings(talk=6)
    assert wait_until(lambda: bool(town.varde.told("answered")), seconds=10)
    assert not talking or wait_until(town.exchange.in_talk, seconds=5)
    end(town.exchange.bridge, number=signal.SIGKILL)
    time.sleep(1)
    assert len(town.exchange.channels()) == 2
    town.exchange.start_bridge()
    assert wait_until(town.exchange.in_talk, seconds=2)
    assert caller.done()
    assert first.answered
    assert second.done()
    assert town.exchange.quiet()
    assert wait_until(lambda: len(town.varde.told("ended")) == 1, seconds=5)
    assert len({each["call_id"] for each in town.varde.told()}) == 1
    ringing = town.varde.told("ringing")
    assert all(each == ringing[0] for each in ringing)


def test_a_bridge_killed_while_it_rings_rings_again(town: Town):
    town.apparatus("first", answers_after=2, calls=2)
    town.apparatus("second", answers_after=30, calls=2)
    caller = town.rings(talk=0.5)
    assert wait_until(lambda: bool(town.varde.told("ringing")), seconds=10)
    end(town.exchange.bridge, number=signal.SIGKILL)
    town.exchange.start_bridge()
    assert caller.done()
    assert town.exchange.quiet()
    assert wait_until(lambda: len(town.varde.told("ended")) == 1, seconds=5)
    assert len({each["call_id"] for each in town.varde.told()}) == 1
    assert town.varde.told("answered")


def test_who_hung_up_while_the_bridge_was_away_is_told_of_when_it_is_back(town: Town):
    town.apparatus("first", answers_after=0.2, talk=30)
    town.apparatus("second", answers_after=30)
    caller = town.rings(talk=1.5)
    assert wait_until(lambda: bool(town.varde.told("answered")), seconds=10)
    end(town.exchange.bridge, number=signal.SIGKILL)
    assert caller.done()
    assert town.varde.told("ended") == []
    town.exchange.start_bridge()
    assert wait_until(lambda: len(town.varde.told("ended")) == 1, seconds=10)
    assert town.exchange.quiet()


def test_without_a_bridge_asterisk_rings_the_fallback_by_itself(town: Town):
    end(town.exchange.bridge)
    fallback = town.apparatus("fallback", answers_after=0.2)
    headers = "P-Asserted-Identity: <sip:+4741234567@net.example>\n"
    assert town.rings(talk=0.5, headers=headers).done()
    assert fallback.answered
    assert "41234567" not in fallback.heard


def test_a_bridge_that_is_asked_to_end_leaves_who_ring_to_the_fallback_and_who_talk_in_peace(town: Town):
    talking = town.apparatus("first", answers_after=0.1, talk=30, calls=2)
    town.apparatus("second", answers_after=30, calls=2)
    fallback = town.apparatus("fallback", answers_after=0.2)
    in_talk = town.rings(talk=5)
    assert wait_until(lambda: bool(town.varde.told("answered")), seconds=10)
    end(talking.process)
    ringing = town.rings(talk=1)
    assert wait_until(lambda: len(town.varde.told("ringing")) == 2, seconds=10)
    assert end(town.exchange.bridge)
    assert town.exchange.bridge is not None
    assert town.exchange.bridge.returncode == 0
    assert ringing.done()
    assert fallback.answered
    assert in_talk.process.poll() is None or in_talk.done()


def test_of_two_bridges_the_newest_has_the_calls_and_the_other_takes_over_when_it_is_gone(town: Town):
    town.apparatus("first", answers_after=0.2, calls=2)
    town.apparatus("second", answers_after=30, calls=2)
    older = town.exchange.bridge
    town.exchange.start_bridge()
    newer = town.exchange.bridge
    try:
        assert wait_until(lambda: "ERROR En annen bro har overtatt" in town.exchange.said("bridge.log"), seconds=5)
        assert town.rings(talk=5).done()
        assert wait_until(lambda: len(town.varde.told()) == 3, seconds=5), town.varde.told()
        assert town.exchange.connected() == 2, "den eldste skal vente så lenge den nyeste er der"
        assert end(newer)
        assert wait_until(lambda: town.exchange.connected() == 3, seconds=10), town.exchange.said("bridge.log")
        assert town.rings(talk=0.3).done()
        assert wait_until(lambda: len(town.varde.told()) == 6, seconds=5), town.varde.told()
    finally:
        end(newer)
        end(older)


def test_a_bridge_that_died_in_mid_call_is_taken_over_from_too(town: Town):
    town.apparatus("first", answers_after=0.2)
    town.apparatus("second", answers_after=30)
    older = town.exchange.bridge
    town.exchange.start_bridge()
    try:
        caller = town.rings(talk=4)
        assert wait_until(town.exchange.in_talk, seconds=5)
        end(town.exchange.bridge, number=signal.SIGKILL)
        assert caller.done()
        assert wait_until(lambda: len(town.varde.told("ended")) == 1, seconds=10), town.exchange.said("bridge.log")
        assert town.exchange.quiet()
    finally:
        end(older)


def test_a_call_that_the_dialplan_has_ends_for_varde_though_the_bridge_is_another(town: Town):
    for name in ("first", "second"):
        town.apparatus(name, answers_after=60)
    fallback = town.apparatus("fallback", answers_after=0.2)
    caller = town.rings(talk=6)
    assert wait_until(lambda: bool(town.varde.told("ringing")), seconds=10)
    assert end(town.exchange.bridge)
    town.exchange.start_bridge()
    assert wait_until(lambda: len(town.exchange.channels()) == 2, seconds=5)
    assert town.varde.told("ended") == []
    assert caller.done()
    assert fallback.answered
    assert wait_until(lambda: len(town.varde.told("ended")) == 1, seconds=5)
    assert len({each["call_id"] for each in town.varde.told()}) == 1
    assert town.exchange.quiet()


@pytest.mark.parametrize("status", [404, 302])
def test_a_wrong_address_loses_no_call(town: Town, status: int):
    town.varde.status = status
    town.apparatus("fallback", answers_after=0.2)
    assert town.rings(talk=0.5).done()
    assert wait_until(lambda: f"({status}); prøver igjen" in town.exchange.said("bridge.log"), seconds=5)
    town.varde.status, town.varde.hears = 0, []
    assert wait_until(lambda: len(town.varde.told()) == 3, seconds=20), town.exchange.said("bridge.log")
    assert [each["event"] for each in town.varde.told()] == ["ringing", "answered", "ended"]


def test_asterisk_is_restarted_and_the_next_call_comes_through(town: Town):
    town.apparatus("first", answers_after=0.2, talk=60)
    second = town.apparatus("second", answers_after=0.2, talk=60, calls=2)
    town.rings(talk=60)
    assert wait_until(lambda: bool(town.varde.told("answered")), seconds=10)
    end(town.exchange.asterisk, number=signal.SIGKILL)
    time.sleep(1.1)  # Asterisk names a call by the second in which it began, and counts from 0 again
    town.exchange.start()
    assert wait_until(lambda: len(town.varde.told("ended")) == 1, seconds=20), town.exchange.said("bridge.log")
    assert wait_until(lambda: town.exchange.connected() == 2, seconds=20)
    assert town.rings(talk=0.5).done()
    assert second.answered
    assert wait_until(lambda: len(town.varde.told("ended")) == 2, seconds=10)
    assert len({each["call_id"] for each in town.varde.told()}) == 2
