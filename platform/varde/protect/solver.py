"""HiGHS behind one small door. What comes out is a guess with a status; nobody calls a table safe for its sake."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field

import highspy._core as highspy
import numpy as np
from numpy.typing import NDArray

type Reals = NDArray[np.float64]

_DONE = highspy.HighsModelStatus.kOptimal
_NONE = highspy.HighsModelStatus.kInfeasible


class OutOfTime(Exception):
    """The time that was given is used up."""


class SolverFailed(Exception):
    """The solver gave no answer; the text is its status."""


@dataclass(slots=True)
class Budget:
    """Seconds that may be used, from now on."""

    seconds: float
    _ends: float = field(init=False)

    def __post_init__(self) -> None:
        """The clock starts here."""
        self._ends = time.monotonic() + self.seconds

    def left(self) -> float:
        """Seconds left. Raises OutOfTime."""
        left = self._ends - time.monotonic()
        if left <= 0:
            raise OutOfTime
        return left


@dataclass(frozen=True, slots=True)
class Matrix:
    """Sparse rows: where each starts, its columns and its numbers."""

    starts: NDArray[np.int64]
    columns: NDArray[np.int64]
    values: NDArray[np.int64]
    width: int

    @classmethod
    def of(cls, rows: Sequence[Sequence[tuple[int, int]]], width: int) -> "Matrix":
        """From (column, number) by row; a row may be empty."""
        starts = np.cumsum([0] + [len(row) for row in rows[:-1]], dtype=np.int64) if rows else np.zeros(0, np.int64)
        flat = [entry for row in rows for entry in row]
        columns = np.array([column for column, _ in flat], dtype=np.int64)
        return cls(starts, columns, np.array([value for _, value in flat], dtype=np.int64), width)


@dataclass(frozen=True, slots=True)
class Answer:
    """`values` is None when there is none at all. `duals` by row, for continuous programs. `bound`: none is below."""

    values: Reals | None
    duals: Reals
    bound: float


class Program:
    """minimise cost, with limits on columns and rows; kept hot between changes."""

    def __init__(self, matrix: Matrix, *, whole: bool = False) -> None:
        """All columns free, all rows without limits."""
        self._highs = highspy._Highs()  # `highspy.Highs()` prints a banner
        self._whole = whole
        self._tall = rows = len(matrix.starts)
        self._all = np.arange(matrix.width, dtype=np.int32)
        options = {"output_flag": False, "threads": 1, "random_seed": 1, "mip_rel_gap": 0.0, "mip_abs_gap": 1e-9}
        for name, value in (options if whole else options | {"presolve": "off", "solver": "simplex"}).items():
            self._highs.setOptionValue(name, value)
        wide, tall = np.full(matrix.width, np.inf), np.full(rows, np.inf)
        kinds = np.full(matrix.width, int(whole), dtype=np.int32)
        self._highs.passModel(
            matrix.width, rows, len(matrix.columns), 2, 1, 0.0, np.zeros(matrix.width), -wide, wide, -tall, tall,
            matrix.starts.astype(np.int32), matrix.columns.astype(np.int32), matrix.values.astype(np.float64), kinds,
        )  # fmt: skip

    def costs(self, costs: Reals) -> None:
        """What each column costs."""
        self._highs.changeColsCost(len(self._all), self._all, costs)

    def columns(self, low: Reals, high: Reals) -> None:
        """Limits of all columns."""
        self._highs.changeColsBounds(len(self._all), self._all, low, high)

    def rows(self, low: Reals, high: Reals) -> None:
        """Limits of all rows."""
        for row, limits in enumerate(zip(low, high, strict=True)):
            self._highs.changeRowBounds(row, *limits)

    def row(self, row: int, low: float, high: float) -> None:
        """Limits of one row."""
        self._highs.changeRowBounds(row, low, high)

    def run(self, budget: Budget) -> Answer:
        """Solve. Raises OutOfTime and SolverFailed. Without columns, whole goals cannot be met."""
        left = budget.left()
        if not len(self._all):
            return Answer(None if self._whole else np.empty(0), np.zeros(self._tall), 0.0)
        # The solver counts its time from its first run on.
        self._highs.setOptionValue("time_limit", self._highs.getRunTime() + left)
        self._highs.run()
        status = self._highs.getModelStatus()
        found = self._highs.getSolution()
        duals = np.empty(0) if self._whole else np.array(found.row_dual)
        if status == _DONE:
            info = self._highs.getInfo()
            bound = info.mip_dual_bound if self._whole else info.objective_function_value
            return Answer(np.array(found.col_value), duals, bound)
        if status == _NONE:
            return Answer(None, duals, np.inf)
        if status == highspy.HighsModelStatus.kTimeLimit:
            raise OutOfTime
        raise SolverFailed(self._highs.modelStatusToString(status))
