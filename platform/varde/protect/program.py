"""The program of one pattern: its rewritten lines, the facts, and the lines that goals are about."""

from dataclasses import dataclass

import numpy as np

from varde.protect.publication import Block, Flags, Whole
from varde.protect.reduced import Nested, Reduced
from varde.protect.solver import Matrix


@dataclass(frozen=True, slots=True)
class Shape:
    """Rows over the columns that can move: live lines, then facts, then hidden lines (by `goals`, line to row)."""

    reduced: Reduced
    columns: Whole
    matrix: Matrix
    facts: int
    goals: dict[int, int]

    @classmethod
    def of(cls, block: Block, nested: Nested, shown: Flags) -> "Shape":
        """Build it; `goals` are the hidden lines that are somebody's target."""
        reduced = Reduced.of(block, nested, shown)
        columns, every = reduced.columns(), block.rows
        place = np.full(block.width, -1, dtype=np.int64)
        place[columns] = np.arange(len(columns))
        rows = [[(int(at), 1) for at in place[reduced.entries(row)]] for row in reduced.live]
        parts = [every.part(fact) for fact in range(len(block.lines), len(every.starts))]
        rows += [_moving(place[every.columns[part]], every.times[part]) for part in parts]
        goals = {}
        for line in (each for each in nested.aims if not shown[each]):
            goals[line] = len(rows)
            part = every.part(line)
            rows.append(_moving(place[every.columns[part]], every.times[part]))
        return cls(reduced, columns, Matrix.of(rows, len(columns)), len(parts), goals)

    @property
    def told(self) -> int:
        """How many rows must be 0."""
        return len(self.reduced.live)


def _moving(places: Whole, times: Whole) -> list[tuple[int, int]]:
    moving = places >= 0
    return list(zip(places[moving].tolist(), times[moving].tolist(), strict=True))
