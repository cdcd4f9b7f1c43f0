"""The table as a picture: a square for each seat and period, those that change hands filled. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from regional.leaders.changing import Cell

SIZE, GAP = 16, 3
_STEP = SIZE + GAP


@dataclass(frozen=True, slots=True)
class Square:
    """Pixels from the upper left corner."""

    x: int
    y: int
    changed: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """`line`: where the change begins, in pixels; None when no period is before it."""

    squares: tuple[Square, ...]
    width: int
    height: int
    line: int | None


def picture(rows: Sequence[tuple[str, Sequence[Cell]]], since: int) -> Picture:
    """Seats downwards, periods to the right."""
    squares = tuple(
        Square(at * _STEP, down * _STEP, bool(cell.was))
        for down, (_, cells) in enumerate(rows)
        for at, cell in enumerate(cells)
    )
    wide = max((len(cells) for _, cells in rows), default=0)
    line = since * _STEP - GAP // 2 - 1 if 0 < since < wide else None
    return Picture(squares, wide * _STEP, len(rows) * _STEP, line)
