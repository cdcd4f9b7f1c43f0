"""A figure through time, worked out on the server: a small panel for each line, all to one scale, and one table.

Panels, texts and the scale are made from the shown values alone. A hidden value has no point, and the same mark at the
foot whatever it is. What has not been given out has neither, and «–».
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise
from typing import Any

from varde.ui import numbers
from varde.ui.charts import HIDDEN

TOP, FOOT = 10, 84
"""Pixels from the panel's upper edge to the highest value and to zero."""
NOT_GIVEN, NOT_SAID = "–", "ikke gitt ut"
LABELS = 4
"""So many names of periods find room under a panel on a telephone."""


def rate(value: float) -> str:
    """0.44 -> «0,44»: a rate with two decimals."""
    return f"{value:.2f}".replace(".", ",")


WRITTEN: Mapping[str, Callable[[Any], str]] = {
    "whole": numbers.whole,
    "percent": lambda value: numbers.percent(value / 100),
    "rate": rate,
    "days": lambda value: f"{value:.1f}".replace(".", ","),
}


class Absent(Enum):
    """Stands where there is no value to hide: it has not been given out."""

    ABSENT = "absent"


ABSENT = Absent.ABSENT

type Value = float | Absent | None


@dataclass(frozen=True, slots=True)
class Cell:
    """A value as it is written. `x` in per cent of the width, `y` in pixels; no `y` where it is hidden or absent
    (`absent` says why)."""

    text: str
    x: str
    y: str
    hidden: bool
    absent: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """A line between two neighbours that are both shown."""

    x1: str
    y1: str
    x2: str
    y2: str


@dataclass(frozen=True, slots=True)
class Panel:
    """One line through time. `said`: the same in a sentence, for those who do not see it."""

    label: str
    cells: tuple[Cell, ...]
    segments: tuple[Segment, ...]
    said: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A name of a period, or of a height, at its place."""

    text: str
    at: str
    anchor: str = "middle"


@dataclass(frozen=True, slots=True)
class Series:
    """Everything the component draws. `table`: a row for each period: (period, cells)."""

    panels: tuple[Panel, ...]
    under: tuple[Tick, ...]
    heights: tuple[Tick, ...]
    table: tuple[tuple[Any, tuple[Cell, ...]], ...]
    hides: bool
    foot: int = FOOT
    height: int = FOOT + 26


def series(periods: Sequence[Any], rows: Iterable[Mapping[str, Any]], *, unit: str = "whole") -> Series:
    """`periods`: {label, short (optional), href (optional)} in order of time; `rows`: {label, values, absent}, a value,
    None (hidden) or ABSENT for each period; `absent` (optional) says what ABSENT is there. `unit`: "whole", "percent"
    (0..100), "rate" or "days". Raises ValueError where they do not fit."""
    write = WRITTEN[unit]
    kept = [(str(row["label"]), list(row["values"]), str(row.get("absent", NOT_SAID))) for row in rows]
    if any(len(values) != len(periods) for _, values, _ in kept):
        raise ValueError("En rekke har ikke en verdi for hver periode.")
    most = nice(max((value for _, values, _ in kept for value in values if isinstance(value, int | float)), default=0))
    panels = tuple(_panel(label, values, periods, most, write, absent) for label, values, absent in kept)
    heights = tuple(Tick(write(value), _y(value, most)) for value in (0, most))
    table = tuple((period, tuple(panel.cells[at] for panel in panels)) for at, period in enumerate(periods))
    hides = any(cell.hidden for panel in panels for cell in panel.cells)
    return Series(panels, _under(periods), heights, table, hides)


def nice(most: float) -> float:
    """The least of 1, 2, 5 times a power of ten that is not below `most`; 1 for nothing."""
    if most <= 0:
        return 1
    power = 10.0 ** math.floor(math.log10(most))
    found = next(step * power for step in (1, 2, 5, 10) if step * power >= most * (1 - 1e-9))
    return int(found) if found >= 1 else found


def _panel(
    label: str, values: Sequence[Value], periods: Sequence[Any], most: float, write: Callable[[Any], str], absent: str
) -> Panel:
    cells = tuple(_cell(value, at, len(periods), most, write, absent) for at, value in enumerate(values))
    segments = tuple(Segment(a.x, a.y, b.x, b.y) for a, b in pairwise(cells) if a.y and b.y)
    said = ", ".join(
        f"{period['label']}: {'skjult' if cell.hidden else cell.absent or cell.text}"
        for period, cell in zip(periods, cells, strict=True)
    )
    return Panel(label, cells, segments, f"{label}. {said}.")


def _cell(value: Value, at: int, count: int, most: float, write: Callable[[Any], str], absent: str) -> Cell:
    x = _x(at, count)
    if value is None:
        return Cell(HIDDEN, x, "", hidden=True)
    if isinstance(value, Absent):
        return Cell(NOT_GIVEN, x, "", hidden=False, absent=absent)
    return Cell(write(value), x, _y(value, most), hidden=False)


def _x(at: int, count: int) -> str:
    return f"{100 * (at + 0.5) / count:.2f}%"


def _y(value: float, most: float) -> str:
    return f"{FOOT - (FOOT - TOP) * value / most:.1f}"


def _under(periods: Sequence[Any]) -> tuple[Tick, ...]:
    """The names that find room: the first, the last, and as many between as there is room for, evenly."""
    count = len(periods)
    step = max(1, math.ceil((count - 1) / (LABELS - 1))) if count > 1 else 1
    kept = list(range(count - 1, -1, -step))[::-1]
    found = []
    for at in kept:
        anchor = "middle" if count <= LABELS else "end" if at == count - 1 else "start" if at == 0 else "middle"
        found.append(Tick(str(periods[at].get("short") or periods[at]["label"]), _x(at, count), anchor))
    return tuple(found)
