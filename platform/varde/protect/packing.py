"""Few pairs of tables that serve all targets of a view, so that a release stays small enough to hand over.

Two tables that both say the same as the truth can be laid on each other (their differences added): the sum says the
same too, as long as nothing becomes negative and the facts hold. So one table is made to serve many targets.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from varde.protect.problem import Refusal
from varde.protect.publication import Flags, View, Whole
from varde.protect.settle import Search

type Pair = tuple[tuple[int, ...], Whole, Whole]
"""Lines whose rests are 0 in the first difference and large in the second."""

_TRIES = 8
"""How many tables are tried for each target that a gathered table does not serve yet."""


@dataclass(frozen=True, slots=True)
class _Side:
    """One end: which rests have reached it, and by table and target whether the tables at hand do."""

    reaches: Callable[[Whole], Flags]
    reached: Flags


def pairs(search: Search, view: View, usable: Whole) -> list[Pair]:
    """Raises Refusal for a target that no tables prove."""
    at_least = search.block.problem.rule.threshold
    usable = usable[np.argsort((search.pool.differences[usable] != 0).sum(axis=1), kind="stable")]
    low, high = search.pool.reached(view, usable)
    down, up = _Side(lambda rests: rests == 0, low), _Side(lambda rests: rests >= at_least, high)
    left = np.ones(len(view.targets.lines), dtype=np.bool_)
    made: list[Pair] = []
    while left.any():
        lowest, served = _gathered(search, view, usable, down, left)
        highest, served = _gathered(search, view, usable, up, served)
        if not served.any():
            raise Refusal("Det lot seg ikke bevise at tallene er trygge; ingenting er gitt ut.")
        made.append((tuple(int(line) for line in view.targets.lines[served]), lowest, highest))
        left &= ~served
    return made


def _gathered(search: Search, view: View, usable: Whole, side: _Side, wanted: Flags) -> tuple[Whole, Flags]:
    """A difference that serves as many of the wanted targets as can be found, and those that it serves.

    What the view knows stays as it is, since no table that it can use changes it.
    """
    pool, rows = search.pool, search.block.rows
    table, sums = np.zeros(search.block.width, dtype=np.int64), np.zeros(len(rows.starts), dtype=np.int64)
    floor = -view.room
    served = side.reaches(view.targets.rests) & wanted
    for target in np.flatnonzero(wanted):
        if served[target]:
            continue
        places = usable[side.reached[:, target]][:_TRIES]
        trials, added = table + pool.differences[places], sums + pool.sums[places]
        now = side.reaches(view.targets.rests + added[:, view.targets.lines])
        good = now[:, target] & now[:, served].all(axis=1)
        good &= (trials >= floor).all(axis=1) & (added >= rows.low).all(axis=1) & (added <= rows.high).all(axis=1)
        if good.any():
            best = int(good.argmax())
            table, sums, served = trials[best], added[best], now[best] & wanted
    return table, served
