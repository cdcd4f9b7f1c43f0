"""When a pack is made, when it is late, and what its passphrase is."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenants.continuity import passphrase
from tenants.continuity.states import LATE, Rule, good_until, is_late, this_morning, wanted
from varde.clock import OSLO
from varde.documents.locked import locked

RULE = Rule(hour=6)
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
moments = st.datetimes(min_value=datetime(2020, 1, 1), max_value=datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


def oslo(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=OSLO)


def test_a_pack_is_wanted_once_each_morning():
    assert wanted(RULE, None, oslo(22, 3))
    assert not wanted(RULE, oslo(22, 6, 1), oslo(23, 5, 59))
    assert wanted(RULE, oslo(22, 6, 1), oslo(23, 6))
    assert not wanted(Rule(active=False), None, oslo(23, 6))


def test_it_is_late_an_hour_after_its_time_and_not_for_somebody_new():
    made = oslo(22, 6, 1)
    assert not is_late(RULE, LONG_AGO, made, oslo(23, 6, 59))
    assert is_late(RULE, LONG_AGO, made, oslo(23, 7))
    assert is_late(RULE, LONG_AGO, None, oslo(23, 6, 59))
    assert not is_late(RULE, oslo(23, 6, 30), None, oslo(23, 8))
    assert not is_late(Rule(active=False), LONG_AGO, None, oslo(23, 8))


@given(moments, st.integers(min_value=4, max_value=11), st.one_of(st.none(), moments))
def test_what_is_late_is_wanted_and_the_next_comes_within_a_day(at, hour, made):
    rule = Rule(hour=hour)
    begun, coming = this_morning(rule, at), good_until(rule, at)
    assert begun <= at < coming
    assert timedelta(hours=22) < coming - begun < timedelta(hours=26)
    assert begun.astimezone(OSLO).hour == hour
    if is_late(rule, LONG_AGO, made, at):
        assert wanted(rule, made, at)
    if wanted(rule, made, at) and at >= begun + LATE and begun > LONG_AGO:
        assert is_late(rule, LONG_AGO, made, at)


@given(st.randoms(use_true_random=False))
def test_what_is_taken_for_the_passphrase_is_what_opens_a_pack(dice):
    made = passphrase.make()
    assert all(passphrase.opens(f" {typed} ", made) for typed in (made, made.replace("-", "")))
    spoilt = (made.replace("-", dice.choice([" ", "–", "- "])), made.lower(), made[:-1], passphrase.make(), "")
    assert not any(passphrase.opens(typed, made) for typed in spoilt)
    assert len(made) == 35
    assert not set(made) & set("0O1IL5S8B2ZUV")


def test_a_passphrase_that_could_be_guessed_locks_nothing():
    with pytest.raises(ValueError, match="guessed"):
        locked(b"%PDF-1.7", "sommer2026")
