"""From cases to a return."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from shared.codes.forms import REPORTED, form
from shared.codes.periods import Quarter, parse
from shared.contracts import PlannedCount, QuestionCounts
from shared.contracts.codec import decode, encode
from tenants.returns.counts import RegisteredCase, count_cases, make_return, reported

Q3, Q4 = Quarter(2019, 3), Quarter(2019, 4)
OLD = RegisteredCase(Q3, {"overgrep": ("economic", "neglect"), "sarbarhet": ("dementia_old_age",)})
DRUGS = RegisteredCase(Q3, {"overgrep": ("physical",), "sarbarhet": ("drugs", "drugs_and_mental_health")})
LATER = RegisteredCase(Q4, {"overgrep": (), "relasjon": ("own_child",)})


def test_ticks_answers_and_several_ticks_are_counted() -> None:
    found = count_cases([OLD, DRUGS, LATER]).questions["overgrep"]
    assert (found.answered, found.ticks, found.multi) == (2, 3, 1)
    assert {code: number for code, number in found.answers.items() if number} == {
        "economic": 1, "neglect": 1, "physical": 1,
    }  # fmt: skip


def test_only_the_cases_of_the_period_are_counted() -> None:
    assert count_cases([OLD, DRUGS, LATER], [Q4]).cases == 1


def test_a_case_with_two_answers_of_a_union_counts_once() -> None:
    assert count_cases([OLD, DRUGS]).planned["vuln.drugs"] == PlannedCount(count=1, of=2)


def test_a_cross_figure_counts_among_the_other_question() -> None:
    found = count_cases([OLD, DRUGS, LATER]).planned
    assert found["cross.old_economic"] == PlannedCount(count=1, of=1)
    assert found["cross.drugs_neglect"] == PlannedCount(count=0, of=1)


def test_an_added_answer_is_counted_in_the_reported_form() -> None:
    assert count_cases([LATER]).questions["relasjon"].answers["family"] == 1


def test_answers_that_become_the_same_are_one_tick() -> None:
    case = RegisteredCase(Q3, {"handtert_av": ("resource_group", "tryggest_team")})
    found = count_cases([case]).questions["handtert_av"]
    assert (found.ticks, found.multi) == (1, 0)


def test_what_the_reported_form_has_no_box_for_is_not_answered() -> None:
    assert reported(RegisteredCase(Q3, {"kjonn": ("other_or_unknown",)})) == {}


def test_no_cases_give_zeros_for_every_question() -> None:
    found = count_cases([])
    assert list(found.questions) == [question.key for question in form(REPORTED).choices]
    assert found.questions["kjonn"] == QuestionCounts(answered=0, ticks=0, multi=0, answers={"man": 0, "woman": 0})


def test_an_unknown_answer_is_refused() -> None:
    with pytest.raises(ValueError, match="brannstiftelse"):
        count_cases([RegisteredCase(Q3, {"overgrep": ("brannstiftelse",)})])
    with pytest.raises(ValueError, match="own_child"):
        count_cases([RegisteredCase(Q3, {"relasjon": ("own_child",)}, REPORTED)])


def test_a_return_carries_the_period_and_all_since_the_start() -> None:
    cases = [OLD, DRUGS, LATER, RegisteredCase(Quarter(2020, 1), {})]
    start, now = date(2019, 1, 1), datetime(2020, 1, 7, tzinfo=UTC)
    letter = make_return(cases, quarters=parse("2019Q4"), kommune_number="3407", started_on=start, sent_at=now)
    assert (letter.period, letter.cases, letter.since_start.counts.cases) == ("2019Q4", 1, 3)
    sealed = encode(letter, id=uuid4(), sender=uuid4(), recipient=uuid4())
    assert decode(sealed).letter == letter
