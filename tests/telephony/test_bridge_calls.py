"""Calls through a real Asterisk: announced, rung everywhere at once, answered by one, ended."""

from tests.telephony.conftest import Town
from tests.telephony.exchange import LINE
from varde.embedded.process import wait_until


def test_a_call_is_announced_answered_and_ended(town: Town):
    first, second = town.apparatus("first", answers_after=1), town.apparatus("second", answers_after=30)
    assert town.rings(number="+4741234567", talk=1).done()
    assert first.done()
    assert first.answered
    assert second.done()
    assert not second.answered
    assert town.exchange.quiet()
    assert wait_until(lambda: len(town.varde.told()) == 3, seconds=5)
    assert [each["event"] for each in town.varde.told()] == ["ringing", "answered", "ended"]
    assert (town.varde.told("ringing")[0]["from"], town.varde.told("ringing")[0]["to"]) == ("+4741234567", LINE)


def test_asterisk_has_nothing_to_complain_of(town: Town):
    town.apparatus("first", answers_after=0.2)
    assert town.rings(talk=0.3).done()
    assert town.exchange.quiet()
    assert "ERROR" not in town.exchange.said("asterisk.log")
    assert "ERROR" not in town.exchange.said("bridge.log")


def test_who_hangs_up_before_anybody_answers_is_ended_without_an_answer(town: Town):
    first, second = town.apparatus("first", answers_after=30), town.apparatus("second", answers_after=30)
    assert town.rings(patience=1).done()
    assert first.done()
    assert second.done()
    assert town.exchange.quiet()
    assert wait_until(lambda: len(town.varde.told()) == 2, seconds=5)
    assert [each["event"] for each in town.varde.told()] == ["ringing", "ended"]


def test_when_the_operator_hangs_up_the_call_is_over(town: Town):
    town.apparatus("first", answers_after=0.2, talk=0.5)
    town.apparatus("second", answers_after=30)
    assert town.rings(talk=60).done()
    assert town.exchange.quiet()
    assert wait_until(lambda: len(town.varde.told("ended")) == 1, seconds=5)


def test_the_apparatus_never_see_who_rings(town: Town):
    first = town.apparatus("first", answers_after=0.3)
    second = town.apparatus("second", answers_after=30)
    headers = "P-Asserted-Identity: <sip:+4741234567@net.example>\n"
    assert town.rings(number="+4741234567", headers=headers, talk=0.5).done()
    assert first.done()
    assert second.done()
    assert "61189500" in first.heard
    assert "41234567" not in first.heard + second.heard


def test_nobody_answers_then_the_fallback_is_rung(town: Town):
    town.apparatus("first", answers_after=60)
    town.apparatus("second", answers_after=60)
    fallback = town.apparatus("fallback", answers_after=0.2)
    assert town.rings(talk=0.5).done()
    assert fallback.answered
    assert len(town.varde.told("answered")) == 1


def test_nobody_at_all_answers_then_the_prompt_is_heard(town: Town):
    for name in ("first", "second", "fallback"):
        town.apparatus(name, answers_after=60)
    caller = town.rings(talk=60)
    assert caller.done(40)
    assert caller.answered
    assert town.exchange.quiet()
    assert town.varde.told("answered") == []
    assert len(town.varde.told("ended")) == 1


def test_nobody_is_rung_when_the_plan_says_so(town: Town):
    town.varde.ring = ()
    caller = town.rings(talk=60)
    assert caller.done()
    assert caller.answered
    assert wait_until(lambda: len(town.varde.told()) == 2, seconds=5)


def test_two_who_lift_at_once_give_one_answer(town: Town):
    phones = [town.apparatus(name, answers_after=0.5) for name in ("first", "second")]
    caller = town.rings(talk=3)
    assert wait_until(town.exchange.in_talk, seconds=5)
    assert wait_until(lambda: len(town.exchange.channels()) == 2, seconds=2), "den andre er ikke lagt på"
    assert caller.done()
    assert town.exchange.quiet()
    assert wait_until(lambda: all(phone.process.poll() is not None for phone in phones), seconds=5)
    assert wait_until(lambda: len(town.varde.told("ended")) == 1, seconds=5)
    assert len(town.varde.told("answered")) == 1


def test_apparatus_that_are_switched_off_do_not_stop_the_others(town: Town):
    town.apparatus("second", answers_after=0.5)
    assert town.rings(talk=0.5).done()
    assert len(town.varde.told("answered")) == 1


def test_fifty_at_once_are_all_announced(town: Town):
    town.apparatus("first", answers_after=0.2, calls=50)
    town.apparatus("second", answers_after=20, calls=50)
    caller = town.rings(calls=50, rate=50, talk=3)
    assert caller.done(60), caller.process.returncode
    assert town.exchange.quiet(20)
    assert wait_until(lambda: len(town.varde.told()) == 150, seconds=20)
    calls = {each["call_id"] for each in town.varde.told()}
    assert len(calls) == 50
