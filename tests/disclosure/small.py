"""Small regions, and the cheapest safe pattern found by trying them all with the auditor as judge."""

from itertools import combinations
from typing import Any

import numpy as np

from varde.auditor.verdict import audit

Json = dict[str, Any]


def region(seed: int, *, kommuner: int, codes: int, periods: int, mean: float = 4.0) -> Json:
    """A problem with each period's answers and total, and the same since start."""
    chance = np.random.default_rng(seed)
    share = chance.dirichlet(np.ones(codes))
    atoms = [
        {"id": f"k{k}t{t}c{c}", "count": int(chance.poisson(mean * codes * share[c])), "holder": f"k{k}"}
        for k in range(kommuner)
        for t in range(periods)
        for c in range(codes)
    ]
    spans = [(f"t{t}", [t]) for t in range(periods)] + [(f"to{t}", list(range(t + 1))) for t in range(1, periods)]
    cells = [
        {"id": f"{name}|{code}", "atoms": [f"k{k}t{t}c{c}" for k in range(kommuner) for t in span for c in chosen]}
        for name, span in spans
        for code, chosen in [*((f"c{c}", [c]) for c in range(codes)), ("all", range(codes))]
    ]
    return {"rule": {"threshold": 5, "min_contributors": 3}, "atoms": atoms, "cells": cells}


def told(problem: Json, cell: Json) -> int:
    """A cell's true value."""
    counts = {atom["id"]: atom["count"] for atom in problem["atoms"]}
    return sum(counts[atom] for atom in cell["atoms"])


def brute_cost(problem: Json) -> float:
    """Try patterns from few hidden cells to many; all cells weigh one."""
    names = [cell["id"] for cell in problem["cells"]]
    least = {
        finding["cell"]
        for finding in audit(problem, {"show": names, "hide": []})["findings"]
        if any(finding["cell"] == cell["id"] and is_small(problem, cell) for cell in problem["cells"])
    }
    rest = [name for name in names if name not in least]
    for size in range(len(rest) + 1):
        for more in combinations(rest, size):
            hidden = least | set(more)
            if audit(problem, {"show": [name for name in names if name not in hidden], "hide": sorted(hidden)})["safe"]:
                return float(len(hidden))
    raise AssertionError("not even hiding everything is safe")


def is_small(problem: Json, cell: Json) -> bool:
    """Whether the cell is itself too small for somebody: then every safe pattern hides it."""
    counts = {atom["id"]: (atom["count"], atom["holder"]) for atom in problem["atoms"]}
    parts = [counts[atom] for atom in cell["atoms"]]
    holders = {holder for _, holder in parts}
    whole = sum(count for count, _ in parts)
    return any(whole - sum(count for count, owner in parts if owner == one) < 5 for one in [None, *holders])
