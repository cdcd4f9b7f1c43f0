"""Atoms add up to what was counted, and their equations say what is true of every kommune, no more."""

from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regional.releases.asked import model_of
from regional.releases.cells import Cell, canonical, cases
from regional.releases.flat import flat
from regional.releases.offered import planned, tables
from regional.releases.problem import Part, Piece, Rule, Stated, World, piece, problem, value
from shared.codes.forms import REPORTED, form
from shared.codes.periods import parse
from shared.codes.plans import plan
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
            levels = {key: PLAN.questions[key].at_most(level) for key in PLAN.questions if key not in OF.phone}
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
    among = [
        case for case in own if all(set(codes) & set(case.answers.get(key, ())) for key, codes in figure.among.items())
    ]
    counted = sum(bool(set(figure.any) & set(case.answers.get(figure.question, ()))) for case in among)
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
    levels = {key: PLAN.questions[key].at_most(level) for key in PLAN.questions if key not in OF.phone}
    for each in planned(tables("2025H2", PERIODS)[-1], levels, PLAN, OF):
        assert value(world, each.cell) == truth(each.cell, every)


def test_answers_that_no_cell_tells_apart_are_one_atom() -> None:
    of, key = OF, "relasjon"
    groups = [Cell(key, "codes", group.codes, ("2025H1",)) for group in PLAN.questions[key].levels["few"]]
    made = piece("2025H1", [], of, groups)
    assert len([name for name in made.block.parts if name.startswith("relasjon/s/")]) == 3


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
