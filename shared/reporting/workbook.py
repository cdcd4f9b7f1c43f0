"""A report as .xlsx: plain cells, a sheet for each section, nothing that runs and nothing hidden. Pure."""

import io
import re
from collections.abc import Collection, Iterable
from datetime import date, datetime, time
from math import ceil
from typing import Any

from xlsxwriter import Workbook

from shared.reporting.document import HIDDEN, Cell, Document, Section, Table
from shared.reporting.words import EXPLAINED, hides, of_figures
from varde.exits.sheets import cell as plain

_PLAIN = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_NO_DAY = date(2018, 1, 1)
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
_LONGEST_NAME = 31
_FIRST, _OTHERS, _NARROWEST = 60, 40, 12  # characters
_LINE = 15.5  # points
_ABOUT = "Om rapporten"


def workbook(document: Document) -> bytes:
    """The file."""
    made = io.BytesIO()
    with Workbook(made, _PLAIN) as book:
        day = datetime.combine(document.dated or _NO_DAY, time(12))
        book.set_properties({"title": document.title, "author": document.office, "created": day})
        styles = _styles(book)
        taken: set[str] = set()
        _about(_Sheet(book.add_worksheet(_named(_ABOUT, taken)), styles, [28, _FIRST]), document)
        for section in document.sections:
            sheet = _Sheet(book.add_worksheet(_named(section.title, taken)), styles, _widths(section.tables))
            _section(sheet, section)
    return made.getvalue()


def _styles(book: Any) -> dict[str, Any]:
    head = {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}
    return {
        "title": book.add_format({"bold": True, "font_size": 16}),
        "heading": book.add_format({"bold": True, "font_size": 12}),
        "head": book.add_format(head),
        "head_right": book.add_format(head | {"align": "right"}),
        "text": book.add_format({"text_wrap": True, "valign": "top"}),
        "text_in": book.add_format({"text_wrap": True, "valign": "top", "indent": 1}),
        "head_in": book.add_format(head | {"indent": 1}),
        "number": book.add_format({"num_format": "# ##0", "valign": "top"}),
        "hidden": book.add_format({"align": "right", "valign": "top"}),
    }


def _left(style: str, column: int) -> str:
    """Of a text: away from the figures before it."""
    return f"{style}_in" if column else style


class _Sheet:
    """A sheet that is written from the top and down."""

    def __init__(self, sheet: Any, styles: dict[str, Any], widths: list[int]) -> None:
        self.sheet, self.styles, self.widths, self.at = sheet, styles, widths, 0
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_paper(9)

    def line(self, text: str, style: str) -> None:
        """A text in the first column that may run over the next."""
        self.sheet.write_string(self.at, 0, str(plain(text)), self.styles[style])
        self.at += 1

    def prose(self, text: str) -> None:
        """A text over all columns, as high as it needs."""
        letters = sum(self.widths)
        self.sheet.set_row(self.at, _LINE * self._lines(text, letters))
        if len(self.widths) > 1:
            self.sheet.merge_range(self.at, 0, self.at, len(self.widths) - 1, plain(text), self.styles["text"])
        else:
            self.sheet.write_string(self.at, 0, str(plain(text)), self.styles["text"])
        self.at += 1

    @staticmethod
    def _lines(value: Cell, letters: int) -> int:
        """Lines that a text takes in so many letters, and rather one too many."""
        text = value if isinstance(value, str) else ""
        return sum(max(1, ceil(len(line) * 1.05 / letters)) for line in text.split("\n"))

    def row(self, cells: Iterable[Cell], right: Collection[int] = ()) -> None:
        """A row of a table as high as its texts need; the columns of `right` are set to the right."""
        cells = list(cells)
        lines = max((self._lines(value, self.widths[at]) for at, value in enumerate(cells)), default=1)
        if lines > 1:
            self.sheet.set_row(self.at, _LINE * lines)
        for column, value in enumerate(cells):
            if isinstance(value, int):
                self.sheet.write_number(self.at, column, value, self.styles["number"])
            elif value is None:
                self.sheet.write_string(self.at, column, HIDDEN, self.styles["hidden"])
            else:
                style = self.styles["hidden" if column in right else _left("text", column)]
                self.sheet.write_string(self.at, column, str(plain(value)), style)
        self.at += 1


def _about(sheet: _Sheet, document: Document) -> None:
    sheet.line(document.title, "title")
    if document.subtitle:
        sheet.prose(document.subtitle)
    sheet.at += 1
    for row in document.meta:
        sheet.row(row)
    if hides(document):
        sheet.at += 1
        sheet.prose(EXPLAINED)


def _section(sheet: _Sheet, section: Section) -> None:
    sheet.line(section.title, "title")
    if section.text:
        sheet.prose(section.text)
    for table in section.tables:
        sheet.at += 1
        sheet.line(table.title, "heading")
        right = [at for at in range(len(table.columns)) if of_figures(table, at)]
        _head(sheet, table, right)
        for row in table.rows:
            sheet.row(row, right)
        if not table.rows:
            sheet.line("Ingen.", "text")
    if section.notes:
        sheet.at += 1
    for note in section.notes:
        sheet.prose(note)


def _head(sheet: _Sheet, table: Table, right: Collection[int]) -> None:
    for column, name in enumerate(table.columns):
        style = sheet.styles["head_right" if column in right else _left("head", column)]
        sheet.sheet.write_string(sheet.at, column, str(plain(name)), style)
    sheet.at += 1


def _widths(tables: Iterable[Table]) -> list[int]:
    """Characters for each column of a sheet, whose tables share them."""
    kept = list(tables)
    columns = max((len(table.columns) for table in kept), default=1)
    found = []
    for at in range(columns):
        cells = [str(row[at]) for table in kept for row in (table.columns, *table.rows) if at < len(row)]
        most = _FIRST if at == 0 else _OTHERS
        found.append(min(max([*map(len, cells), _NARROWEST]) + 3, most))
    return _roomy(found) if kept else [_FIRST + _OTHERS]


def _roomy(widths: list[int]) -> list[int]:
    """With a first column that leaves the texts above the tables room."""
    return [max(widths[0], _FIRST - sum(widths[1:])), *widths[1:]]


def _short(name: str) -> str:
    """No longer than a sheet's name may be; cut between two words, and seen to be."""
    if len(name) <= _LONGEST_NAME:
        return name
    kept = name[:_LONGEST_NAME].rpartition(" ")[0] or name[: _LONGEST_NAME - 1]
    return f"{kept.rstrip(' ,.')}…"


def _named(title: str, taken: set[str]) -> str:
    """A name that a sheet may have, and no other one has."""
    name = _short(_FORBIDDEN.sub(" ", title).strip()) or "Ark"
    number = 2
    while name.casefold() in taken:
        name = f"{name[: _LONGEST_NAME - 4]} ({number})"
        number += 1
    taken.add(name.casefold())
    return name
