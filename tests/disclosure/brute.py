"""The rule by counting: every table of whole numbers that fits is written down. For a handful of small atoms only."""

from collections.abc import Iterator
from itertools import combinations
from typing import Any

type Interval = tuple[int, int | None]


def tables(names: list[str], sums: list[tuple[set[str], int]]) -> Iterator[dict[str, int]]:
    """Every table of these atoms with these sums; each atom must be in one of them."""
    if not names:
        if not any(total for _, total in sums):
            yield {}
        return
    first, others = names[0], names[1:]
    most = min(total for members, total in sums if first in members)
    for count in range(most + 1):
        left = [(members, total - count if first in members else total) for members, total in sums]
        # A sum that no later atom is in must be used up.
        if all(total == 0 or not members.isdisjoint(others) for members, total in left):
            for table in tables(others, left):
                yield {first: count, **table}


def interval(problem: dict[str, Any], shown: set[str], holders: tuple[str, ...], cell: str) -> Interval | None:
    """What the cell without the holders' own atoms can be; None when nothing is left of it."""
    own = {atom["id"] for atom in problem["atoms"] if atom.get("holder") in holders}
    truth = {atom["id"]: atom["count"] for atom in problem["atoms"]}
    cells = {each["id"]: set(each["atoms"]) for each in problem["cells"]}
    rest = cells[cell] - own
    if not rest:
        return None
    sums = [(cells[name] - own, sum(truth[atom] for atom in cells[name] - own)) for name in shown]
    held = set().union(*(members for members, _ in sums)) if sums else set()
    found = [
        sum(table.get(atom, 0) for atom in rest) for table in tables(sorted(held), sums)
        if all(fits(row, truth | table) for row in problem.get("rows", []))
    ]  # fmt: skip
    return min(found), (None if rest - held else max(found))


def fits(row: dict[str, Any], table: dict[str, int]) -> bool:
    """Whether a fact of the form holds."""
    value = sum(times * table[atom] for atom, times in row["atoms"].items())
    return (row["low"] is None or row["low"] <= value) and (row["high"] is None or value <= row["high"])


def findings(problem: dict[str, Any], shown: set[str]) -> dict[tuple[tuple[str, ...], str], Interval]:
    """Everybody who learns something of a small rest, and what it can be."""
    rule = {"threshold": 5, "coalition": 1, "zeros": "hide", **problem["rule"]}
    truth = {atom["id"]: atom["count"] for atom in problem["atoms"]}
    holder = {atom["id"]: atom.get("holder") for atom in problem["atoms"]}
    everybody = sorted({name for name in holder.values() if name})
    found = {}
    for size in range(rule["coalition"] + 1):
        for holders in combinations(everybody, size):
            for cell in problem["cells"]:
                rest = sum(truth[atom] for atom in cell["atoms"] if holder[atom] not in holders)
                if not (rule["zeros"] == "show") <= rest < rule["threshold"]:
                    continue
                can = interval(problem, shown, holders, cell["id"])
                if can and (can[0] > 0 or (can[1] is not None and can[1] < rule["threshold"])):
                    found[holders, cell["id"]] = can
    return found
