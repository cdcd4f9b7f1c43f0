"""The files of a report: PDF, workbook, CSV and JSON. The same document gives the same bytes, whenever and wherever it
is made: nothing of the making is in them. Pure."""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, time
from types import MappingProxyType

from shared.reporting.bars import svg
from shared.reporting.document import Document, Section, Table, canonical
from shared.reporting.words import EXPLAINED, hides, said_of_chart, written
from shared.reporting.workbook import workbook
from varde.documents.paper import Facts, Heading, Items, Note, Paper, Part, Picture, Piece, Text
from varde.documents.paper import Table as PaperTable
from varde.documents.paper import pdf as paper_pdf
from varde.exits.sheets import norwegian_csv

# Of a document that names no day: a PDF must name one.
_NO_DAY = date(2018, 1, 1)
_PICTURE_MM = 150


def json(document: Document) -> bytes:
    """The canonical bytes themselves."""
    return canonical(document)


def xlsx(document: Document) -> bytes:
    """A workbook: what it is on the first sheet, then a sheet for each section."""
    return workbook(document)


def csv(document: Document) -> bytes:
    """One line a cell: section, table, row, column, value; for a Norwegian spreadsheet."""
    return norwegian_csv(_rows(document))


def _rows(document: Document) -> Iterator[tuple[str | int, ...]]:
    yield ("Del", "Tabell", "Rad", "Kolonne", "Verdi")
    for label, text in (("Tittel", document.title), ("Undertittel", document.subtitle), *document.meta):
        yield ("Om rapporten", "", label, "", text)
    if hides(document):
        yield ("Om rapporten", "", "«:»", "", EXPLAINED)
    for section in document.sections:
        yield from _lines(section)


def _lines(section: Section) -> Iterator[tuple[str, str, str, str, str | int]]:
    if section.text:
        yield (section.title, "", "Tekst", "", section.text)
    for table in section.tables:
        for row in table.rows:
            for column, cell in zip(table.columns[1:], row[1:], strict=True):
                value = cell if isinstance(cell, int) else written(cell)
                yield (section.title, table.title, written(row[0]), column, value)
            if len(row) == 1:
                yield (section.title, table.title, written(row[0]), table.columns[0], written(row[0]))
    for note in section.notes:
        yield (section.title, "", "Merknad", "", note)


def pdf(document: Document) -> bytes:
    """PDF/A-2a and PDF/UA-1 in Norwegian; each picture is said in words and has its table under it."""
    made = datetime.combine(document.dated or _NO_DAY, time(12), UTC)
    paper = Paper(
        title=document.title,
        office=document.office,
        made_at=made,
        pieces=tuple(_pieces(document)),
        lead=document.subtitle,
        mark=document.mark,
    )
    return paper_pdf(paper)


def _pieces(document: Document) -> Iterator[Piece]:
    if document.meta:
        yield Facts(document.meta)
    if hides(document):
        yield Note(EXPLAINED)
    for section in document.sections:
        yield Heading(section.title)
        if section.text:
            yield Text(section.text)
        for table in section.tables:
            yield from _table(table)
        if section.notes:
            yield Items(section.notes)


def _table(table: Table) -> Iterator[Piece]:
    yield Part(table.title)
    if not table.rows:
        yield Text("Ingen.")
        return
    if (column := table.drawn) is not None:
        yield Picture(svg(table, column), said_of_chart(table, column), _PICTURE_MM)
    yield PaperTable(table.columns, tuple(tuple(written(cell) for cell in row) for row in table.rows))


FORMATS: Mapping[str, Callable[[Document], bytes]] = MappingProxyType(
    {"pdf": pdf, "xlsx": xlsx, "csv": csv, "json": json}
)
"""Ending -> what makes the file."""
