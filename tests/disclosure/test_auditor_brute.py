"""The auditor against somebody who writes down every table that fits. No code is shared."""

import random
from itertools import chain, combinations, product
from typing import Any

import pytest

from tests.disclosure import brute
from varde.auditor.verdict import audit


def agree(problem: dict[str, Any], shown: set[str]) -> bool:
    """Compare both; whether the publication is safe."""
    every = [cell["id"] for cell in problem["cells"]]
    hidden = [name for name in every if name not in shown]
    verdict = audit(problem, {"show": sorted(shown), "hide": hidden}, compare=True)
    told = {(tuple(each["attacker"]), each["cell"]): (each["low"], each["high"]) for each in verdict["findings"]}
    assert told == brute.findings(problem, shown)
    assert {name: tuple(can) for name, can in verdict["intervals"].items()} == {
        name: brute.interval(problem, shown, (), name) for name in hidden
    }
    assert not any("undecided" in each for each in verdict["findings"])
    assert verdict["safe"] == (not told)
    return not told


def problem_of(counts: tuple[int, ...], cells: list[tuple[int, ...]], holders: list[str | None], **more: Any) -> dict:
    """Atoms by number; a cell is the numbers of its atoms."""
    return {
        "rule": {"threshold": 3, **more},
        "atoms": [{"id": f"a{n}", "count": c, "holder": holders[n]} for n, c in enumerate(counts)],
        "cells": [{"id": "c" + "".join(map(str, cell)), "atoms": [f"a{n}" for n in cell]} for cell in cells],
    }  # fmt: skip


def subsets(size: int) -> list[tuple[int, ...]]:
    return [each for many in range(1, size + 1) for each in combinations(range(size), many)]


@pytest.mark.parametrize("counts", [*product(range(3), repeat=2), *product((0, 1, 6), (2, 4))])
def test_two_atoms_every_table_and_every_publication(counts):
    cells = subsets(2)
    for shown in chain.from_iterable(combinations(cells, many) for many in range(4)):
        for holders in (["A", "B"], ["A", "A"], ["A", None]):
            agree(problem_of(counts, cells, holders), {"c" + "".join(map(str, cell)) for cell in shown})


@pytest.mark.parametrize("counts", [(0, 1, 2), (1, 1, 1), (0, 0, 3), (4, 2, 1)])
def test_three_atoms_every_publication(counts):
    cells = subsets(3)
    safe = 0
    for shown in chain.from_iterable(combinations(cells, many) for many in range(8)):
        named = {"c" + "".join(map(str, cell)) for cell in shown}
        safe += agree(problem_of(counts, cells, ["A", "B", "C"]), named)
    assert safe


def test_tables_of_two_by_three_with_their_margins():
    rows, columns = [(0, 1, 2), (3, 4, 5)], [(0, 3), (1, 4), (2, 5)]
    inner = [(n,) for n in range(6)]
    cells = [*rows, *columns, *inner]
    for counts in [(2, 0, 6, 1, 4, 0), (1, 1, 1, 1, 1, 1), (6, 2, 0, 0, 3, 5), (0, 0, 4, 3, 1, 2)]:
        problem = problem_of(counts, cells, ["A", "A", "A", "B", "B", "B"])
        for shown in chain.from_iterable(combinations(inner, many) for many in range(4)):
            agree(problem, {"c" + "".join(map(str, cell)) for cell in [*rows, *columns, *shown]})


@pytest.mark.parametrize("seed", range(220))
def test_chosen_at_random(seed):
    """Up to six atoms with counts up to six, any cells, holders, coalitions and facts of the form."""
    chance = random.Random(seed)
    size = chance.randint(1, 6)
    counts = tuple(chance.choice((0, 0, 1, 1, 2, 3, 4, 5, 6)) for _ in range(size))
    possible = subsets(size)
    cells = chance.sample(possible, min(len(possible), chance.randint(1, 9)))
    holders = [chance.choice(("A", "B", "C", None)) for _ in range(size)]
    rule = {"threshold": chance.choice((2, 3, 5)), "coalition": chance.choice((0, 1, 1, 2)),
            "zeros": chance.choice(("hide", "hide", "show"))}  # fmt: skip
    problem = problem_of(counts, cells, holders, **rule)
    shown = {cell["id"] for cell in problem["cells"] if chance.random() < 0.6}
    held = {atom for cell in problem["cells"] if cell["id"] in shown for atom in cell["atoms"]}
    if held == {atom["id"] for atom in problem["atoms"]}:
        problem["rows"] = [facts_of(chance, counts) for _ in range(chance.choice((0, 1, 2)))]
    agree(problem, shown)


def facts_of(chance: random.Random, counts: tuple[int, ...]) -> dict[str, Any]:
    """A fact that is true."""
    times = {n: chance.choice((-2, -1, 1, 1, 2)) for n in range(len(counts)) if n == 0 or chance.random() < 0.6}
    value = sum(each * counts[n] for n, each in times.items())
    ends = chance.choice(((value, value), (value - chance.randint(0, 2), None), (None, value + chance.randint(0, 2))))
    return {"atoms": {f"a{n}": each for n, each in times.items()}, "low": ends[0], "high": ends[1]}
