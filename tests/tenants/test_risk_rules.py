"""What a signature needs, and what two assessments say beside each other. Pure."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.codes.templates import shipped
from tenants.risk.compare import GONE, HIGHER, LOWER, NEW, OTHER, SAME, compare
from tenants.risk.states import Given, certified, check_given, missing
from varde.days import A_YEAR, check_to_come
from varde.refusal import Refused

TEMPLATE = shipped()
TODAY = date(2026, 3, 29)
STEPS = {item.id: [step.value for step in TEMPLATE.scale(item).steps] for item in TEMPLATE.items}
LEVELS = [step.value for step in TEMPLATE.level.steps]


def full(value_at: int = 0) -> Given:
    """Everything answered."""
    return Given(
        items={key: values[value_at] for key, values in STEPS.items()},
        words={part.id: "Hun sier at hun er redd" for part in TEMPLATE.sections},
        level=LEVELS[value_at],
        reason="Han ringer hver natt",
    )


@st.composite
def givens(draw):
    """Any answers that the template has."""
    items = {key: draw(st.sampled_from(values)) for key, values in STEPS.items() if draw(st.booleans())}
    words = {part.id: "Ord" for part in TEMPLATE.sections if draw(st.booleans())}
    return Given(items, words, draw(st.none() | st.sampled_from(LEVELS)), draw(st.sampled_from(["", "Fordi"])))


def test_everything_answered_may_be_signed():
    assert missing(TEMPLATE, full(), TODAY) == []


@given(givens(), st.booleans())
def test_each_gap_is_named_and_nothing_else(said, has_day):
    stops = {each.field for each in missing(TEMPLATE, said, TODAY if has_day else None)}
    gaps = {f"i-{item.id}" for item in TEMPLATE.items if item.required and item.id not in said.items}
    gaps |= {f"b-{part.id}" for part in TEMPLATE.sections if part.id not in said.words}
    gaps |= {name for name, has in [("level", said.level), ("reason", said.reason), ("next_on", has_day)] if not has}
    assert stops == gaps


@given(givens())
def test_what_is_stored_is_what_was_given(said):
    check_given(TEMPLATE, said)
    assert Given.of(said.stored()) == said


@pytest.mark.parametrize(
    "said", [Given(items={"ferskt": 9}), Given(items={"ukjent": 0}), Given(words={"ukjent": "a"}), Given(level=77)]
)
def test_an_answer_that_the_template_has_not_is_refused(said):
    with pytest.raises(Refused, match="malen"):
        check_given(TEMPLATE, said)


@given(givens(), givens())
def test_beside_each_other_both_ways_say_the_opposite(now, before):
    turned = {HIGHER: LOWER, LOWER: HIGHER, SAME: SAME, NEW: GONE, GONE: NEW}
    there, back = compare(TEMPLATE, now, TEMPLATE, before), compare(TEMPLATE, before, TEMPLATE, now)
    assert back.level.change == turned[there.level.change]
    for part, other in zip(there.parts, back.parts, strict=True):
        assert [row.change for row in other.rows] == [turned[row.change] for row in part.rows]
    assert compare(TEMPLATE, now, TEMPLATE, now).changes == 0


def test_another_scale_is_never_called_higher():
    words = replace(TEMPLATE.level, steps=tuple(replace(step, label=f"{step.label}?") for step in TEMPLATE.level.steps))
    found = compare(TEMPLATE, full(1), replace(TEMPLATE, level=words), full(0))
    assert (found.level.change, found.same_template) == (OTHER, False)


@pytest.mark.parametrize(("days", "said"), [(-1, "passert"), (400, "ett år fram")])
def test_the_next_one_is_not_past_and_not_far_off(days, said):
    with pytest.raises(ValueError, match=said):
        check_to_come(TODAY + timedelta(days=days), TODAY, A_YEAR)
    check_to_come(TODAY, TODAY, A_YEAR)


@pytest.mark.parametrize(("days", "holds"), [(-1, False), (0, True), (1, True), (None, False)])
def test_certified_until_and_with_the_last_day(days, holds):
    assert certified(None if days is None else TODAY + timedelta(days=days), TODAY) is holds
