"""The one door to HiGHS. What comes out are suggestions in floating point; nobody believes them without checking."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

import highspy
import numpy as np
from highspy._core import _Highs  # the convenient class over it greets on stdout when it is made

from varde.auditor.model import Row


class End(Enum):
    """How an attempt ended."""

    BEST = "best"
    UNBOUNDED = "unbounded"
    NONE = "none"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Attempt:
    """`values`: of the groups, or a direction without end. `prices`: of the rows, or why there is no solution."""

    end: End
    values: Sequence[float] = ()
    prices: Sequence[float] = ()


@dataclass
class Clock:
    """What is left of the time for a whole audit, in seconds."""

    seconds: float
    started: float = field(default_factory=time.monotonic)

    def left(self) -> float:
        return max(0.0, self.seconds - (time.monotonic() - self.started))


ENDS = {
    highspy.HighsModelStatus.kOptimal: End.BEST,
    highspy.HighsModelStatus.kUnbounded: End.UNBOUNDED,
    highspy.HighsModelStatus.kInfeasible: End.NONE,
}
LONGEST = 20.0
"""No single attempt takes longer, in seconds."""


class Solver:
    """Minimises over the rows; every group is at least 0. Fractions are allowed, unless `whole`.

    `anew`: by the other way through the solver, for what it gave up on.
    """

    def __init__(self, rows: Sequence[Row], width: int, *, whole: bool = False, anew: bool = False) -> None:
        self.width, self.height = width, len(rows)
        self._bound: set[int] = set()
        self._highs: Any = _Highs()  # its types leave the rays out
        options: dict[str, bool | int | str] = {
            "output_flag": False,
            "threads": 1,
            "parallel": "off",
            "presolve": "on" if whole or anew else "off",
        }
        for option, value in options.items():
            self._highs.setOptionValue(option, value)
        if whole:
            # A table one short of the best one would be no proof of anything.
            self._highs.setOptionValue("mip_rel_gap", 0.0)
            self._highs.setOptionValue("mip_abs_gap", 0.5)
        self._highs.passModel(_program(rows, width, whole))

    def least(
        self, costs: Mapping[int, int], clock: Clock, box: Mapping[int, tuple[int, int | None]] | None = None
    ) -> Attempt:
        """The least sum of cost times group; `box` sets limits of single groups."""
        if not clock.left():
            return Attempt(End.UNKNOWN)
        self._limit(box or {})
        full = np.zeros(self.width)
        for group, cost in costs.items():
            full[group] = cost
        self._highs.changeColsCost(self.width, np.arange(self.width, dtype=np.int32), full)
        # HiGHS counts its time from the first run on.
        self._highs.setOptionValue("time_limit", self._highs.getRunTime() + min(LONGEST, clock.left()))
        self._highs.run()
        if self._highs.getModelStatus() == highspy.HighsModelStatus.kUnboundedOrInfeasible:
            return self._either()
        return self._read()

    def _either(self) -> Attempt:
        """Without costs nothing falls without end, so what is left to find out is whether anything fits at all."""
        self._highs.changeColsCost(self.width, np.arange(self.width, dtype=np.int32), np.zeros(self.width))
        self._highs.run()
        found = self._read()
        return Attempt(End.UNBOUNDED) if found.end is End.BEST else found

    def _limit(self, box: Mapping[int, tuple[int, int | None]]) -> None:
        for group in self._bound - box.keys():
            self._highs.changeColBounds(group, 0.0, highspy.kHighsInf)
        for group, (low, high) in box.items():
            self._highs.changeColBounds(group, low, highspy.kHighsInf if high is None else high)
        self._bound = set(box)

    def _read(self) -> Attempt:
        end = ENDS.get(self._highs.getModelStatus(), End.UNKNOWN)
        if end is End.BEST:
            found = self._highs.getSolution()
            return Attempt(end, list(found.col_value), list(found.row_dual))
        if end is End.UNBOUNDED:
            _, exists, ray = self._highs.getPrimalRay()
            return Attempt(end, list(ray) if exists else ())
        if end is End.NONE:
            _, exists, ray = self._highs.getDualRay()
            return Attempt(end, prices=list(ray) if exists else ())
        return Attempt(End.UNKNOWN)


def _program(rows: Sequence[Row], width: int, whole: bool) -> highspy.HighsLp:
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = width, len(rows)
    lp.col_cost_ = np.zeros(width)
    lp.col_lower_ = np.zeros(width)
    lp.col_upper_ = np.full(width, highspy.kHighsInf)
    lp.row_lower_ = np.array([-highspy.kHighsInf if row.low is None else float(row.low) for row in rows])
    lp.row_upper_ = np.array([highspy.kHighsInf if row.high is None else float(row.high) for row in rows])
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.num_col_, lp.a_matrix_.num_row_ = width, len(rows)
    lp.a_matrix_.start_ = np.cumsum([0, *(len(row.groups) for row in rows)]).astype(np.int32)
    lp.a_matrix_.index_ = np.array([group for row in rows for group in row.groups], dtype=np.int32)
    lp.a_matrix_.value_ = np.array([float(times) for row in rows for times in row.groups.values()])
    if whole:
        lp.integrality_ = [highspy.HighsVarType.kInteger] * width
    return lp
