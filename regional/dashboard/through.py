"""The same figure through the releases. Pure.

Three things are told apart: a figure, one that is hidden (None), and one that nobody has given out (ABSENT): its period
has no release that stands, or a table of it is told less finely.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from regional.dashboard.choosing import Told
from regional.releases.given import Given
from shared.codes.periods import Quarter, label, parse
from shared.contracts import ReleasedLine, ReleasedTable
from varde.ui.released import UNITS, per_thousand, planned_rows, short_label
from varde.ui.series import ABSENT, Value

CASES, RATE, PLANNED = "saker", "per_tusen", "sammensatte"
ALWAYS = {CASES: "Antall saker", RATE: "Saker per 1\u00a0000 innbyggere", PLANNED: "Sammensatte tall"}
MEASURES = {"antall": "Antall", "andel": "Andel"}
HIDDEN_NOTE = "«:» er skjult."
ABSENT_NOTE = "«–» er ikke gitt ut, er trukket tilbake, eller er bare gitt ut slått sammen med andre svar."
_MOST = 200  # periods: fifty years of quarters


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


def through(tables: Sequence[Told], key: str, *, share: bool, withdrawn: Iterable[Given] = ()) -> Through:
    """One figure (or a question's lines) in these tables, which are of one kind; the oldest first, with what lacks
    among them. `withdrawn`: releases that were taken back, which the period then leads to."""
    gone = {one.period: one for one in withdrawn}
    there = {one.table.id: one for one in tables}
    kind = tables[0].table.kind if tables else ""
    inorder = _filled({*there, *(name for half in gone for name in _of_half(half, kind))})
    periods = tuple(_period(name, there, gone) for name in inorder)
    kept = [there[name].table if name in there else None for name in inorder]
    has = [table for table in kept if table is not None]
    if key == CASES:
        rows, unit = [_row("Saker", kept, lambda table: table.cases)], "whole"
    elif key == RATE:
        rows, unit = [_row("Saker per 1\u00a0000 innbyggere", kept, _rate)], "rate"
    elif key == PLANNED:
        rows, unit = [_planned(kept, name, label, share) for name, label in planned_rows(has).items()], "whole"
    else:
        rows, unit = _lines(kept, key, share), "whole"
    shares = share and key not in (CASES, RATE)
    return Through(
        questions(tables).get(key, key), periods, tuple(rows), "percent" if shares else unit, _note(has, key, rows)
    )


def _filled(there: Iterable[str]) -> list[str]:
    """The tables' ids and those of the same kind that lack between them, in order of time."""
    inorder = sorted(there, key=_end)
    found = inorder[:1]
    for name in inorder[1:]:
        while len(found) < _MOST and _end(after := _next(found[-1])) < _end(name):
            found.append(after)
        found.append(name)
    return found


def _of_half(half: str, kind: str) -> list[str]:
    """The ids of the half-year's own tables of a kind; its year and what is since the start may stand elsewhere."""
    return [half] if kind == "half" else [str(quarter) for quarter in parse(half)] if kind == "quarter" else []


def _end(name: str) -> Quarter:
    return parse(name.rpartition("..")[2])[-1]


def _next(name: str) -> str:
    """The id of the table that comes after."""
    start, dots, last = name.rpartition("..")
    quarters = parse(last)
    after = quarters[-1].next
    if len(quarters) == 4:
        return f"{start}{dots}{after.year}"
    if len(quarters) == 1:
        return f"{start}{dots}{after}"
    return f"{start}{dots}{after.year}H{1 if after.number == 1 else 2}"


def _period(name: str, there: Mapping[str, Told], gone: Mapping[str, Given]) -> dict[str, str]:
    """Of a table, or of one that lacks: it leads to what was withdrawn, and else nowhere."""
    if name in there:
        one = there[name]
        return {"label": one.table.label, "short": one.short, "href": one.href}
    last = name.rpartition("..")[2]
    kind = "start" if ".." in name else {1: "quarter", 2: "half", 4: "year"}[len(parse(last))]
    said = f"Siden start, til og med {label(parse(last))}" if kind == "start" else label(parse(last))
    taken = gone.get(_half(last)) if kind != "year" else None
    href = f"/statistikk/utgivelser/{taken.number}" if taken else ""
    return {"label": f"{said} (trukket tilbake)" if taken else said, "short": short_label(name, kind), "href": href}


def _half(name: str) -> str:
    end = parse(name)[-1]
    return f"{end.year}H{1 if end.number <= 2 else 2}"


def _rate(table: ReleasedTable) -> Value:
    """Hidden where the number of cases is; there is none since the start, nor where nobody said how many live there."""
    found = per_thousand(table)
    return ABSENT if found is None and table.cases is not None else found


def _row(label: str, tables: Iterable[ReleasedTable | None], value: Callable[[ReleasedTable], Value]) -> dict[str, Any]:
    return {"label": label, "values": [ABSENT if table is None else value(table) for table in tables]}


def _planned(tables: Iterable[ReleasedTable | None], name: str, label: str, share: bool) -> dict[str, Any]:
    def value(table: ReleasedTable) -> Value:
        found = next((one for one in table.planned if one.id == name), None)
        return ABSENT if found is None else found.share if share else found.count

    return _row(label, tables, value)


def _lines(tables: Sequence[ReleasedTable | None], key: str, share: bool) -> list[dict[str, Any]]:
    """A line for each answer or group that any of the tables has, in the order of the form."""
    held = [{line.label: line for line in _held(table, key)} for table in tables]
    labels = dict.fromkeys(label for lines in held for label in lines)

    def value(line: ReleasedLine | None) -> Value:
        return ABSENT if line is None else line.share if share else line.value

    return [{"label": label, "values": [value(lines.get(label)) for lines in held]} for label in labels]


def _held(table: ReleasedTable | None, key: str) -> tuple[ReleasedLine, ...]:
    found = next((one for one in table.questions if one.key == key), None) if table else None
    return () if found is None else (*found.lines, found.blank)


def _note(tables: Iterable[ReleasedTable], key: str, rows: Iterable[Mapping[str, Any]]) -> str:
    """What the marks in these rows mean; and what the lines count, where it is not the same in all of them."""
    values = [value for row in rows for value in row["values"]]
    said = [HIDDEN_NOTE] if None in values else []
    said += [ABSENT_NOTE] if ABSENT in values else []
    units = {one.unit for table in tables for one in table.questions if one.key == key}
    if len(units) > 1:
        counted = " og ".join(sorted(UNITS[unit] for unit in units))
        said.append(f"Linjene teller {counted}, etter hvor detaljert hver periode er gitt ut.")
    return " ".join(said)
