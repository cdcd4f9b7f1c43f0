"""The rules of the agenda and of when a meeting may be, for every input."""

import uuid
from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenants.meeting.agenda import KINDS, Candidate, merged, moved
from tenants.meeting.states import starts

MATTERS = [uuid.UUID(int=number) for number in range(6)]
CANDIDATES = st.builds(Candidate, st.sampled_from(MATTERS), st.sampled_from([code for code, _ in KINDS]))
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@given(st.lists(CANDIDATES), st.sets(st.sampled_from(MATTERS)))
def test_each_matter_comes_once_for_its_first_reason(found, taken):
    out = merged(found, taken)
    order = [code for code, _ in KINDS]
    assert {one.matter for one in out} == {one.matter for one in found} - taken
    assert len(out) == len({one.matter for one in out})
    assert [order.index(one.why) for one in out] == sorted(order.index(one.why) for one in out)
    for one in out:
        assert one.why == min((each.why for each in found if each.matter == one.matter), key=order.index)


@given(st.lists(st.integers(), min_size=1, unique=True), st.data(), st.booleans())
def test_moving_loses_nothing_and_moving_back_undoes(items, data, up):
    item = data.draw(st.sampled_from(items))
    there = moved(items, item, up=up)
    assert sorted(there) == sorted(items)
    assert abs(there.index(item) - items.index(item)) <= 1
    if there != items:
        assert moved(there, item, up=not up) == items


@pytest.mark.parametrize(("day", "hour", "sentence"), [
    (date(2027, 3, 28), time(2, 30), "finnes ikke 28.03.2027"),
    (date(2026, 11, 22), time(12, 59), "passert"),
    (date(2029, 1, 1), time(12), "mer enn to år"),
])  # fmt: skip
def test_a_time_that_cannot_be_is_said(day, hour, sentence):
    with pytest.raises(ValueError, match=sentence):
        starts(day, hour, NOW)


def test_the_hour_that_comes_twice_is_the_first_of_the_two():
    assert starts(date(2027, 10, 31), time(2, 30), NOW).astimezone(UTC) == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)
