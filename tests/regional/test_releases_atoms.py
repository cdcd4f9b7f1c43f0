"""Atoms add up to what was counted, and their equations say what is true of every kommune, no more."""

from collections import Counter
from itertools import chain, combinations_with_replacement, product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regional.releases.asked import model_of
from regional.releases.blocks import Block, table
from regional.releases.cells import Cell, canonical, cases
from regional.releases.flat import flat
from regional.releases.offered import planned, tables
from regional.releases.problem import Part, Piece, Rule, Stated, World, piece, problem, value
from shared.codes.forms import REPORTED, Answer, Form, Question, form
from shared.codes.periods import parse
from shared.codes.plans import PlannedFigure, plan
from shared.codes.release_plans import LEVELS, release_plan
from tenants.returns.counts import RegisteredCase
from tests.regional.releasing import OF, case_in, closed_of, pilot, world_of

PLAN = release_plan("release_plan_1")
PERIODS = ("2025H1", "2025H2")
QUARTERS = [quarter for period in PERIODS for quarter in parse(period)]
several = st.dictionaries(st.sampled_from("abc"), st.lists(case_in(QUARTERS), max_size=8), min_size=1, max_size=3)


def all_cells() -> list[Cell]:
    """Every cell of the plan at every level, of the year and its halves."""
    found: set[Cell] = set()
    for offered in (*tables("2025H1", ["2025H1"]), *tables("2025H2", PERIODS)):
        for level in LEVELS[:-1]:
            levels = {key: PLAN.questions[key].at_most(level) for key in PLAN.questions}
            found |= {each.cell for each in planned(offered, levels, PLAN, OF)}
    return sorted(found)


def truth(cell: Cell, known: list[RegisteredCase]) -> int:
    """The cell counted from the cases, in another way than the returns are."""
    own = [case for case in known if any(case.quarter in parse(period) for period in cell.periods)]
    if cell.question == "saker":
        return sum(str((case.quarter.number - 1) % 2 + 1) in cell.codes for case in own)
    if cell.question in OF.figures:
        return figure_truth(cell, own)
    given = [set(case.answers.get(cell.question, ())) for case in own]
    wanted = set(cell.codes)
    return {
        "codes": sum(len(ticks & wanted) for ticks in given),
        "any": sum(bool(ticks & wanted) for ticks in given),
        "answered": sum(bool(ticks) for ticks in given),
        "blank": sum(not ticks for ticks in given),
        "ticks": sum(len(ticks) for ticks in given),
        "multi": sum(len(ticks) > 1 for ticks in given),
    }[cell.kind]


def figure_truth(cell: Cell, own: list[RegisteredCase]) -> int:
    figure = OF.figures[cell.question]
    among = [case for case in own if all(set(codes) & set(case.answers[key]) for key, codes in figure.among.items())]
    counted = sum(bool(set(figure.any) & set(case.answers[figure.question])) for case in among)
    return {"cross": counted, "of": len(among), "rest": len(among) - counted}[cell.kind]


@settings(max_examples=15, deadline=None)
@given(several)
def test_every_cell_of_the_plan_is_the_sum_of_its_atoms_and_counts_what_the_cases_say(known: Any) -> None:
    world = world_of(PERIODS, known)
    cells = all_cells()
    made = problem(world, [Stated(cell, "open") for cell in cells], rule=Rule())
    counts = {atom["id"]: atom["count"] for atom in made["atoms"]}
    every = [case for own in known.values() for case in own]
    assert min(counts.values(), default=0) >= 0
    for cell, said in zip(cells, made["cells"], strict=True):
        assert len(set(said["atoms"])) == len(said["atoms"])
        assert sum(counts[atom] for atom in said["atoms"]) == truth(cell, every), cell


@settings(max_examples=15, deadline=None)
@given(several)
def test_the_equations_hold_over_all_and_for_each_kommune_alone(known: Any) -> None:
    made = problem(world_of(PERIODS, known), [Stated(cell, "open") for cell in all_cells()], rule=Rule())
    counts = {atom["id"]: atom["count"] for atom in made["atoms"]}
    for row in made["rows"]:
        per = Counter[str]()
        for atom, by in row["atoms"].items():
            per[atom.rsplit("/", 1)[1]] += by * counts[atom]
        assert (row["low"], row["high"]) == (0, 0)
        assert not any(per.values()), row


@settings(max_examples=15, deadline=None)
@given(several, st.sampled_from(LEVELS[:-1]))
def test_a_value_is_the_same_whatever_else_is_asked_for(known: Any, level: Any) -> None:
    world = world_of(PERIODS, known)
    every = [case for own in known.values() for case in own]
    levels = {key: PLAN.questions[key].at_most(level) for key in PLAN.questions}
    for each in planned(tables("2025H2", PERIODS)[-1], levels, PLAN, OF):
        assert value(world, each.cell) == truth(each.cell, every)


CODES = ("a", "b", "c")
BOXES = [tuple(code for code, on in zip(CODES, ticks, strict=True) if on) for ticks in product((0, 1), repeat=3)]


def small_form(most: int, *, enforced: bool = False) -> Form:
    given = tuple(Answer(code, code, code) for code in CODES)
    return Form("small", "", "", None, (Question("q", 1, "q", "choice", most, given, enforced),))


def worlds(cases: int, boxes: list[tuple[str, ...]]) -> set[tuple[int, ...]]:
    """(blank, multi, ticks of a, b, c, cases with a or b) of every table with this many cases."""
    found = set()
    for chosen in product(range(cases + 1), repeat=len(boxes)):
        if sum(chosen) != cases:
            continue
        ticks = Counter[str]()
        for box, number in zip(boxes, chosen, strict=True):
            ticks.update(dict.fromkeys(box, number))
        both = list(zip(boxes, chosen, strict=True))
        found.add((
            sum(number for box, number in both if not box), sum(number for box, number in both if len(box) > 1),
            *(ticks[code] for code in CODES), sum(number for box, number in both if {"a", "b"} & set(box)),
        ))  # fmt: skip
    return found


def allowed(cases: int, most: int | None) -> set[tuple[int, ...]]:
    """What the equations let be: every whole number for every atom is tried."""
    form_ = small_form(most or 2, enforced=most is not None)
    of = model_of(form_, form_, ())
    union = frozenset("ab")
    block = Block()
    made = table(block, of.questions["q"], [frozenset(code) for code in CODES], [union])
    free = [
        name
        for name in block.parts
        if "/s/" in name or "/m/" in name or "/n/c" in name or name in ("q/multi", "q/w/a+b", "q/blank")
    ]
    found = set()
    for counts in points(made, free, cases):
        known = dict(zip(free, counts, strict=True))
        if solved(block.equations, known):
            ticks = [sum(known[name] for name in made.classes[frozenset(code)]) for code in CODES]
            whole = sum(known[name] for name in made.unions[union])
            found.add((known["q/blank"], known["q/multi"], *ticks, whole))
    return found


def points(made: Any, free: list[str], cases: int) -> Any:
    """Whole numbers for the atoms that add up to the cases."""
    whole = [name in made.whole for name in free]
    for counts in product(range(cases + 1), repeat=len(free)):
        if sum(count for count, inside in zip(counts, whole, strict=True) if inside) == cases:
            yield counts


def solved(equations: list[Counter[str]], free: dict[str, int]) -> bool:
    """Can the equations be met? Each has at most one atom that is not known by then: it must not be negative."""
    known = dict(free)
    for equation in equations:
        left = sum(by * known[name] for name, by in equation.items() if name in known)
        unknown = [(name, by) for name, by in equation.items() if name not in known]
        assert len(unknown) <= 1
        for name, by in unknown:
            known[name] = -left // by
        if (left and not unknown) or any(known[name] < 0 for name, _ in unknown):
            return False
    return True


@pytest.mark.parametrize(("most", "sizes"), [(None, BOXES), (2, [box for box in BOXES if len(box) < 3])])
def test_several_ticks_the_equations_let_be_exactly_what_cases_can_be(most: int | None, sizes: Any) -> None:
    for number in (1, 2):
        assert allowed(number, most) == worlds(number, sizes)


TWO = [(), ("x",), ("z",), ("x", "z")]
ONE = [(), ("y",), ("o",)]


def crossed_worlds(number: int) -> set[tuple[int, ...]]:
    """(with x, with y, with both, not x and not y) of every table of so many cases, and what else is asked of it."""
    found = set()
    for chosen in combinations_with_replacement(list(product(TWO, ONE)), number):
        both = sum("x" in q and "y" in r for q, r in chosen)
        among = sum("y" in r for _, r in chosen)
        multi = sum(len(q) > 1 for q, _ in chosen)
        found.add((multi, sum("x" in q for q, _ in chosen), sum("z" in q for q, _ in chosen), among, both))
    return found


def crossed_allowed(number: int) -> set[tuple[int, ...]]:
    """What the equations let be of a figure: x among those with y."""
    boxes = [tuple(Answer(code, code, code) for code in codes) for codes in ("xz", "yo")]
    sent = Form("cross", "", "", None, (
        Question("q", 1, "q", "choice", 2, boxes[0]), Question("r", 2, "r", "choice", 1, boxes[1]),
    ))  # fmt: skip
    of = model_of(sent, sent, [PlannedFigure("f", "q", ("x",), {"r": ("y",)})])
    made = piece("p", [], of, [Cell("f", "cross", (), ("p",))]).block
    ways = {key: list(product(range(number + 1), repeat=len(names))) for key, names in FREE.items()}
    found = set()
    for q, r, f in product(*ways.values()):
        if q[0] + q[1] + q[4] + q[5] != number or sum(r) != number:
            continue
        known = {"saker/1": number, "saker/2": 0} | dict(zip(chain(*FREE.values()), (*q, *r, *f), strict=True))
        if solved(made.equations, known):
            found.add((q[4], q[0] + q[2], q[1] + q[3], r[0], f[0]))
    return found


FREE = {
    "q": ["q/s/x", "q/s/z", "q/m/x", "q/m/z", "q/multi", "q/blank"],
    "r": ["r/s/y", "r/s/o", "r/blank"],
    "f": ["f/count", "f/rest"],
}


def test_a_cross_figure_the_equations_let_be_exactly_what_cases_can_be() -> None:
    for number in (1, 2, 3):
        assert crossed_allowed(number) == crossed_worlds(number)


def test_answers_that_no_cell_tells_apart_are_one_atom() -> None:
    of, key = OF, "relasjon"
    groups = [Cell(key, "codes", group.codes, ("2025H1",)) for group in PLAN.questions[key].levels["few"]]
    made = piece("2025H1", [], of, groups)
    assert len([name for name in made.block.parts if name.startswith("relasjon/s/")]) == 2


def test_a_question_that_no_cell_asks_for_is_not_in_the_problem() -> None:
    made: Piece = piece("2025H1", [], OF, [cases(("2025H1",))])
    assert list(made.block.parts) == ["saker/1", "saker/2"]


def test_the_same_figure_has_one_name() -> None:
    period = ("2025H1",)
    assert canonical(Cell("relasjon", "codes", tuple(OF.questions["relasjon"].codes), period), OF).kind == "answered"
    assert canonical(Cell("grunnlag", "ticks", (), period), OF) == canonical(
        Cell("grunnlag", "answered", (), period), OF
    )
    observed = canonical(Cell("basis.observed", "cross", (), period), OF)
    assert observed == Cell("grunnlag", "codes", ("event_observed", "injury_observed"), period)
    assert canonical(Cell("vuln.drugs", "of", (), period), OF) == cases(period)
    drugs = canonical(Cell("vuln.drugs", "cross", (), period), OF)
    assert canonical(Cell("cross.drugs_neglect", "of", (), period), OF) == drugs
    old = canonical(Cell("cross.old_neglect", "of", (), period), OF)
    assert old == Cell("sarbarhet", "codes", ("dementia_old_age",), period)


def test_a_cell_twice_or_of_an_open_period_is_refused() -> None:
    world = world_of(["2025H1"], {"a": []})
    cell = Stated(cases(("2025H1",)), "open")
    with pytest.raises(ValueError, match="to ganger"):
        problem(world, [cell, cell], rule=Rule())
    with pytest.raises(ValueError, match="ikke lukket"):
        problem(world, [Stated(cases(("2025H2",)), "open")], rule=Rule())


def test_every_kommune_of_the_pilot_has_a_table_that_agrees() -> None:
    for period in ("2018H2", "2019H1", "2019H2"):
        assert len(closed_of(period, pilot()).parts) == 12


def test_a_contribution_that_no_cases_can_have_is_refused() -> None:
    one = closed_of("2025H1", {"a": [RegisteredCase(parse("2025Q1")[0], {"overgrep": ("physical",)}, REPORTED)]})
    broken = {**one.parts[0].numbers, ("overgrep", "code", "sexual"): 3}
    world = World((type(one)("2025H1", (Part("a", REPORTED, broken),)),))
    with pytest.raises(ValueError, match="henger ikke sammen"):
        problem(world, [Stated(Cell("overgrep", "multi", (), ("2025H1",)), "open")], rule=Rule())


def test_the_plan_of_planned_figures_may_not_overlap_within_a_question() -> None:
    figures = [one for one in plan(REPORTED) if one.id == "vuln.drugs"]
    other = type(figures[0])("x", "sarbarhet", ("drugs", "dementia_old_age"), {})
    with pytest.raises(ValueError, match="to ulike"):
        model_of(form(REPORTED), form(REPORTED), [*figures, other])


def test_flat_numbers_hold_what_the_return_holds() -> None:
    from shared.contracts import Counts
    from tenants.returns.counts import count_cases

    counts: Counts = count_cases(pilot()["Alta"])
    assert flat(counts)[("cases", "", "")] == counts.cases
