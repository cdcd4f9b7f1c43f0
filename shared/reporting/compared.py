"""Two reports of the same kind beside each other: what is another number now, and what came or went. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from shared.reporting.document import Cell, Document, Table


@dataclass(frozen=True, slots=True)
class Difference:
    """A cell that says something else. `before` or `after` is "" where the row or column was not there; None is «:»."""

    table: str
    row: str
    column: str
    before: Cell
    after: Cell

    @property
    def change(self) -> int | None:
        """By how much, where both are numbers."""
        both = isinstance(self.before, int) and isinstance(self.after, int)
        return self.after - self.before if both else None  # type: ignore[operator]


def differences(before: Document, after: Document) -> list[Difference]:
    """Every cell of a table that differs, in the order of the newer one; then what only the older one had."""
    old, new = _cells(before), _cells(after)
    found = [_difference(old, new, key) for key in new if key not in old or old[key][1] != new[key][1]]
    return found + [_difference(old, new, key) for key in old if key not in new]


_Key = tuple[str, str, int, str]
_Found = dict[_Key, tuple[str, Cell]]


def _difference(old: _Found, new: _Found, key: _Key) -> Difference:
    title = (new.get(key) or old[key])[0]
    return Difference(title, key[1], key[3], old[key][1] if key in old else "", new[key][1] if key in new else "")


def _cells(document: Document) -> _Found:
    """(table, row, which of the rows of this name, column) -> (title, cell)."""
    return {key: found for section in document.sections for table in section.tables for key, found in _of(table)}


def _of(table: Table) -> Iterator[tuple[_Key, tuple[str, Cell]]]:
    seen: dict[str, Iterator[int]] = {}
    for row in table.rows:
        name = str(row[0])
        at = next(seen.setdefault(name, count()))
        for column, cell in zip(table.columns[1:], row[1:], strict=True):
            yield (table.name, name, at, column), (table.title, cell)
