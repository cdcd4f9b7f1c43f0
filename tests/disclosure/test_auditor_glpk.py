"""The auditor and GLPK, each with its own model, about tables that are too large to write down."""

import random
from typing import Any

import pytest

from tests.disclosure.attackers.glpk import Attack
from tests.disclosure.attackers.knowledge import Reader, Statement, printed
from varde.auditor.verdict import audit


def drawn(seed: int) -> tuple[dict[str, Any], list[str]]:
    """Up to fourteen atoms in cells that cut across each other, and facts with all kinds of numbers."""
    chance = random.Random(seed)
    size = chance.randint(6, 14)
    counts = [chance.choice((0, 0, 1, 1, 2, 3, 5, 8)) for _ in range(size)]
    sets = {tuple(sorted(chance.sample(range(size), chance.randint(1, 6)))) for _ in range(chance.randint(3, 16))}
    problem = {
        "rule": {},
        "atoms": [{"id": f"a{n}", "count": count} for n, count in enumerate(counts)],
        "cells": [{"id": f"c{n}", "atoms": [f"a{each}" for each in one]} for n, one in enumerate(sorted(sets))],
        "rows": [fact(chance, counts) for _ in range(chance.choice((0, 0, 1, 3)))],
    }
    return problem, [f"c{n}" for n in range(len(sets)) if chance.random() < 0.65]


def fact(chance: random.Random, counts: list[int]) -> dict[str, Any]:
    times = {n: chance.choice((-2, -1, 1, 1, 2, 3)) for n in chance.sample(range(len(counts)), chance.randint(1, 5))}
    value = sum(each * counts[n] for n, each in times.items())
    high = chance.choice((None, value, value + 1))
    return {"atoms": {f"a{n}": each for n, each in times.items()}, "low": value - chance.randint(0, 2), "high": high}


@pytest.mark.parametrize("seeds", [range(start, start + 10) for start in range(0, 60, 10)], ids=str)
def test_they_agree_on_every_interval(seeds):
    for seed in seeds:
        problem, shown = drawn(seed)
        hidden = [cell["id"] for cell in problem["cells"] if cell["id"] not in shown]
        verdict = audit(problem, {"show": shown, "hide": hidden})
        counts = {atom["id"]: atom["count"] for atom in problem["atoms"]}
        atoms = {cell["id"]: cell["atoms"] for cell in problem["cells"]}
        said = [printed(atoms[name], sum(counts[atom] for atom in atoms[name])) for name in shown]
        said += [Statement(row["atoms"], row["low"], row["high"]) for row in problem["rows"]]
        attack = Attack(Reader(said, {}, [frozenset(atoms[name]) for name in hidden]))
        assert verdict["intervals"] == {name: list(attack.ends(n)) for n, name in enumerate(hidden)}, seed
