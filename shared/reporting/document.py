"""A report as data: every format is made from this and from nothing else, so none of them can hold more. Pure.

    made = Document("Rapport til Bufdir", "1. halvår 2026", (("Kommune", "Gjøvik"),), (section, …))
    kept = canonical(made)          the bytes that are frozen; `read(kept) == made`

A cell is a whole number, a text, or None for what is not given out, which every format writes as «:».
"""

import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

HIDDEN = ":"
VERSION = 1
Cell = int | str | None


class BadDocument(ValueError):
    """Not a document: the text says what is wrong."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows as long as the columns. `chart`: the first column of numbers is drawn too. `key` names the table from one
    report to the next, where the title may change. Raises BadDocument."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    chart: bool = False
    key: str = ""

    def __post_init__(self) -> None:
        if not self.columns or any(len(row) != len(self.columns) for row in self.rows):
            raise BadDocument("En rad har ikke like mange ruter som tabellen har kolonner.")
        if any(type(cell) not in (int, str, type(None)) for row in self.rows for cell in row):
            raise BadDocument("En rute er verken helt tall, tekst eller tom.")

    @property
    def name(self) -> str:
        """What the table is called from one report to the next."""
        return self.key or self.title

    @property
    def drawn(self) -> int | None:
        """The column to draw: the first of numbers alone (and «:»); None where there is none or nothing to draw."""
        for at in range(1, len(self.columns)):
            cells = [row[at] for row in self.rows]
            if any(isinstance(cell, int) for cell in cells) and not any(isinstance(cell, str) for cell in cells):
                return at if self.chart else None
        return None


@dataclass(frozen=True, slots=True)
class Section:
    """A part with a heading; `text` comes before its tables and `notes` after them."""

    title: str
    text: str = ""
    tables: tuple[Table, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """The whole. `meta`: labels with what is said of each. `dated`: the day that it speaks of itself as made."""

    title: str
    subtitle: str
    meta: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    office: str = ""
    dated: date | None = None
    mark: str = ""


def as_data(document: Document) -> dict[str, Any]:
    """The document as JSON data."""
    dated = document.dated.isoformat() if document.dated else None
    return asdict(document) | {"dated": dated, "version": VERSION}


def of_data(data: dict[str, Any]) -> Document:
    """The document of such data; raises BadDocument for any other."""
    try:
        said = dict(data)
        version, dated = said.pop("version"), said.pop("dated")
        sections = tuple(_section(each) for each in said.pop("sections"))
        meta = tuple((label, text) for label, text in said.pop("meta"))
        made = Document(meta=meta, sections=sections, dated=date.fromisoformat(dated) if dated else None, **said)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise BadDocument("Rapporten kan ikke leses.") from error
    if version != VERSION:
        raise BadDocument("Rapporten er av en annen utgave.")
    return made


def canonical(document: Document) -> bytes:
    """The one spelling of a document in UTF-8: the same content is the same bytes."""
    said = json.dumps(as_data(document), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return f"{said}\n".encode()


def read(kept: bytes) -> Document:
    """The document of such bytes; raises BadDocument for any other."""
    try:
        made = of_data(json.loads(kept))
    except (ValueError, TypeError) as error:
        raise BadDocument("Rapporten kan ikke leses.") from error
    if canonical(made) != kept:
        raise BadDocument("Rapporten er ikke skrevet på den ene tillatte måten.")
    return made


def _section(said: dict[str, Any]) -> Section:
    tables = tuple(
        Table(**(each | {"columns": tuple(each["columns"]), "rows": tuple(tuple(row) for row in each["rows"])}))
        for each in said["tables"]
    )
    return Section(**(said | {"tables": tables, "notes": tuple(said["notes"])}))
