"""The same figure through the releases. Pure: what one table does not hold at that level of detail is as hidden."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from regional.dashboard.choosing import Told
from shared.contracts import ReleasedLine, ReleasedTable
from varde.ui.released import UNITS, per_thousand, planned_rows

CASES, RATE, PLANNED = "saker", "per_tusen", "sammensatte"
ALWAYS = {CASES: "Antall saker", RATE: "Saker per 1000 innbyggere", PLANNED: "Sammensatte tall"}
MEASURES = {"antall": "Antall", "andel": "Andel"}

type Value = int | float | None


@dataclass(frozen=True, slots=True)
class Through:
    """What the component draws, in order of time."""

    title: str
    periods: tuple[dict[str, str], ...]
    rows: tuple[dict[str, Any], ...]
    unit: str
    note: str


def questions(tables: Iterable[Told]) -> dict[str, str]:
    """What can be followed through time: its name by its key."""
    found = dict(ALWAYS)
    for one in tables:
        for question in one.table.questions:
            found.setdefault(question.key, question.label)
    if not any(one.table.planned for one in tables):
        del found[PLANNED]
    return found


def through(tables: Sequence[Told], key: str, *, share: bool) -> Through:
    """One figure (or a question's lines) in these tables, which are of one kind; the oldest first."""
    inorder = list(reversed(tables))
    periods = tuple({"label": one.table.label, "short": one.short, "href": one.href} for one in inorder)
    kept = [one.table for one in inorder]
    if key == CASES:
        rows, unit = [_row("Saker", kept, lambda table: table.cases)], "whole"
    elif key == RATE:
        rows, unit = [_row("Saker per 1000 innbyggere", kept, per_thousand)], "rate"
    elif key == PLANNED:
        rows, unit = [_planned(kept, name, label, share) for name, label in planned_rows(kept).items()], "whole"
    else:
        rows, unit = _lines(kept, key, share), "whole"
    shares = share and key not in (CASES, RATE)
    return Through(
        questions(tables).get(key, key), periods, tuple(rows), "percent" if shares else unit, _note(kept, key)
    )


def _row(label: str, tables: Iterable[ReleasedTable], value: Callable[[ReleasedTable], Value]) -> dict[str, Any]:
    return {"label": label, "values": [value(table) for table in tables]}


def _planned(tables: Iterable[ReleasedTable], name: str, label: str, share: bool) -> dict[str, Any]:
    def value(table: ReleasedTable) -> Value:
        found = next((one for one in table.planned if one.id == name), None)
        return None if found is None else found.share if share else found.count

    return _row(label, tables, value)


def _lines(tables: Sequence[ReleasedTable], key: str, share: bool) -> list[dict[str, Any]]:
    """A line for each answer or group that any of the tables has, in the order of the form."""
    held = [{line.label: line for line in _held(table, key)} for table in tables]
    labels = dict.fromkeys(label for lines in held for label in lines)

    def value(line: ReleasedLine | None) -> Value:
        return None if line is None else line.share if share else line.value

    return [{"label": label, "values": [value(lines.get(label)) for lines in held]} for label in labels]


def _held(table: ReleasedTable, key: str) -> tuple[ReleasedLine, ...]:
    found = next((one for one in table.questions if one.key == key), None)
    return () if found is None else (*found.lines, found.blank)


def _note(tables: Iterable[ReleasedTable], key: str) -> str:
    units = {one.unit for table in tables for one in table.questions if one.key == key}
    said = "«:» står også der svaret ikke er gitt ut for seg i den perioden."
    if len(units) > 1:
        counted = " og ".join(sorted(UNITS[unit] for unit in units))
        return f"{said} Linjene teller {counted}, etter hvor detaljert hver periode er gitt ut."
    return said if units else ""
