"""Every attack on one publication: what anybody finds out of a small rest."""

from collections import Counter
from collections.abc import Iterable
from itertools import combinations
from typing import Any

from tests.disclosure.attackers import areas, differencing, elimination, shuttle
from tests.disclosure.attackers.glpk import Attack
from tests.disclosure.attackers.knowledge import Reader, Statement
from tests.disclosure.simulated import Problem

type Found = Counter[tuple[str, str]]
"""(attack, "exact" or "narrow") to how many small rests."""


def siege(problem: Problem, said: Iterable[Statement], *, coalition: int = 1) -> Found:
    """All attackers with all attacks. `said` is what was printed; the problem gives the rest: who holds what, the
    rules of the form, and the truth, which only decides which rests are small.
    """
    known = [*said, *(Statement(row["atoms"], row["low"], row["high"]) for row in problem.get("rows", []))]
    holder = {atom["id"]: atom["holder"] for atom in problem["atoms"]}
    found: Found = Counter()
    for size in range(coalition + 1):
        for holders in combinations(sorted(set(holder.values())), size):
            found += _one(problem, known, holders)
    found += _areas(problem, known, holder)
    return found


def _one(problem: Problem, known: list[Statement], holders: tuple[str, ...]) -> Found:
    truth = {atom["id"]: atom["count"] for atom in problem["atoms"]}
    own = {atom["id"]: atom["count"] for atom in problem["atoms"] if atom["holder"] in holders}
    threshold = problem["rule"]["threshold"]
    rests = {frozenset(cell["atoms"]).difference(own) for cell in problem["cells"]}
    small = sorted((rest for rest in rests if rest and sum(truth[atom] for atom in rest) < threshold), key=sorted)
    reader = Reader(known, own, list(small))
    found: Found = Counter()
    for number, value in elimination.exact(reader).items():
        _count(found, "elimination", int(value), int(value), threshold, sum(truth[atom] for atom in small[number]))
    for name, limits in (("differencing", differencing.limits(reader)), ("shuttle", shuttle.limits(reader))):
        for number, (low, high) in limits.items():
            _count(found, name, low, high, threshold, sum(truth[atom] for atom in small[number]))
    attack = Attack(reader)
    for number, rest in enumerate(small):
        if can := attack.narrow(number, threshold):
            _count(found, "glpk", can[0] or 0, can[1], threshold, sum(truth[atom] for atom in rest))
    return found


def _count(found: Found, name: str, low: int, high: int | None, threshold: int, truth: int) -> None:
    assert low <= truth, f"{name} is wrong"
    assert high is None or truth <= high, f"{name} is wrong"
    if low == high:
        found[name, "exact"] += 1
    elif low > 0 or (high is not None and high < threshold):
        found[name, "narrow"] += 1


def _areas(problem: Problem, known: list[Statement], holder: dict[str, Any]) -> Found:
    """What two areas that differ by one kommune say of it, to everybody else."""
    small = [name for name, _, value in areas.differences(known, holder) if value < problem["rule"]["threshold"]]
    return Counter({("areas", "exact"): len(small)}) if small else Counter()
