"""Whole non-negative numbers that meet sums which must come out exactly, or as near as can be. Pure.

Most of it follows by itself (an atom that is the only unknown of a sum); what is left is given to the solver, in parts
that have nothing to do with each other. What the solver says is added up again before it is believed.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from varde.protect.solver import Budget, Matrix, Program

type Sum = Counter[str]
SECONDS = 60.0


class NoAnswer(ValueError):
    """No such numbers were found."""


@dataclass(frozen=True, slots=True)
class Row:
    """A sum that must be `value`."""

    sum: Sum
    value: int


@dataclass(frozen=True, slots=True)
class Goal:
    """A sum that should be `value`: what each one that is lacking, or too much, costs. None: it may not be."""

    sum: Sum
    value: int
    lacking: int
    over: int | None


def solve(names: Sequence[str], rows: Sequence[Row]) -> dict[str, int] | None:
    """Any numbers that meet all rows; None where there are none."""
    known: dict[str, int] = {}
    left = _follow(rows, known)
    if left is None:
        return None
    for part in _apart(left):
        try:
            known |= _searched(part)
        except NoAnswer:
            return None
    found = {name: known.get(name, 0) for name in names}
    met = all(sum(by * found[name] for name, by in row.sum.items()) == row.value for row in rows)
    return found if met and min(found.values(), default=0) >= 0 else None


def nearest(names: Sequence[str], rows: Sequence[Row], goals: Sequence[Goal]) -> dict[str, int]:
    """The numbers that meet all rows and miss the goals by as little as can be. Raises NoAnswer."""
    known: dict[str, int] = {}
    left = _follow(rows, known)
    if left is None or min(known.values(), default=0) < 0:
        raise NoAnswer
    still = [Goal(_rest(Row(one.sum, 0), known).sum, _rest(Row(one.sum, one.value), known).value, one.lacking, one.over)
             for one in goals]  # fmt: skip
    for part in _apart([*left, *(one for one in still if one.sum)]):
        known |= _searched(part)
    return {name: known.get(name, 0) for name in names}


def _follow(rows: Sequence[Row], known: dict[str, int]) -> list[Row] | None:
    """What follows by itself is put in `known`; the rows that are left, without it. None for a contradiction."""
    left = list(rows)
    while True:
        before = len(known)
        still: list[Row] = []
        for row in left:
            one = _rest(row, known)
            if not one.sum:
                if one.value:
                    return None
            elif not _one(one, known):
                still.append(one)
        left = still
        if len(known) == before:
            return left


def _rest(row: Row, known: Mapping[str, int]) -> Row:
    value = row.value - sum(by * known[name] for name, by in row.sum.items() if name in known)
    return Row(Counter({name: by for name, by in row.sum.items() if by and name not in known}), value)


def _one(row: Row, known: dict[str, int]) -> bool:
    """A sum with one unknown, or one of nothing but zeros. What does not come out whole is found out at the end."""
    if len(row.sum) == 1:
        ((name, by),) = row.sum.items()
        known[name] = row.value // by
        return True
    if row.value == 0 and (min(row.sum.values()) > 0 or max(row.sum.values()) < 0):
        known.update(dict.fromkeys(row.sum, 0))
        return True
    return False


def _apart(rows: Sequence[Row | Goal]) -> list[list[Row | Goal]]:
    """Rows that share atoms, directly or by others, together."""
    home: dict[str, int] = {}
    groups: dict[int, list[Row | Goal]] = {}
    for at, row in enumerate(rows):
        met = {home[name] for name in row.sum if name in home}
        groups[at] = [one for each in sorted(met) for one in groups.pop(each)] + [row]
        for name in {name for one in groups[at] for name in one.sum}:
            home[name] = at
    return list(groups.values())


def _searched(part: Sequence[Row | Goal]) -> dict[str, int]:
    rows = [one for one in part if isinstance(one, Row)]
    goals = [one for one in part if isinstance(one, Goal)]
    names = list(dict.fromkeys(name for each in part for name in each.sum))
    at = {name: number for number, name in enumerate(names)}
    wide = len(names) + 2 * len(goals)
    entries = [[(at[name], by) for name, by in row.sum.items()] for row in rows]
    costs, most = np.zeros(wide), np.full(wide, np.inf)
    for number, goal in enumerate(goals):
        short = len(names) + 2 * number
        entries.append([*((at[name], by) for name, by in goal.sum.items()), (short, 1), (short + 1, -1)])
        costs[short], costs[short + 1] = goal.lacking, goal.over or 0
        most[short + 1] = 0 if goal.over is None else np.inf
    program = Program(Matrix.of(entries, wide), whole=True)
    program.costs(costs)
    program.columns(np.zeros(wide), most)
    values = np.array([one.value for one in rows] + [one.value for one in goals], dtype=np.float64)
    program.rows(values, values)
    found = program.run(Budget(SECONDS)).values
    if found is None:
        raise NoAnswer
    said = {name: round(float(found[number])) for number, name in enumerate(names)}
    met = all(sum(by * said[name] for name, by in row.sum.items()) == row.value for row in rows)
    if not met or min(said.values(), default=0) < 0:
        raise NoAnswer
    return said
