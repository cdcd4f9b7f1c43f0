"""Bars for small charts, worked out on the server so that a page needs no script to show them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from varde.ui import numbers

# What statistics offices write for a figure that is not published.
HIDDEN = ":"


@dataclass(frozen=True)
class Bar:
    """One row of a chart. `width` is an SVG length («46.3%»); a hidden row has none: its stub has the same
    length whatever the figure is, because a length would tell it."""

    label: str
    count: str
    share: str
    width: str
    hidden: bool


def bars(rows: Iterable[Mapping[str, Any]], *, of: int | None = None) -> list[Bar]:
    """Rows of {label, count, share 0..1 or None, hidden} as bars. The longest shown row fills the line, or a row of
    `of`: where all are counted of the same whole, 12 of 13 must not look as if all were there. What is left of several
    answers may be more than the cases; then it fills the line."""
    kept = list(rows)
    longest = max((float(of or 0), *(_size(row) for row in kept if not _hidden(row))))
    return [_bar(row, longest) for row in kept]


def _hidden(row: Mapping[str, Any]) -> bool:
    return bool(row.get("hidden")) or row.get("count") is None


def _size(row: Mapping[str, Any]) -> float:
    return float(row["count"])


def _bar(row: Mapping[str, Any], longest: float) -> Bar:
    label = str(row["label"])
    if _hidden(row):
        return Bar(label, HIDDEN, HIDDEN, "", hidden=True)
    width = 100 * _size(row) / longest if longest else 0
    share = row.get("share")
    written = "" if share is None else numbers.percent(share)
    return Bar(label, numbers.whole(row["count"]), written, f"{width:.1f}%", hidden=False)
