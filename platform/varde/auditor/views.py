"""Who may read the figures, what each knows already, and what each may not learn."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import combinations

from varde.auditor.reading import Problem

type Attacker = tuple[str, ...]
"""The holders that pool what they know, in order of name; nobody is the outsider."""


@dataclass(frozen=True, slots=True)
class Target:
    """A cell without the attacker's own atoms. `own` is the part that the attacker takes away."""

    attacker: Attacker
    cell: str
    own: int
    rest: int


def attackers(problem: Problem) -> list[Attacker]:
    """Every coalition up to the size of the rule, those who know most first and the outsider last."""
    holders = sorted(set(problem.holder.values()))
    sizes = range(min(problem.coalition, len(holders)), -1, -1)
    return [each for size in sizes for each in combinations(holders, size)]


def unknown(problem: Problem, attacker: Collection[str]) -> frozenset[str]:
    """The atoms that the attacker does not know from its own work."""
    return frozenset(atom for atom in problem.truth if problem.holder.get(atom) not in attacker)


def targets(problem: Problem, attacker: Attacker) -> Iterator[Target]:
    """The rests that are small. A cell that is all the attacker's own has no rest."""
    not_own = unknown(problem, attacker)
    least = 1 if problem.zeros_harmless else 0
    for cell in problem.cells.values():
        rest = sum(problem.truth[atom] for atom in cell.atoms if atom in not_own)
        if least <= rest < problem.threshold and not not_own.isdisjoint(cell.atoms):
            yield Target(attacker, cell.name, problem.value(cell.name) - rest, rest)
