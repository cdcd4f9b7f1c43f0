"""Cells that leave for a spreadsheet. A program that opens one must not run what a person wrote in it.

Source: OWASP "CSV Injection": a cell that begins with = + - @, tab or carriage return is read as a formula. An
apostrophe before it makes it text. The same holds for a cell of an .xlsx file that is given as a string.
"""

import csv
import io
from collections.abc import Iterable
from typing import TextIO

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")  # the wide ones are read as the narrow ones
Cell = str | int | float | None


def cell(value: Cell) -> Cell:
    """The value as it may leave: numbers as they are, text that would be a formula behind an apostrophe.

    Blanks and line ends before it do not hide a formula from every program, so they are looked past.
    """
    if not isinstance(value, str):
        return value
    begins = value.lstrip(" \n\u00a0\ufeff")
    return f"'{value}" if begins.startswith(_FORMULA) else value


_MARK = b"\xef\xbb\xbf"


def norwegian_csv(rows: Iterable[Iterable[Cell]]) -> bytes:
    """A file that a Norwegian spreadsheet opens right, with a click: semicolons, since the comma is its decimal sign,
    and a mark that says UTF-8."""
    made = io.StringIO()
    Writer(made, between=";").writerows(rows)
    return _MARK + made.getvalue().encode()


class Writer:
    """A CSV writer (comma unless told, LF) that can write nothing but cells as they may leave."""

    def __init__(self, out: TextIO, *, between: str = ",") -> None:
        self._csv = csv.writer(out, delimiter=between, lineterminator="\n")

    def writerow(self, row: Iterable[Cell]) -> None:
        """One line."""
        self._csv.writerow([cell(value) for value in row])

    def writerows(self, rows: Iterable[Iterable[Cell]]) -> None:
        """A line for each."""
        for row in rows:
            self.writerow(row)
