"""Who may look: the outsider, and every group of holders up to the coalition's size."""

from itertools import combinations

from varde.protect.problem import Problem

type Coalition = tuple[str, ...]


def coalitions(problem: Problem) -> list[Coalition]:
    """Every attacker by the holders it belongs to, smallest first; the outsider is ()."""
    holders = problem.holders
    sizes = range(min(problem.rule.coalition, len(holders)) + 1)
    return [group for size in sizes for group in combinations(holders, size)]
