"""A workbook (.xlsx) of plain cells: text and numbers, a heading that stays in sight, and nothing that runs."""

import io
from collections.abc import Iterable, Sequence

from xlsxwriter import Workbook

from varde import clock
from varde.exits.sheets import Cell, cell

# Nothing that a person wrote becomes a formula, a link or a number in disguise.
_PLAIN = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_WIDEST = 60  # characters


def workbook(rows: Iterable[Sequence[Cell]], title: str = "Tall") -> bytes:
    """The file, the first row as heading. `title` (at most 31 characters) names the sheet."""
    made = io.BytesIO()
    lines = [[cell(value) for value in row] for row in rows]
    with Workbook(made, _PLAIN) as book:
        book.set_properties({"title": title, "created": clock.now().replace(tzinfo=None)})
        sheet = book.add_worksheet(title)
        sheet.freeze_panes(1, 0)
        for at, row in enumerate(lines):
            sheet.write_row(at, 0, row, None if at else book.add_format({"bold": True}))
        for column, width in enumerate(_widths(lines)):
            sheet.set_column(column, column, width)
    return made.getvalue()


def _widths(lines: list[list[Cell]]) -> list[int]:
    """Characters for each column: the longest cell, within reason."""
    columns = max(map(len, lines), default=0)
    longest = [max((len(str(row[at])) for row in lines if at < len(row)), default=0) for at in range(columns)]
    return [min(length + 2, _WIDEST) for length in longest]
