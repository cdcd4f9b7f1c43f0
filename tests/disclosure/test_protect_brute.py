"""Small problems of any kind: sums, facts, weights, coalitions. The engine costs what the best pattern of all costs."""

import random
from itertools import combinations

import pytest

from tests.disclosure.small import Json
from varde.auditor.verdict import audit
from varde.protect.engine import protect
from varde.protect.problem import Refusal


def anything(seed: int) -> Json:
    chance = random.Random(seed)
    names = [f"a{n}" for n in range(chance.randint(4, 8))]
    counts = {name: chance.choice([0, 0, 1, 2, 3, 4, 5, 6, 8, 9]) for name in names}
    atoms = [{"id": name, "count": counts[name], "holder": chance.choice(["A", "B", "C", None])} for name in names]
    cells = [
        {
            "id": f"c{n}",
            "atoms": chance.sample(names, chance.randint(1, len(names))),
            "weight": chance.choice([0.5, 1, 2]),
        }
        for n in range(chance.randint(3, 6))
    ]
    times = {name: chance.choice([1, 1, 2, -1]) for name in chance.sample(names, 3)}
    value, slack = sum(many * counts[name] for name, many in times.items()), chance.randint(0, 8)
    rows = [{"atoms": times, "low": value - slack, "high": chance.choice([None, value + slack])}] * (seed % 2)
    rule = {"zeros": chance.choice(["hide", "show"]), "coalition": chance.randint(0, 2), "min_contributors": 0}
    return {"rule": rule, "atoms": atoms, "cells": cells, "rows": rows}


def least(problem: Json) -> float | None:
    """Every pattern, the cheapest first, with the auditor as judge; None when not even hiding all is safe."""
    weights = {cell["id"]: cell["weight"] for cell in problem["cells"]}
    hidings = [some for size in range(len(weights) + 1) for some in combinations(weights, size)]
    for hidden in sorted(hidings, key=lambda some: sum(weights[name] for name in some)):
        shown = [name for name in weights if name not in hidden]
        if audit(problem, {"show": shown, "hide": list(hidden)})["safe"]:
            return float(sum(weights[name] for name in hidden))
    return None


@pytest.mark.parametrize("seed", range(30))
def test_nothing_safe_is_cheaper(seed: int) -> None:
    problem = anything(seed)
    try:
        release = protect(problem)
    except Refusal:
        assert least(problem) is None
        return
    assert release["optimal"]
    assert release["cost"] == least(problem)
