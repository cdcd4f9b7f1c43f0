"""What the equations let be is exactly what cases can be: held against every small table, the whole plan at once."""

import random
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import combinations, combinations_with_replacement, product
from typing import Any

import pytest

from regional.releases.asked import Model, model_of
from regional.releases.blocks import Block
from regional.releases.cells import Cell, canonical, cases
from regional.releases.problem import Rule, Stated, frame, problem, value
from shared.codes.forms import REPORTED, Answer, Form, Question
from shared.codes.periods import parse
from shared.codes.plans import PlannedFigure
from tenants.returns.counts import RegisteredCase
from tests.regional.releasing import OF, world_of
from varde.auditor.verdict import audit

# As in the plan: two answers of one question, crossed with two sets of the other's, one of two answers.
ACTS, NEEDS = "eno", "adxz"
UNION = PlannedFigure("u", "r", ("d", "x"), {})
CROSSES = [
    PlannedFigure("c1", "q", ("e",), {"r": ("a",)}),
    PlannedFigure("c2", "q", ("n",), {"r": ("a",)}),
    PlannedFigure("c3", "q", ("n",), {"r": ("d", "x")}),
]
type Name = tuple[str, str, str]
type Case = tuple[tuple[str, ...], tuple[str, ...]]
COUNTS: list[Name] = [(one.id, "count", "") for one in CROSSES]


def made(most: int, *, enforced: bool = False) -> tuple[Model, Block]:
    """The small form with everything told apart. Without `enforced` more ticks are possible."""
    boxes = [tuple(Answer(code, code, code) for code in codes) for codes in (ACTS, NEEDS)]
    asked = tuple(Question(k, 1, k, "choice", most, own, enforced) for k, own in zip("qr", boxes, strict=True))
    sent = Form("small", "", "", None, asked)
    of = model_of(sent, sent, [UNION, *CROSSES])
    cells = [Cell(key, "codes", (code,), ("",)) for key, codes in (("q", ACTS), ("r", NEEDS)) for code in codes]
    return of, frame(of, [*cells, *(Cell(one.id, "rest", (), ("",)) for one in (UNION, *CROSSES))])[0]


def told(known: Sequence[Case]) -> dict[Name, int]:
    """What a return says of these cases, counted one by one."""
    found: dict[Name, int] = {("cases", "", ""): len(known), ("saker", "code", "1"): len(known)}
    for at, (key, codes) in enumerate((("q", ACTS), ("r", NEEDS))):
        found |= {(key, "code", code): sum(code in case[at] for case in known) for code in codes}
        found[(key, "answered", "")] = sum(bool(case[at]) for case in known)
        found[(key, "multi", "")] = sum(len(case[at]) > 1 for case in known)
    found |= {("u", "of", ""): len(known), ("u", "count", ""): sum(bool({"d", "x"} & set(case[1])) for case in known)}
    for one in CROSSES:
        among = [case for case in known if set(one.among["r"]) & set(case[1])]
        found[(one.id, "of", "")] = len(among)
        found[(one.id, "count", "")] = sum(one.any[0] in case[0] for case in among)
    return found


@cache
def every(number: int, most: int) -> frozenset[tuple[int, ...]]:
    """All that so many cases can say."""
    ticks = [[own for size in range(most + 1) for own in combinations(codes, size)] for codes in (ACTS, NEEDS)]
    kinds = list(product(*ticks))
    return frozenset(tuple(told(known).values()) for known in combinations_with_replacement(kinds, number))


NAMES = list(told([]))
LIMITS = [(4, False), (2, True)]


def can_be(block: Block, numbers: Mapping[Name, int]) -> bool:
    return block.counts(numbers) is not None


@pytest.mark.parametrize(("most", "enforced"), LIMITS)
def test_three_cross_figures_together_are_what_cases_with_the_same_answers_can_have(most: int, enforced: bool) -> None:
    """All three figures at every value, for what the questions say: two of one question among the same cases too."""
    block = made(2, enforced=enforced)[1]
    rnd = random.Random(8)
    at = [NAMES.index(name) for name in COUNTS]
    possible: dict[tuple[int, ...], set[tuple[int, ...]]] = {}
    for one in every(3, most):
        rest = tuple(count for place, count in enumerate(one) if place not in at)
        possible.setdefault(rest, set()).add(tuple(one[place] for place in at))
    others = [name for name in NAMES if name not in COUNTS]
    for rest in rnd.sample(sorted(possible), 60):
        for figures in product(range(4), repeat=3):
            numbers = dict(zip(others, rest, strict=True)) | dict(zip(COUNTS, figures, strict=True))
            assert can_be(block, numbers) == (figures in possible[rest]), numbers


@pytest.mark.parametrize(("most", "enforced"), LIMITS)
def test_a_number_more_or_less_anywhere_is_let_be_when_some_cases_say_it(most: int, enforced: bool) -> None:
    block = made(2, enforced=enforced)[1]
    rnd = random.Random(9)
    known, places = sorted(every(3, most)), range(3, len(NAMES))
    seen = {True: 0, False: 0}
    for _ in range(500):
        numbers = list(rnd.choice(known))
        for _ in range(rnd.choice((0, 1, 1, 2, 3))):
            place = rnd.choice(places)
            numbers[place] = max(0, numbers[place] + rnd.choice((-1, 1)))
        true = tuple(numbers) in every(3, most)
        seen[true] += 1
        assert can_be(block, dict(zip(NAMES, numbers, strict=True))) == true, numbers
    assert min(seen.values()) > 50


def test_what_cases_with_neither_answer_leave_room_for_is_known_to_the_auditor() -> None:
    """40 cases; economic 20, neglect 25, both 10: at most 5 have neither, so of 12 old people 6 of whom are neglected
    at least one is abused economically, and a lower figure is no possible one."""
    period = "2019H2"
    quarter = parse(period)[0]

    def some(acts: tuple[str, ...], needs: str, number: int) -> list[RegisteredCase]:
        given = {"overgrep": acts, "sarbarhet": (needs,), "kjonn": ("woman",)}
        return [RegisteredCase(quarter, given, REPORTED)] * number

    old, other = "dementia_old_age", "intellectual_disability"
    known = some(("neglect",), old, 6) + some(("economic",), old, 4) + some(("physical",), old, 2)
    known += some(("economic",), other, 6) + some(("neglect",), other, 9) + some(("physical",), other, 3)
    known += some(("economic", "neglect"), other, 10)
    world = world_of([period], {name: known[at::4] for at, name in enumerate("abcd")})
    hidden = Cell("cross.old_economic", "cross", (), (period,))
    codes = [("overgrep", ("economic",)), ("overgrep", ("neglect",)), ("sarbarhet", (old,))]
    printed = [
        cases((period,)),
        Cell("overgrep", "multi", (), (period,)),
        Cell("cross.old_neglect", "cross", (), (period,)),
    ]
    printed += [Cell(key, "codes", chosen, (period,)) for key, chosen in codes]
    stated = [*(Stated(canonical(one, OF), "published") for one in printed), Stated(hidden, "open")]
    made_ = problem(world, stated, rule=Rule(coalition=0))
    verdict: Any = audit(made_, {"method": "suppress", "show": [], "hide": [hidden.id]})
    assert value(world, hidden) == 4
    assert verdict["intervals"][hidden.id][0] == 1
    assert verdict["safe"] is False


def test_figures_that_cross_a_single_choice_are_what_cases_can_have() -> None:
    """The same answers among two kinds of cases, and one kind among them."""
    boxes = [tuple(Answer(code, code, code) for code in codes) for codes in ("xz", "yow")]
    sent = Form("cross", "", "", None, (
        Question("q", 1, "q", "choice", 2, boxes[0]), Question("r", 2, "r", "choice", 1, boxes[1]),
    ))  # fmt: skip
    figures = [PlannedFigure(f"f{code}", "q", ("x",), {"r": (code,)}) for code in "yo"]
    of = model_of(sent, sent, figures)
    block = frame(of, [Cell(one.id, "rest", (), ("",)) for one in figures])[0]
    kinds = list(product([(), ("x",), ("z",), ("x", "z")], [(), ("y",), ("o",), ("w",)]))
    names: list[Name] = [
        ("q", "code", "x"), ("q", "multi", ""), ("q", "answered", ""), ("r", "code", "y"), ("r", "code", "o"),
        ("r", "answered", ""), ("fy", "count", ""), ("fo", "count", ""),
    ]  # fmt: skip
    found = {
        (
            sum("x" in q for q, _ in known), sum(len(q) > 1 for q, _ in known), sum(bool(q) for q, _ in known),
            sum("y" in r for _, r in known), sum("o" in r for _, r in known), sum(bool(r) for _, r in known),
            sum("x" in q and "y" in r for q, r in known), sum("x" in q and "o" in r for q, r in known),
        )
        for known in combinations_with_replacement(kinds, 2)
    }  # fmt: skip
    for point in product(range(3), repeat=len(names)):
        said = dict(zip(names, point, strict=True))
        # What is not asked about here follows: z and w are what is left of the ticks.
        z = said[("q", "answered", "")] + said[("q", "multi", "")] - said[("q", "code", "x")]
        w = said[("r", "answered", "")] - said[("r", "code", "y")] - said[("r", "code", "o")]
        if min(z, w) < 0:
            continue
        extra = {("q", "code", "z"): z, ("r", "code", "w"): w, ("cases", "", ""): 2, ("saker", "code", "2"): 2}
        of_ = {("fy", "of", ""): said[("r", "code", "y")], ("fo", "of", ""): said[("r", "code", "o")]}
        assert can_be(block, said | extra | of_) == (point in found), said


def test_a_plan_that_crosses_too_much_is_refused() -> None:
    boxes = tuple(Answer(code, code, code) for code in "abcdefgh")
    asked = tuple(Question(key, 1, key, "choice", 2, boxes) for key in "qr")
    sent = Form("big", "", "", None, asked)
    figures = [PlannedFigure(f"f{code}", "q", (code,), {"r": (code,)}) for code in "abcdefgh"]
    of = model_of(sent, sent, figures)
    with pytest.raises(ValueError, match="for mange"):
        frame(of, [Cell(one.id, "rest", (), ("",)) for one in figures])
