"""What two have settled is no promise to whoever could find it out, and still one to everybody else."""

import pytest

from regional.releases.asked import model
from regional.releases.cells import Cell, cases
from regional.releases.engines import Engines, engines
from regional.releases.ledger import KEPT, Entry, Ledger, cell_json, ledger
from regional.releases.levels import basis
from regional.releases.losing import lost_cells
from regional.releases.making import History, Wanted, all_earlier, make, tables_of
from regional.releases.offered import tables
from regional.releases.other_actions import unsafe_cells
from regional.releases.problem import Rule, World
from regional.releases.release_actions import Stand
from regional.releases.statements import Statement
from shared.codes.forms import REPORTED
from shared.codes.periods import parse
from shared.codes.release_plans import CURRENT_PLAN, release_plan
from tenants.returns.counts import RegisteredCase
from tests.regional.releasing import world_of
from varde.refusal import Refused

H1, H2 = "2025H1", "2025H2"
WOMEN = Cell("kjonn", "codes", ("woman",), (H1,))
PLAN = release_plan(CURRENT_PLAN)


def some(number: int, period: str, gender: str) -> list[RegisteredCase]:
    """So many cases alike."""
    return [RegisteredCase(parse(period)[0], {"kjonn": (gender,)}, REPORTED)] * number


def world() -> World:
    """Three kommuner; few women in the first half-year."""
    own = {
        name: [*some(women, H1, "woman"), *some(12, H1, "man"), *some(9, H2, "woman"), *some(9, H2, "man")]
        for name, women in (("A", 1), ("B", 1), ("C", 2))
    }
    return world_of([H1, H2], own)


def history(**more: object) -> History:
    """The cases were printed, the women withheld."""
    said = (Statement(cases((H1,)), 40), Statement(WOMEN, None))
    return History(said, **more)  # type: ignore[arg-type]


def test_outsiders_are_asked_for_first_and_what_they_must_not_see_nobody_sees():
    asked = []
    wanted = tables_of(tables(H2, [H1, H2])[:3])
    found = {name: basis(one, [], None, PLAN) for name, one in wanted.items()}

    def protect(problem):
        asked.append(problem)
        ids = [each["id"] for each in problem["cells"] if each["state"] == "open"]
        hidden = [each for each in ids if f"{H2}|saker" in each] if problem["rule"]["coalition"] == 0 else []
        shown = [each for each in ids if each not in hidden]
        return {"method": "suppress", "show": shown, "hide": hidden, "optimal": True, "witnesses": [], "cost": 0.0}

    made = make(
        world(), history(settled=frozenset({WOMEN}), guarded=frozenset({WOMEN})), Wanted(wanted, found), plan=PLAN,
        of=model(), rule=Rule(), protect=protect,
    )  # fmt: skip
    states = [{each["id"]: each["state"] for each in problem["cells"]} for problem in asked[:2]]
    assert [problem["rule"]["coalition"] for problem in asked[:2]] == [0, 1]
    assert states[0][WOMEN.id] == "withheld"
    assert WOMEN.id not in states[1]
    whole = cases((H2,))
    assert states[1][whole.id] == "withheld"
    assert {each.cell: each.value for each in made.statements}[whole] is None
    assert [problem["rule"]["coalition"] for problem, _ in made.to_audit] == [1, 0]
    assert whole.id in made.to_audit[1][1]["hide"]


def test_the_installed_engines_keep_outsiders_from_what_an_insider_could_find_out():
    own = history(settled=frozenset({WOMEN}), guarded=frozenset({WOMEN}))
    wanted = tables_of([one for one in tables(H2, [H1, H2]) if one.id in (H2, "2025")])
    found = {name: basis(one, [], 30000, PLAN) for name, one in wanted.items()}
    real = engines(b"key", seconds=20)
    made = make(world(), own, Wanted(wanted, found), plan=PLAN, of=model(), rule=Rule(), protect=real.protect)
    assert all(real.audit(problem, release)["safe"] for problem, release in made.to_audit)
    printed = {each.cell: each.value for each in made.statements}
    women = [printed.get(Cell("kjonn", "codes", ("woman",), periods)) for periods in ((H2,), (H1, H2))]
    assert None in women  # both would give the few women of the first half-year


def finder(most: int) -> Engines:
    """An auditor to whom the women are found out by coalitions of so many or more."""

    def audit(problem, release):
        is_there = any(each["id"] == WOMEN.id for each in problem["cells"])
        safe = not is_there or problem["rule"]["coalition"] < most
        return {"safe": safe, "findings": [] if safe else [{"cell": WOMEN.id}]}

    return Engines(lambda problem: problem, audit, {})


def test_what_only_an_insider_finds_is_settled_and_still_guarded():
    seen = Stand(Ledger(), 0, world(), history())
    assert unsafe_cells(seen, finder(1)) == {WOMEN: True}
    assert unsafe_cells(seen, finder(0)) == {WOMEN: False}
    assert unsafe_cells(seen, finder(9)) == {}
    settled = history(settled=frozenset({WOMEN}), guarded=frozenset({WOMEN}))
    assert unsafe_cells(Stand(Ledger(), 0, world(), settled), finder(0)) == {WOMEN: False}
    assert len(all_earlier(world(), settled, Rule())) == 2


def test_a_new_figure_that_somebody_knows_already_is_withheld_and_stops_nothing():
    """After a merger the new kommune knows a small rest of the half-year, and so one of the year."""
    year = Cell("kjonn", "codes", ("woman",), (H1, H2))
    asked = []

    def audit(problem, release):
        known = any(each["id"] == year.id and each["state"] != "open" for each in problem["cells"])
        safe = not known or problem["rule"]["coalition"] == 0
        return {"safe": safe, "findings": [] if safe else [{"cell": year.id}]}

    def protect(problem):
        asked.append({each["id"]: each["state"] for each in problem["cells"]})
        ids = [each["id"] for each in problem["cells"] if each["state"] == "open"]
        return {"method": "suppress", "show": ids, "hide": [], "optimal": True, "witnesses": [], "cost": 0.0}

    own = history(settled=frozenset({WOMEN}))
    wanted = tables_of([one for one in tables(H2, [H1, H2]) if one.id == "2025"])
    found = {name: basis(one, [], 3_000_000, PLAN) for name, one in wanted.items()}
    made = make(
        world(), own, Wanted(wanted, found), plan=PLAN, of=model(), rule=Rule(), protect=protect,
        lose=lambda before, new: lost_cells(world(), before, new, Rule(), audit),
    )  # fmt: skip
    assert made.lost == {year: True}
    assert {each.cell: each.value for each in made.statements}[year] is None
    assert [problem.get(year.id) for problem in asked[:2]] == ["withheld", None]
    kept = {
        "statements": [each.as_json() for each in made.statements],
        "lost": [{"cell": cell_json(cell), "guarded": still} for cell, still in made.lost.items()],
    }
    content = {"period": H2, "tables": ["2025"], "kept": "m", KEPT: kept}
    told = ledger([Entry(1, "drafted", content)])
    assert (told.settled, told.guarded, told.drafted[0].lost) == ({year}, {year}, {year})
    assert lost_cells(world(), history(), [year], Rule(), audit) == {}


def test_what_the_audit_did_not_get_to_decide_is_neither_settled_nor_lost():
    """Settled means given up as a target: a short clock must not do that."""

    def audit(problem, release):
        found = [{"cell": WOMEN.id, "undecided": True}] if problem["rule"]["coalition"] else []
        return {"safe": not found, "findings": found}

    with pytest.raises(Refused, match="ble ikke ferdig"):
        unsafe_cells(Stand(Ledger(), 0, world(), history()), Engines(lambda problem: problem, audit, {}))
    other = Cell("kjonn", "codes", ("man",), (H1,))
    with pytest.raises(Refused, match="ble ikke ferdig"):
        lost_cells(world(), history(settled=frozenset({other})), [WOMEN], Rule(), audit)


def test_a_cell_is_looked_at_once_however_many_rounds_there_are():
    """Withheld cells tell nothing, so what is found of one stays so when levels are lowered."""
    year, looked = Cell("kjonn", "codes", ("woman",), (H1, H2)), list[Cell]()

    def lose(before, new):
        looked.extend(new)
        return {year: True} if year in new else {}

    def protect(problem):
        ids = [each["id"] for each in problem["cells"] if each["state"] == "open"]
        shown = [each for each in ids if "|saker" in each or "|kjonn" in each]
        hide = [each for each in ids if each not in shown]
        return {"method": "suppress", "show": shown, "hide": hide, "optimal": True, "witnesses": [], "cost": 0.0}

    wanted = tables_of([one for one in tables(H2, [H1, H2]) if one.id == "2025"])
    found = {name: basis(one, [], 3_000_000, PLAN) for name, one in wanted.items()}
    made = make(
        world(), history(), Wanted(wanted, found), plan=PLAN, of=model(), rule=Rule(), protect=protect, lose=lose
    )
    assert made.rounds > 1
    assert len(looked) == len(set(looked))
    assert made.lost == {year: True}
    assert {each.cell: each.value for each in made.statements}[year] is None
