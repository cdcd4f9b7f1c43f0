"""The same question over whole numbers, for the few rests whose broken numbers prove nothing either way."""

from dataclasses import dataclass

import numpy as np

from varde.protect.oracle import Goal, Proof, Side
from varde.protect.program import Shape
from varde.protect.publication import Block, Flags, View, Whole
from varde.protect.reduced import Nested
from varde.protect.solver import Budget, Program, SolverFailed
from varde.protect.witnesses import says_the_same


@dataclass(frozen=True, slots=True)
class Question:
    """A goal of a view. Every program is built anew and cut down to what can still move."""

    block: Block
    view: View
    goal: Goal
    wish: Whole
    budget: Budget
    nested: Nested

    def answer(self, shown: Flags) -> Whole | Proof:
        """A table, or rows of which none can be spared. Raises SolverFailed and OutOfTime."""
        found = self._table(shown)
        return Proof(self._needed(shown)) if found is None else found

    def _needed(self, shown: Flags) -> frozenset[int]:
        """Leave out new lines, many at a time and then one by one, as long as the goal stays impossible."""
        needed, opened = shown.copy(), self.block.lines_in("open")
        step = max(1, int((opened & shown).sum()) // 2)
        while step:
            left = np.flatnonzero(opened & needed)
            for start in range(0, len(left), step):
                trial = needed.copy()
                trial[left[start : start + step]] = False
                if self._table(trial) is None:
                    needed = trial
            step //= 2
        facts = range(len(shown), len(self.block.rows.starts))
        return frozenset([*map(int, np.flatnonzero(needed)), *facts])

    def _table(self, shown: Flags) -> Whole | None:
        shape = Shape.of(self.block, self.nested, shown)
        program = Program(shape.matrix, whole=True)
        columns, rows, lines = shape.columns, self.block.rows, len(shown)
        ceiling = np.where(self.view.free[columns], np.inf, 0.0)
        program.columns(-self.view.room[columns].astype(np.float64), ceiling)
        told, free = np.zeros(shape.told), np.full(len(shape.goals), np.inf)
        program.rows(np.concatenate([told, rows.low[lines:], -free]), np.concatenate([told, rows.high[lines:], free]))
        program.row(shape.goals[self.goal.line], *self._reach())
        answer = program.run(self.budget)
        if answer.values is None:
            return None
        found = np.zeros(self.block.width, dtype=np.int64)
        if not rows.bears(answer.values):
            raise SolverFailed("a table that is out of reach")
        found[columns] = np.rint(answer.values)
        if not says_the_same(self.block, self.view, shown, found) or int(found @ self.wish) < self.goal.amount:
            raise SolverFailed("a table that does not add up")
        return found

    def _reach(self) -> tuple[float, float]:
        amount = float(self.goal.amount)
        return (amount, np.inf) if self.goal.side is Side.HIGH else (-np.inf, -amount)
