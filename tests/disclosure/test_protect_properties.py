"""What holds for every problem: found by Hypothesis, with the auditor and the small checker as judges."""

from copy import deepcopy
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.disclosure.small import Json, region
from varde.auditor.verdict import audit
from varde.protect import settle as settle_room
from varde.protect.engine import Wish, protect
from varde.protect.hitting import Scale, cheapest
from varde.protect.problem import Refusal
from varde.protect.solver import Answer, Budget, OutOfTime, Program, SolverFailed

FEW = settings(max_examples=25, deadline=None)


@st.composite
def problems(draw: st.DrawFn) -> Json:
    """Any sums of up to eight atoms, with facts that the truth fulfils, weights, zeros either way, coalitions."""
    counts = draw(st.lists(st.integers(0, 9), min_size=3, max_size=8))
    names = [f"a{n}" for n in range(len(counts))]
    owners = draw(st.lists(st.sampled_from(["A", "B", "C", None]), min_size=len(names), max_size=len(names)))
    sets = draw(st.lists(st.sets(st.sampled_from(names), min_size=1), min_size=1, max_size=7))
    weights = draw(st.lists(st.sampled_from([0, 0.5, 1, 1, 3]), min_size=len(sets), max_size=len(sets)))
    rule = {
        "zeros": draw(st.sampled_from(["hide", "show"])),
        "coalition": draw(st.integers(0, 2)),
        "min_contributors": 0,
    }
    known = dict(zip(names, counts, strict=True))
    rows = []
    for _ in range(draw(st.integers(0, 2))):
        times = draw(st.dictionaries(st.sampled_from(names), st.sampled_from([-1, 1, 1, 2]), min_size=2, max_size=4))
        value = sum(many * known[name] for name, many in times.items())
        slack = draw(st.integers(2, 9))
        rows.append({"atoms": times, "low": value - slack, "high": draw(st.sampled_from([None, value + slack]))})
    atoms = [
        {"id": name, "count": count} | ({"holder": owner} if owner else {})
        for name, count, owner in zip(names, counts, owners, strict=True)
    ]
    cells = [
        {"id": f"c{n}", "atoms": sorted(each), "weight": weight}
        for n, (each, weight) in enumerate(zip(sets, weights, strict=True))
    ]
    return {"rule": rule, "atoms": atoms, "cells": cells, "rows": rows}


def tried(problem: Json, **wish: Any) -> Json | None:
    """The release, or None when what everybody knows already tells too much."""
    try:
        return protect(problem, wish=Wish(**wish))
    except Refusal:
        return None


def adds_up(problem: Json, release: Json) -> None:
    """Every table says the same as the truth to its attacker. Additions alone."""
    counts = {atom["id"]: atom["count"] for atom in problem["atoms"]}
    holders = {atom["id"]: atom.get("holder") for atom in problem["atoms"]}
    shown = [cell["atoms"] for cell in problem["cells"] if cell["id"] in release["show"]]
    cells = {cell["id"]: cell["atoms"] for cell in problem["cells"]}
    for witness in release["witnesses"]:
        own = {atom for atom in counts if holders[atom] in witness["attacker"]}
        for table in (witness["low"], witness["high"]):
            assert table.keys() == counts.keys()
            assert min(table.values()) >= 0
            assert all(table[atom] == counts[atom] for atom in own)
            assert all(sum(table[atom] - counts[atom] for atom in atoms) == 0 for atoms in shown)
        for name in witness.get("cells", [witness.get("cell")]):
            rest = [atom for atom in cells[name] if atom not in own]
            assert sum(witness["low"][atom] for atom in rest) == 0
            assert sum(witness["high"][atom] for atom in rest) >= 5


@FEW
@given(problems())
def test_what_comes_out_is_safe_and_its_tables_add_up(problem: Json) -> None:
    release = tried(problem)
    if release is None:
        everything = {"show": [], "hide": [cell["id"] for cell in problem["cells"]]}
        assert not audit(problem, everything)["safe"]
        return
    assert audit(problem, release)["safe"]
    adds_up(problem, release)


@FEW
@given(problems(), st.data())
def test_hiding_more_of_a_safe_release_stays_safe(problem: Json, data: st.DataObject) -> None:
    release = tried(problem)
    if release and release["show"]:
        more = data.draw(st.sets(st.sampled_from(release["show"])))
        less = {"show": [name for name in release["show"] if name not in more], "hide": release["hide"] + sorted(more)}
        assert audit(problem, less)["safe"]


@FEW
@given(problems(), st.randoms(use_true_random=False))
def test_other_names_and_another_order_change_nothing_but_names(problem: Json, chance: Any) -> None:
    """Names that sort alike give the same pattern; any names, the same cost."""
    release = tried(problem)
    for word in (lambda name: f"x{name}", lambda name: f"{hash(name) % 97}{name}"):
        other = deepcopy(problem)
        for part in (other["atoms"], other["cells"]):
            chance.shuffle(part)
            for each in part:
                each["id"] = word(each["id"])
        for each in other["cells"]:
            each["atoms"] = [word(name) for name in each["atoms"]]
        for each in other["rows"]:
            each["atoms"] = {word(name): many for name, many in each["atoms"].items()}
        found = tried(other)
        assert (found is None) == (release is None)
        if found and release:
            assert (found["cost"], found["optimal"]) == (release["cost"], release["optimal"])
            if word("a") == "xa":
                assert found["hide"] == [f"x{name}" for name in release["hide"]]


@FEW
@given(st.integers(0, 10_000))
def test_the_next_release_breaks_no_earlier_target(seed: int) -> None:
    whole = region(seed, kommuner=4, codes=4, periods=2)
    first = {**whole, "cells": [cell for cell in whole["cells"] if cell["id"].startswith("t0|")]}
    release = protect(first)
    states = dict.fromkeys(release["show"], "published") | dict.fromkeys(release["hide"], "withheld")
    later = {**whole, "cells": [{**cell, "state": states.get(cell["id"], "open")} for cell in whole["cells"]]}
    second = protect(later)
    assert audit(later, second)["safe"]
    adds_up(later, second)


@pytest.mark.parametrize("seed", range(4))
def test_showing_any_hidden_cell_is_unsafe_or_was_free(seed: int) -> None:
    problem = region(seed, kommuner=4, codes=5, periods=2)
    release = protect(problem)
    for name in release["hide"]:
        bare = {"show": [*release["show"], name], "hide": [each for each in release["hide"] if each != name]}
        assert not audit(problem, bare)["safe"]


@pytest.mark.parametrize("seed", range(6))
def test_the_quick_way_is_within_a_tenth_of_the_cheapest(seed: int) -> None:
    problem = region(seed, kommuner=5, codes=9, periods=3)
    exact, quick = protect(problem), protect(problem, wish=Wish(exact=False))
    assert exact["optimal"]
    assert audit(problem, quick)["safe"]
    assert exact["cost"] <= quick["cost"] <= 1.1 * exact["cost"]


def test_no_time_at_all_hides_everything_new_and_proves_it() -> None:
    problem = region(1, kommuner=4, codes=5, periods=2)
    release = protect(problem, wish=Wish(seconds=0))
    assert release["show"] == []
    assert release["optimal"] is False
    assert audit(problem, release)["safe"]
    adds_up(problem, release)


FAULTS: dict[str, Any] = {
    "fails": SolverFailed("broken"),
    "out of time": OutOfTime(),
    "lies upwards": lambda answer: Answer(answer.values + 1 if answer.values is not None else None, answer.duals, 0.0),
    "lies that nothing goes": lambda answer: Answer(None, answer.duals, 0.0),
    "forgets its proof": lambda answer: Answer(answer.values, answer.duals * 0, answer.bound),
    "invents a proof": lambda answer: Answer(
        answer.values * 0 if answer.values is not None else None, answer.duals + 7, answer.bound
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("after", [0, 3, 25])
def test_a_solver_that_breaks_or_lies_gives_something_safe_or_nothing(
    monkeypatch: pytest.MonkeyPatch, fault: str, after: int
) -> None:
    problem, real, calls = region(2, kommuner=4, codes=5, periods=2), Program.run, iter(range(10**9))

    def broken(self: Program, budget: Budget) -> Answer:
        answer, what = real(self, budget), FAULTS[fault]
        if next(calls) < after:
            return answer
        if isinstance(what, Exception):
            raise what
        return what(answer)

    monkeypatch.setattr(Program, "run", broken)
    release = tried(problem)
    monkeypatch.undo()
    if release is not None:
        assert audit(problem, release)["safe"]
        adds_up(problem, release)


def test_without_the_insiders_as_attackers_the_auditor_objects(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = region(0, kommuner=4, codes=5, periods=2, mean=8.0)
    assert audit(problem, protect(problem))["safe"]
    monkeypatch.setattr("varde.protect.publication.coalitions", lambda _: [()])
    monkeypatch.setattr("varde.protect.release.coalitions", lambda _: [()])
    assert not audit(problem, protect(problem))["safe"]


def test_without_the_proofs_small_figures_are_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = region(0, kommuner=4, codes=5, periods=2)
    monkeypatch.setattr(settle_room.Search, "safe", lambda *_: True)
    monkeypatch.setattr(settle_room.Search, "settle", lambda _self, shown: (shown, []))
    with pytest.raises(Refusal):
        protect(problem)


def test_parts_that_share_no_atoms_are_solved_apart_and_handed_over_together() -> None:
    one, two = region(4, kommuner=3, codes=4, periods=1), region(5, kommuner=3, codes=4, periods=1)
    for each in (*two["atoms"], *two["cells"]):
        each["id"] = f"z{each['id']}"
    for each in two["cells"]:
        each["atoms"] = [f"z{name}" for name in each["atoms"]]
    both = {"rule": one["rule"], "atoms": one["atoms"] + two["atoms"], "cells": one["cells"] + two["cells"]}
    release = protect(both)
    assert release["cost"] == protect(one)["cost"] + protect(two)["cost"]
    assert audit(both, release)["safe"]
    adds_up(both, release)


def test_the_cheapest_set_breaks_each_cut() -> None:
    weights = np.array([2.0, 1.0, 3.0])
    choice = cheapest([frozenset({0, 2}), frozenset({1, 2})], Scale.of(weights), np.zeros(3), Budget(5))
    assert choice.bound == 3.0
