"""A later version of the form: what can be folded is the same question, what cannot has atoms of its own."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regional.releases.asked import folded, key_in, model_of
from regional.releases.cells import Cell, cases
from regional.releases.closing import Sending, Sent, freeze
from regional.releases.flat import Flat, flat
from regional.releases.offered import comparable, tables
from regional.releases.problem import Closed, Part, Rule, Stated, World, fits, problem, value
from shared.codes.forms import REPORTED, Answer, Form, Question, form
from shared.codes.periods import parse
from shared.codes.plans import plan
from shared.contracts import Counts, QuestionCounts

BASE = form(REPORTED)


def later(**changed: Question) -> Form:
    """The reported form with some questions replaced."""
    return Form("later", "", "", None, tuple(changed.get(one.key, one) for one in BASE.questions))


def with_child(question: Question, counts_as: str | None = "family") -> Question:
    extra = Answer("own_child", "eget barn", "eget barn", added=True, counts_as=counts_as)
    return replace(question, answers=(*question.answers, extra))


FOLDS = later(relasjon=with_child(BASE.question("relasjon")))
BREAKS = later(
    relasjon=replace(BASE.question("relasjon"), answers=(Answer("near", "nær", "nær"), Answer("far", "fjern", "fjern")))
)
SEVERAL = later(overgrep=with_child(BASE.question("overgrep"), "other"))


def counts_of(of: Form, given: list[dict[str, str]]) -> Counts:
    """Cases with one answer each to the questions that are named."""
    questions = {}
    for one in of.choices:
        codes = [answer.code for answer in one.answers]
        ticks = {code: sum(case.get(one.key) == code for case in given) for code in codes}
        total = sum(ticks.values())
        questions[one.key] = QuestionCounts(answered=total, ticks=total, multi=0, answers=ticks)
    return Counts(cases=len(given), questions=questions, planned={})


def counted(of: Form, given: list[dict[str, str]]) -> Flat:
    """Their numbers, all in the first quarter."""
    return {**flat(counts_of(of, given)), ("saker", "code", "1"): len(given), ("saker", "code", "2"): 0}


def test_an_answer_that_counts_as_an_older_one_is_counted_there() -> None:
    of = model_of(FOLDS, BASE, ())
    numbers = folded(counted(FOLDS, [{"relasjon": "own_child"}, {"relasjon": "family"}]), FOLDS, BASE)
    assert numbers[("relasjon", "code", "family")] == 2
    assert of.questions["relasjon"].codes == tuple(answer.code for answer in BASE.question("relasjon").answers)
    assert fits(Part("a", "later", numbers), of)


def test_an_answer_that_counts_as_none_is_not_answered_there() -> None:
    none = later(relasjon=with_child(BASE.question("relasjon"), None))
    numbers = folded(counted(none, [{"relasjon": "own_child"}, {"relasjon": "family"}]), none, BASE)
    assert (numbers[("relasjon", "answered", "")], numbers[("relasjon", "code", "family")]) == (1, 1)
    assert fits(Part("a", "later", numbers), model_of(none, BASE, ()))


def test_a_question_with_other_answers_is_another_question_with_the_same_cases() -> None:
    of = model_of(BREAKS, BASE, plan(REPORTED))
    key = key_in(BREAKS.question("relasjon"), BASE)
    assert key.startswith("relasjon@")
    assert "relasjon" not in of.questions
    old = Part("a", REPORTED, counted(BASE, [{"relasjon": "family"}] * 3))
    new = Part("b", "later", folded(counted(BREAKS, [{"relasjon": "near"}] * 4), BREAKS, BASE))
    base = model_of(BASE, BASE, plan(REPORTED))
    world = World((Closed("2025H1", (old, new)),), {}, {"later": of, REPORTED: base})
    period = ("2025H1",)
    cells = [cases(period), Cell(key, "codes", ("near",), period), Cell("relasjon", "codes", ("family",), period)]
    assert [value(world, cell) for cell in cells] == [7, 4, 3]
    made = problem(world, [Stated(cell, "open") for cell in cells], rule=Rule())
    assert {atom.rsplit("/", 1)[1] for atom in made["cells"][1]["atoms"]} == {"b"}
    assert len(made["cells"][0]["atoms"]) == 4


def test_several_ticks_that_would_become_one_cannot_be_folded() -> None:
    assert key_in(SEVERAL.question("overgrep"), BASE).startswith("overgrep@")
    assert key_in(FOLDS.question("relasjon"), BASE) == "relasjon"


def test_a_limit_that_is_enforced_from_now_on_is_another_question() -> None:
    strict = replace(BASE.question("overgrep"), enforced_limit=True)
    of = model_of(later(overgrep=strict), BASE, ())
    own = next(one for key, one in of.questions.items() if key.startswith("overgrep"))
    assert own.key != "overgrep"
    assert own.most == 2


@pytest.mark.parametrize(("key", "asked"), [("relasjon", False), ("kjonn", True)])
def test_a_table_over_the_change_leaves_the_question_out(key: str, asked: bool) -> None:
    old, new = model_of(BASE, BASE, plan(REPORTED)), model_of(BREAKS, BASE, plan(REPORTED))
    year = tables("2025H2", ["2025H1", "2025H2"])[3]
    assert comparable(key, year, {"2025H1": [old], "2025H2": [new]}) == asked
    assert comparable(key, year, {"2025H1": [old], "2025H2": [old, old]})


@settings(max_examples=50, deadline=None)
@given(st.lists(st.sampled_from([answer.code for answer in FOLDS.question("relasjon").answers]), max_size=12))
def test_folding_counts_every_case_once(codes: Any) -> None:
    numbers = folded(counted(FOLDS, [{"relasjon": code} for code in codes]), FOLDS, BASE)
    told = sum(count for (key, what, _), count in numbers.items() if (key, what) == ("relasjon", "code"))
    assert told == numbers[("relasjon", "answered", "")] == len(codes)


def test_a_late_case_of_a_new_form_is_in_the_next_half_year_though_old_returns_are_in_an_older_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The form changed with 2025H1; one old half-year is frozen; a case of 2025Q1 is known late."""
    of, base = model_of(BREAKS, BASE, ()), model_of(BASE, BASE, ())
    forms = {"later": (BREAKS, of), REPORTED: (BASE, base)}
    monkeypatch.setattr("regional.releases.closing.form", lambda version: forms[version][0])
    monkeypatch.setattr("regional.releases.closing.model", lambda version: forms[version][1])

    def sent(text: str, number: int, version: str, code: str) -> Sending:
        quarter = parse(text)[0]
        return Sending(quarter, version, counts_of(forms[version][0], [{"relasjon": code}] * number))

    told = [sent("2024Q3", 5, REPORTED, "family"), sent("2025Q1", 6, "later", "near")]
    frozen = []
    for half in ("2024H2", "2025H1"):
        part = freeze("k", half, Sent(told), frozen).part
        assert part is not None
        frozen.append(part)
    told[1] = sent("2025Q1", 7, "later", "near")
    told.append(sent("2025Q3", 6, "later", "far"))
    found = freeze("k", "2025H2", Sent(told), frozen)
    assert found.part is not None
    key = key_in(BREAKS.question("relasjon"), BASE)
    assert (found.part.numbers[("cases", "", "")], found.waits, found.late) == (7, False, True)
    assert found.part.numbers[(key, "code", "near")] == 1
    # An old case that comes late counts; its answer to the question that is no more waits.
    told[0] = sent("2024Q3", 6, REPORTED, "family")
    again = freeze("k", "2026H1", Sent(told), [*frozen, found.part])
    assert again.part is not None
    assert (again.part.numbers[("cases", "", "")], again.waits) == (1, True)
