"""Drawing a document on a page: `{% load reporting %}`."""

from collections.abc import Iterator
from dataclasses import dataclass

from django import template

from shared.reporting import words
from shared.reporting.document import Cell, Document, Table
from varde.ui.charts import Bar, bars

register = template.Library()


@dataclass(frozen=True, slots=True)
class Shown:
    """A cell as text, under its column; `number`: set to the right."""

    column: str
    text: str
    number: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its name, its bar where the table is drawn, and the other cells."""

    label: str
    bar: Bar | None
    cells: tuple[Shown, ...]


@register.filter
def rader(table: Table) -> list[Row]:
    """The rows of a table as they are drawn."""
    column = table.drawn
    drawn: Iterator[Bar | None] = iter([None] * len(table.rows))
    if column is not None:
        drawn = iter(bars({"label": row[0], "count": row[column]} for row in table.rows))
    return [Row(words.written(row[0]), next(drawn), tuple(_cells(table, row))) for row in table.rows]


def _cells(table: Table, row: tuple[Cell, ...]) -> Iterator[Shown]:
    for at, (name, cell) in enumerate(zip(table.columns, row, strict=True)):
        if at:
            yield Shown(name, words.written(cell), words.of_figures(table, at))


@register.filter
def kolonner(table: Table) -> list[Shown]:
    """The heads of a table."""
    return [Shown(name, name, words.of_figures(table, at)) for at, name in enumerate(table.columns)]


@register.filter
def skrevet(cell: Cell) -> str:
    """A cell as text."""
    return words.written(cell)


@register.filter
def skjuler(document: Document) -> bool:
    """Is a figure not given out?"""
    return words.hides(document)


@register.simple_tag
def forklart() -> str:
    """What «:» means."""
    return words.EXPLAINED


@register.simple_tag
def filhjelp() -> str:
    """What each kind of file is for."""
    return words.FILES
