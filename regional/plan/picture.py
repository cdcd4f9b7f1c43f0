"""Progress as a picture: a bar for each goal, parted by how far its measures have come. Pure; the table says the same.

Each part has its own colour and pattern of edge, its place is always the same, and its number stands in it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from regional.plan.states import PARTS, Tally

HEIGHT = 26
_GAP, _LABEL = 10, 16
_FILLS = {
    "done": ("#1e6b3a", "#fff"),
    "running": ("#1e5c8a", "#fff"),
    "planned": ("#d5dae0", "#111"),
    "overdue": ("#b3261e", "#fff"),
    "stopped": ("#fff", "#111"),
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a bar in percent of it; `text` is its number, "" where there is no room to read it."""

    code: str
    x: str
    width: str
    text: str
    middle: str


@dataclass(frozen=True, slots=True)
class Row:
    """A goal with its parts; none of them when it has no measures."""

    label: str
    pieces: tuple[Piece, ...]


def rows(tallies: Iterable[Tally]) -> list[Row]:
    """The bars; each is as long as the others, whatever the number of measures: it shows how far they have come."""
    return [Row(one.label, tuple(_pieces(one))) for one in tallies]


def _pieces(one: Tally) -> Iterable[Piece]:
    at = 0.0
    for code, _, count in one.counts:
        if count:
            width = 100 * count / one.total
            yield Piece(code, f"{at:.2f}%", f"{width:.2f}%", str(count), f"{at + width / 2:.2f}%")
            at += width


def in_words(tallies: Iterable[Tally]) -> str:
    """The picture for those who do not see it."""
    said = (f"{one.label}: " + (", ".join(_parts(one)) or "ingen tiltak") for one in tallies)
    return ". ".join(said) + "."


def _parts(one: Tally) -> list[str]:
    return [f"{count} {label.casefold()}" for _, label, count in one.counts if count]


def svg(tallies: Iterable[Tally]) -> str:
    """The same as a drawing of its own, for paper: colours and numbers are in it."""
    found = rows(tallies)
    step = HEIGHT + _LABEL + _GAP
    body = "".join(_drawn(row, number * step) for number, row in enumerate(found))
    legend = "".join(_legend(number, code, label) for number, (code, label) in enumerate(PARTS))
    tall = len(found) * step
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 {tall + 24}" font-family="Libertinus Serif">'
        f'{body}<g transform="translate(0 {tall + 4})">{legend}</g></svg>'
    )


def _drawn(row: Row, top: int) -> str:
    label = f'<text x="0" y="{top + 12}" font-size="12">{escape(row.label[:90])}</text>'
    y = top + _LABEL
    frame = f'<rect x="0.5" y="{y}" width="599" height="{HEIGHT}" fill="none" stroke="#8a939e"/>'
    return label + frame + "".join(_box(piece, y) for piece in row.pieces)


def _box(piece: Piece, y: int) -> str:
    x, width, middle = (6 * float(said.rstrip("%")) for said in (piece.x, piece.width, piece.middle))
    fill, ink = _FILLS[piece.code]
    return (
        f'<rect x="{x:.1f}" y="{y}" width="{width:.1f}" height="{HEIGHT}" fill="{fill}" stroke="#5b6470"/>'
        f'<text x="{middle:.1f}" y="{y + 17}" font-size="12" text-anchor="middle" fill="{ink}">{piece.text}</text>'
    )


def _legend(number: int, code: str, label: str) -> str:
    x = number * 120
    return (
        f'<rect x="{x + 1}" y="2" width="12" height="12" fill="{_FILLS[code][0]}" stroke="#5b6470"/>'
        f'<text x="{x + 18}" y="12" font-size="11">{escape(label)}</text>'
    )
