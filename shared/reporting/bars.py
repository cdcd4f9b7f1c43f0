"""The picture of a table as vector bars. Lengths come from printed cells; a figure that is not given out has the same
stub whatever it is. Pure."""

from collections.abc import Iterator
from html import escape
from textwrap import wrap

from shared.reporting.document import Table
from shared.reporting.words import written

WIDTH = 640
_LABELS, _FIGURES, _LINE, _GAP, _BAR = 280, 60, 16, 10, 14
_ROOM = WIDTH - _LABELS - _FIGURES
_LETTERS = 40
_STUB = 24
_FONT = 'font-family="Libertinus Serif" font-size="14"'


def svg(table: Table, column: int) -> str:
    """The drawing, one bar a row, in the order of the table."""
    longest = max((cell for row in table.rows if isinstance(cell := row[column], int)), default=0)
    parts: list[str] = []
    top = 0
    for row in table.rows:
        lines = wrap(written(row[0]), _LETTERS)[:3] or [""]
        height = max(_LINE * len(lines), _BAR)
        parts += _row(lines, row[column], longest, top, height)
        top += height + _GAP
    high = max(top, 1)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {high}">{"".join(parts)}</svg>'


def _row(lines: list[str], cell: int | str | None, longest: int, top: int, height: int) -> Iterator[str]:
    for at, line in enumerate(lines):
        yield f'<text x="0" y="{top + 12 + at * _LINE}" {_FONT} fill="#1f2937">{escape(line)}</text>'
    middle = top + (height - _BAR) // 2
    if isinstance(cell, int):
        width = round(_ROOM * max(cell, 0) / longest, 1) if longest else 0
        yield f'<rect x="{_LABELS}" y="{middle}" width="{_ROOM}" height="{_BAR}" fill="#eef1f4"/>'
        yield f'<rect x="{_LABELS}" y="{middle}" width="{width}" height="{_BAR}" fill="#1e5c8a"/>'
    else:
        yield (
            f'<rect x="{_LABELS}" y="{middle}" width="{_STUB}" height="{_BAR}" fill="none" stroke="#5b6470"'
            ' stroke-dasharray="3 2"/>'
        )
    yield (
        f'<text x="{WIDTH}" y="{middle + 12}" {_FONT} fill="#1f2937" text-anchor="end">{escape(written(cell))}</text>'
    )
