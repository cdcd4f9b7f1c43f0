"""Cells as they are written in Norwegian. Pure."""

import re

from shared.reporting.document import HIDDEN, Cell, Document, Table
from varde.ui.numbers import whole

EXPLAINED = "«:» betyr at tallet ikke er gitt ut. Det kan være null, et lite tall, eller skjult for å verne et annet."

FILES = (
    "PDF er til å lese og skrive ut, XLSX til å regne videre i. CSV har én linje for hvert tall, med semikolon mellom "
    "kolonnene, og åpnes rett i Excel. JSON er til andre programmer."
)


def written(cell: Cell) -> str:
    """12 345 with a hard space, the text as it is, «:» for what is not given out."""
    if cell is None:
        return HIDDEN
    return whole(cell) if isinstance(cell, int) else cell


_FIGURE = re.compile(r"[\d\s.,:–−%-]*")


def of_figures(table: Table, column: int) -> bool:
    """Is the column to be set to the right: numbers, shares and «:» alone? Never the first one."""
    cells = [row[column] for row in table.rows if row[column] != ""]
    return column > 0 and bool(cells) and all(_FIGURE.fullmatch(written(cell)) for cell in cells)


def hides(document: Document) -> bool:
    """Is a figure of it not given out? Then «:» is explained once."""
    tables = [table for section in document.sections for table in section.tables]
    return any(cell is None for table in tables for row in table.rows for cell in row)


def said_of_chart(table: Table, column: int) -> str:
    """The picture in words, made of what is printed alone."""
    rows = "; ".join(f"{written(row[0])}: {written(row[column])}" for row in table.rows)
    return f"Stolpediagram, {table.title}, {table.columns[column].lower()}. {rows}."
