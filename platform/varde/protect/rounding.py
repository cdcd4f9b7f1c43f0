"""Controlled rounding, for comparison only: it cannot meet the rule, since a printed 5 says that there is somebody.

Small atoms become 0 or the base, so that the printed figures are the sums of one table and add up, and stay as near to
the truth as such a table can. Large atoms stay exact. Only where that would take a printed figure more than half a base
from the truth, a small atom that no cell prints by itself may stay exact too, as long as no printed figure is left
small: so do the programs that this is compared with.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from varde.protect.problem import LARGEST, Json, Problem, Refusal
from varde.protect.release import digest
from varde.protect.solver import Budget, Matrix, OutOfTime, Program, SolverFailed

_WORST = 1e-4
"""The price of the largest error beside the sum of all errors: it chooses among equals."""


def rounded(problem: Problem, base: int, budget: Budget) -> Json:
    """Build the release. Raises Refusal."""
    if base < 2:
        raise Refusal("Basen for avrunding må være minst 2.")
    if base > LARGEST:
        raise Refusal("Basen for avrunding er for stor til å være et antall.")
    for cell in problem.cells:
        if cell.state != "open":
            raise Refusal(f"Cellen «{cell.id}» er bundet til en annen metode fra før, og kan ikke avrundes.")
    table, optimal = _table(problem, base, budget)
    values = {cell.id: sum(table[atom] for atom in cell.atoms) for cell in problem.cells}
    cost = float(sum(cell.weight * abs(values[cell.id] - problem.value(cell)) for cell in problem.cells))
    release: Json = {"method": "round", "base": base, "values": values, "optimal": optimal, "cost": cost}
    return release | {"hash": digest(release)}


def _table(problem: Problem, base: int, budget: Budget) -> tuple[list[int], bool]:
    """The rounded atoms. Out of time: each to its nearest, which is as additive but less near in the sums."""
    nearest = [atom.count if atom.count >= base else base * (2 * atom.count >= base) for atom in problem.atoms]
    if not problem.cells or not any(0 < atom.count < base for atom in problem.atoms):
        return nearest, True
    try:
        strict = _solved(problem, base, budget, spare=False)
        if strict is None or 2 * _furthest(problem, strict) <= base:
            return strict or nearest, strict is not None
        return _solved(problem, base, budget, spare=True) or strict, True
    except (OutOfTime, SolverFailed):
        return nearest, False


def _solved(problem: Problem, base: int, budget: Budget, *, spare: bool) -> list[int] | None:
    model = _Model(problem, base, spare)
    answer = model.program().run(budget)
    if answer.values is None:
        return None
    table = [atom.count for atom in problem.atoms]
    for number, atom in enumerate(model.small):
        up, down = answer.values[2 * number] > 0.5, answer.values[2 * number + 1] > 0.5
        table[atom] = base if up else 0 if down else table[atom]
    return table


def _furthest(problem: Problem, table: Sequence[int]) -> int:
    return max(abs(sum(table[atom] for atom in cell.atoms) - problem.value(cell)) for cell in problem.cells)


@dataclass(slots=True)
class _Model:
    """Columns: each small atom's way up and down, each cell's error and whether it is above zero, the largest error.

    `spare`: what no cell prints by itself may stay as it is.
    """

    problem: Problem
    base: int
    spare: bool
    small: list[int] = field(init=False)
    rows: list[tuple[list[tuple[int, int]], float, float]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.small = [place for place, atom in enumerate(self.problem.atoms) if 0 < atom.count < self.base]

    def program(self) -> Program:
        """Minimise the weighed errors."""
        atoms, cells = 2 * len(self.small), len(self.problem.cells)
        printed = {cell.atoms[0] for cell in self.problem.cells if len(cell.atoms) == 1}
        for number, atom in enumerate(self.small):
            self.rows.append(([(2 * number, 1), (2 * number + 1, 1)], float(atom in printed or not self.spare), 1.0))
        for number in range(cells):
            self._cell(number, atoms + number, atoms + cells + number, atoms + 2 * cells)
        width = atoms + 2 * cells + 1
        program = Program(Matrix.of([row for row, _, _ in self.rows], width), whole=True)
        ceiling = np.ones(width)
        ceiling[atoms : atoms + cells] = ceiling[-1] = np.inf
        program.columns(np.zeros(width), ceiling)
        weights = [cell.weight for cell in self.problem.cells]
        program.costs(np.array([0.0] * atoms + weights + [0.0] * cells + [_WORST]))
        program.rows(np.array([low for _, low, _ in self.rows]), np.array([high for _, _, high in self.rows]))
        return program

    def _cell(self, number: int, error: int, above: int, worst: int) -> None:
        """Error >= |rounded - true|, and a small figure becomes 0 or reaches the base."""
        cell, place = self.problem.cells[number], {atom: at for at, atom in enumerate(self.small)}
        moves: list[tuple[int, int]] = []
        for atom in cell.atoms:
            if atom in place:
                count = self.problem.atoms[atom].count
                moves += [(2 * place[atom], self.base - count), (2 * place[atom] + 1, -count)]
        self.rows.append(([(error, 1), *((at, -by) for at, by in moves)], 0.0, np.inf))
        self.rows.append(([(error, 1), *moves], 0.0, np.inf))
        self.rows.append(([(worst, 1), (error, -1)], 0.0, np.inf))
        true = self.problem.value(cell)
        if 0 < true < self.base:
            most = self.base * len(cell.atoms)
            self.rows.append(([(above, -self.base), *moves], -float(true), np.inf))
            self.rows.append(([(above, -most), *moves], -np.inf, -float(true)))
