"""Can a rest be 0, can it reach the threshold? Answers with a table, or with the rows that make it impossible.

The solver works in floating point, so its answers are only guesses: a table is added up in whole numbers before it is
kept, and a proof is made of fractions that are checked exactly. What can be neither shown nor refuted raises.
"""

from dataclasses import dataclass
from enum import Enum
from typing import Any

import numpy as np

from varde.protect.program import Shape
from varde.protect.publication import Block, Flags, View, Whole
from varde.protect.reduced import Nested
from varde.protect.solver import Budget, Matrix, Program, Reals, SolverFailed
from varde.protect.witnesses import says_the_same

_PARTS = (1, 2, 3, 4, 6, 12, 60, 840)
"""Denominators tried when a floating proof is made exact."""
_SURE = 2.0**53
"""Above this a floating number is no longer each whole number."""
_CLOSE = 1e-6
_STEP = 1e-3
"""The price of changing a column by one, where reaching the goal earns one."""


class Side(Enum):
    """Which end of a rest is asked for."""

    LOW = -1
    HIGH = 1


@dataclass(frozen=True, slots=True)
class Goal:
    """A difference whose sum over `line` times the side's sign is at least `amount`."""

    line: int
    side: Side
    amount: int


@dataclass(frozen=True, slots=True)
class Proof:
    """Rows that together make a goal impossible, as numbers; facts come after the lines."""

    rows: frozenset[int]


class Oracle:
    """One block under one view and one pattern at a time.

    A difference has two columns in the program, its rise and its fall, so that change itself can have a price.
    """

    def __init__(self, block: Block, budget: Budget) -> None:
        """Show a pattern and look from a view before asking."""
        self._block, self.budget = block, budget
        self.nested = Nested.of(block)
        self.view: View = block.views[0]
        self.show(np.zeros(len(block.lines), dtype=np.bool_))

    def look(self, view: View) -> None:
        """Take a view: what it knows is fixed, the rest may fall to zero."""
        self.view = view
        self._zeros = np.zeros(2 * len(self.shape.columns))
        self._program.columns(self._zeros, self._limits(np.inf))

    def show(self, shown: Flags) -> None:
        """Take a pattern; the view stays."""
        self.shown = shown.copy()
        self.shape = Shape.of(self._block, self.nested, shown)
        self._program = Program(_rises_and_falls(self.shape.matrix))
        rows, lines = self._block.rows, len(shown)
        told, free = np.zeros(self.shape.told), np.full(len(self.shape.goals), np.inf)
        low, high = rows.low[lines:], rows.high[lines:]
        self._program.rows(np.concatenate([told, low, -free]), np.concatenate([told, high, free]))
        self.look(self.view)

    def many(self, costs: Reals, ceiling: float) -> Whole | None:
        """A table that lowers a cost over the columns as far as it goes, or None: for many goals at once.

        `ceiling`: no column may rise above it.
        """
        self._program.columns(self._zeros, self._limits(ceiling))
        try:
            values, _ = self._least(costs, _STEP)
        finally:
            self._program.columns(self._zeros, self._limits(np.inf))
        return self._exact(values)

    def ask(self, goal: Goal) -> Whole | Proof | None:
        """A table that reaches the goal, or what forbids it; None when only whole numbers can tell."""
        if self.shown[goal.line]:
            return Proof(frozenset({goal.line}))
        wish, row = self.wish(goal), self.shape.goals[goal.line]
        if goal.side is Side.HIGH:
            self._program.row(row, -np.inf, float(goal.amount))
        try:
            found, near = self._try(goal, wish, _STEP)
            if found is None and not near:
                found, _ = self._try(goal, wish, 0.0)
            return found
        finally:
            self._program.row(row, -np.inf, np.inf)

    def wish(self, goal: Goal) -> Whole:
        """The goal as numbers over the columns."""
        rows = self._block.rows
        wish = np.zeros(self._block.width, dtype=np.int64)
        wish[rows.columns[rows.part(goal.line)]] = goal.side.value
        return wish * self.view.free

    def _try(self, goal: Goal, wish: Whole, price: float) -> tuple[Whole | Proof | None, bool]:
        """What one program gives, and whether it came near a table (broken numbers, but enough of them)."""
        values, duals = self._least(-wish.astype(np.float64), price)
        if float(values @ wish) < goal.amount - _CLOSE:
            return self._proved(wish, goal.amount, -duals), False
        found = self._exact(values)
        return (found if found is not None and int(found @ wish) >= goal.amount else None), True

    def _least(self, costs: Reals, price: float) -> tuple[Reals, Reals]:
        """Minimise the costs, and a little for each step away from the truth: a difference, and the rows' duals.

        That little makes tables with few changes: they are whole numbers far more often, and say the same as the
        truth under more patterns.
        """
        columns = self.shape.columns
        self._program.costs(np.concatenate([price + costs[columns], price - costs[columns]]))
        answer = self._program.run(self.budget)
        if answer.values is None:
            raise SolverFailed("the truth itself was not found")
        rise, fall = np.split(answer.values, 2)
        values = np.zeros(self._block.width)
        values[columns] = rise - fall
        return values, answer.duals

    def _limits(self, ceiling: float) -> Reals:
        columns = self.shape.columns
        return np.concatenate([np.where(self.view.free[columns], ceiling, 0.0), self.view.room[columns]])

    def _exact(self, values: Reals) -> Whole | None:
        if not self._block.rows.bears(values):
            return None
        found = np.rint(values).astype(np.int64)
        return found if says_the_same(self._block, self.view, self.shown, found) else None

    def _proved(self, wish: Whole, amount: int, duals: Reals) -> Proof | None:
        """Check in whole numbers that a combination of rows bounds the wish below the amount.

        With multipliers y, sum(y*row) - wish = s >= 0 on every unknown column, so for every allowed difference d:
        wish.d = sum(y*row.d) - s.d <= (the facts' limits times y) + s.room, as d >= -room. Shown rows give 0.
        """
        rows, lines, view, shape = self._block.rows, len(self.shown), self.view, self.shape
        for parts in _PARTS:
            near = np.rint(duals * parts)
            kind = self._kind(near)
            if kind is None:
                continue
            whole, aim = near.astype(np.int64).astype(kind), (parts * wish).astype(kind)
            room = (view.room * view.free).astype(kind)
            facts = whole[shape.told : shape.told + shape.facts]
            times = shape.reduced.told(whole[: shape.told], facts, aim, room)
            used = np.flatnonzero(times)
            limits = [rows.high[row] if times[row] > 0 else rows.low[row] for row in used[used >= lines]]
            if np.isinf(limits).any():
                continue
            slack = (rows.combined(times, self._block.width) - aim) * view.free
            most = int(slack @ room)
            most += sum(int(times[row]) * int(at) for row, at in zip(used[used >= lines], limits, strict=True))
            if not np.any(slack < 0) and most < parts * amount:
                return Proof(frozenset(int(row) for row in used))
        return None

    def _kind(self, multipliers: Reals) -> np.dtype[Any] | None:
        """The numbers that a proof is reckoned in: the machine's as long as nothing can run over, then Python's own."""
        largest = float(np.abs(multipliers).max(initial=0.0))
        if not largest < _SURE:
            return None
        rows = self._block.rows
        reach = largest * len(rows.starts) * float(rows.heaviest) * float(1 + self.view.room.sum())
        return np.dtype(np.int64 if reach < 2.0**62 else object)


def _rises_and_falls(matrix: Matrix) -> Matrix:
    sizes = np.diff(np.append(matrix.starts, len(matrix.columns)))
    row = np.repeat(np.arange(len(matrix.starts)), sizes)
    order = np.argsort(np.concatenate([row, row]), kind="stable")
    columns = np.concatenate([matrix.columns, matrix.columns + matrix.width])[order]
    return Matrix(matrix.starts * 2, columns, np.concatenate([matrix.values, -matrix.values])[order], 2 * matrix.width)
