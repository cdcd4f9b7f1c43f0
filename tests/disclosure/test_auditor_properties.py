"""What must hold of every audit, whatever the tables."""

import re
from collections.abc import Iterable, Set
from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from varde.auditor.verdict import audit

MOST = 40


@st.composite
def problems(draw: st.DrawFn) -> dict[str, Any]:
    """Up to eight atoms and a dozen cells, with holders, earlier releases and now and then a fact."""
    size = draw(st.integers(1, 8))
    atoms = [
        {"id": f"a{n}", "count": draw(st.integers(0, 9)), "holder": draw(st.sampled_from(["A", "B", "C", None]))}
        for n in range(size)
    ]
    sets = draw(st.sets(st.frozensets(st.integers(0, size - 1), min_size=1), min_size=1, max_size=12))
    states = st.sampled_from(["open", "open", "open", "published", "withheld"])
    cells = [
        {"id": f"c{n}", "atoms": [f"a{each}" for each in sorted(one)], "state": draw(states)}
        for n, one in enumerate(sorted(sets, key=sorted))
    ]
    rows = [draw(facts(atoms)) for _ in range(draw(st.sampled_from([0, 0, 1])))]
    coalition = draw(st.integers(0, 2))
    return {"rule": {"coalition": coalition, "min_contributors": 0}, "atoms": atoms, "cells": cells, "rows": rows}


@st.composite
def facts(draw: st.DrawFn, atoms: list[dict[str, Any]]) -> dict[str, Any]:
    times = {atom["id"]: draw(st.sampled_from([-1, 1, 2])) for atom in atoms if atom is atoms[0] or draw(st.booleans())}
    value = sum(times.get(atom["id"], 0) * atom["count"] for atom in atoms)
    return {"atoms": times, "low": value - draw(st.integers(0, 3)), "high": draw(st.sampled_from([None, value]))}


def open_cells(problem: dict[str, Any]) -> list[str]:
    return [cell["id"] for cell in problem["cells"] if cell["state"] == "open"]


def showing(problem: dict[str, Any], shown: Set[str]) -> dict[str, Any]:
    open_ = open_cells(problem)
    return {"show": [name for name in open_ if name in shown], "hide": [name for name in open_ if name not in shown]}


def within(inner: list[int | None], outer: list[int | None]) -> bool:
    (low, high), (least, most) = inner, outer
    return least <= low and (most is None or (high is not None and high <= most))


patterns = problems().flatmap(
    lambda problem: st.tuples(st.just(problem), st.frozensets(st.sampled_from(open_cells(problem) or [""])))
)


@settings(max_examples=MOST)
@given(patterns)
def test_hiding_one_more_never_narrows(drawn):
    problem, shown = drawn
    before = audit(problem, showing(problem, shown))
    for name in sorted(shown)[:2]:
        after = audit(problem, showing(problem, shown - {name}))
        assert all(within(before["intervals"][cell], after["intervals"][cell]) for cell in before["intervals"])
        assert after["safe"] or not before["safe"]


@settings(max_examples=MOST)
@given(patterns)
def test_the_truth_is_always_possible_and_safety_is_what_the_findings_say(drawn):
    problem, shown = drawn
    verdict = audit(problem, showing(problem, shown))
    counts = {atom["id"]: atom["count"] for atom in problem["atoms"]}
    cells = {cell["id"]: sum(counts[atom] for atom in cell["atoms"]) for cell in problem["cells"]}
    for name, (low, high) in verdict["intervals"].items():
        assert 0 <= low <= cells[name]
        assert high is None or cells[name] <= high
    assert verdict["safe"] is (verdict["findings"] == [])
    assert all(each["low"] > 0 or each["high"] < 5 for each in verdict["findings"])


def said(finding: dict[str, Any], cell: str) -> tuple[Any, ...]:
    high = -1 if finding["high"] is None else finding["high"]
    return finding["attacker"], cell, finding["low"], high, "earlier" in finding


@settings(max_examples=MOST)
@given(patterns, st.randoms(use_true_random=False))
def test_names_and_order_change_nothing(drawn, chance):
    problem, shown = drawn
    atom = {each["id"]: f"x{chance.random()}{each['id']}" for each in problem["atoms"]}
    cell = {each["id"]: f"y{chance.random()}{each['id']}" for each in problem["cells"]}
    renamed = {
        **problem,
        "atoms": chance.sample([{**each, "id": atom[each["id"]]} for each in problem["atoms"]], len(atom)),
        "cells": chance.sample([
            {**each, "id": cell[each["id"]], "atoms": [atom[one] for one in each["atoms"]]} for each in problem["cells"]
        ], len(cell)),
        "rows": [row | {"atoms": {atom[one]: times for one, times in row["atoms"].items()}} for row in problem["rows"]],
    }  # fmt: skip
    before = audit(problem, showing(problem, shown))
    after = audit(renamed, showing(renamed, {cell[one] for one in shown if one}))
    assert {cell[name]: can for name, can in before["intervals"].items()} == after["intervals"]
    assert sorted(said(each, cell[each["cell"]]) for each in before["findings"]) == sorted(
        said(each, each["cell"]) for each in after["findings"]
    )


@settings(max_examples=MOST)
@given(patterns)
def test_a_count_split_in_two_parts_that_always_go_together_changes_nothing(drawn):
    problem, shown = drawn
    first = [{**atom, "count": atom["count"] // 2} for atom in problem["atoms"]]
    second = [{**atom, "id": atom["id"] + "b", "count": (atom["count"] + 1) // 2} for atom in problem["atoms"]]
    split = {
        **problem,
        "atoms": first + second,
        "cells": [{**cell, "atoms": doubled(cell["atoms"])} for cell in problem["cells"]],
        "rows": [{**row, "atoms": {one: row["atoms"][one.rstrip("b")] for one in doubled(row["atoms"])}}
                 for row in problem["rows"]],
    }  # fmt: skip
    before, after = (audit(each, showing(each, shown)) for each in (problem, split))
    assert before["intervals"] == after["intervals"]
    assert [(each["cell"], each["low"]) for each in before["findings"]] == [
        (each["cell"], each["low"]) for each in after["findings"]
    ]


def doubled(atoms: Iterable[str]) -> list[str]:
    return [one + end for one in atoms for end in ("", "b")]


TERM = re.compile(r"([+-]?) ?(?:(\d+(?:/\d+)?) × )?(c\d+|own|row \d+)")


@settings(max_examples=MOST)
@given(patterns)
def test_a_sum_that_is_given_as_the_reason_adds_up(drawn):
    problem, shown = drawn
    counts = {atom["id"]: atom["count"] for atom in problem["atoms"]}
    value = {cell["id"]: sum(counts[one] for one in cell["atoms"]) for cell in problem["cells"]}
    told = shown | {cell["id"] for cell in problem["cells"] if cell["state"] == "published"}
    for found in audit(problem, showing(problem, shown))["findings"]:
        exact = re.fullmatch(r"([^;<>=]+) = (\d+)", found["because"])
        if not exact or "row" in found["because"] or found["low"] != found["high"]:
            continue
        terms = [(Fraction(f"{sign.strip()}{times or 1}"), name) for sign, times, name in TERM.findall(exact[1])]
        assert {name for _, name in terms} <= told | {"own"}
        without_own = sum(times * value[name] for times, name in terms if name != "own")
        assert int(exact[2]) == found["low"]
        if not any(name == "own" for _, name in terms):
            assert without_own == found["low"]
