"""A released table as it is drawn: the same in the region and in its kommuner. Pure; made from the table alone.

Lines stand in the order of the form, never by value. The pilot's printed shares stand beside, where of the same.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from shared.codes.forms import REPORTED, form
from shared.codes.periods import label, parse
from shared.codes.pilot import Pilot, pilot
from shared.codes.steering import question as steering_question
from shared.contracts import ReleasedFigure, ReleasedLine, ReleasedQuestion, ReleasedTable
from varde.ui import numbers
from varde.ui.charts import HIDDEN
from varde.ui.series import rate

GROUPS = {"form": "Spørsmålene i skjemaet", "steering": "Tider, frister og personer", "phone": "Vakttelefonen"}
UNITS = {"cases": "saker", "ticks": "avkryssinger", "calls": "samtaler"}
GROUPED = "Svarene er slått sammen i grupper, fordi det er få {}."
TICKS = "En sak kan ha flere svar. Linjene teller avkryssinger, og andelen er av alle avkryssingene."
TICKS_HIDDEN = (
    "En sak kan ha flere svar. Linjene teller avkryssinger. Hvor mange det er til sammen, kan ikke vises,"
    " så andelen kan ikke regnes ut."
)
SEVERAL = "En sak kan ha flere svar, så andelene kan bli mer enn 100 % til sammen."


@dataclass(frozen=True, slots=True)
class Beside:
    """The region's share and the pilot's, of the same."""

    label: str
    own: str
    pilot: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A question: `rows` as the bars take them, `of` what fills the line, `said` sentences under it."""

    key: str
    label: str
    rows: tuple[dict[str, Any], ...]
    of: int | None
    said: tuple[str, ...]
    beside: tuple[Beside, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Questions of one kind."""

    code: str
    title: str
    charts: tuple[Chart, ...]


@dataclass(frozen=True, slots=True)
class Planned:
    """A planned figure as it is written."""

    label: str
    count: str
    of: str
    share: str
    pilot: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """What a page shows of a table. `rate`: cases per 1,000 inhabitants in the table's time, "" where there is none."""

    table: ReleasedTable
    cases: str
    rate: str
    population: str
    sections: tuple[Section, ...]
    planned: tuple[Planned, ...]
    left_out: tuple[str, ...]
    starts: tuple[tuple[str, date | None], ...]
    source: str
    compared: bool


def picture(table: ReleasedTable) -> Picture:
    """Everything that a page draws of a released table."""
    known = pilot()
    charts = {code: tuple(chart(one, known) for one in table.questions if one.group == code) for code in GROUPS}
    sections = tuple(Section(code, GROUPS[code], charts[code]) for code in GROUPS if charts[code])
    planned = tuple(_planned(one, known) for one in table.planned)
    own = per_thousand(table)
    return Picture(
        table=table,
        cases=written(table.cases),
        rate="" if own is None else rate(own),
        population="" if table.population is None else numbers.whole(table.population),
        sections=sections,
        planned=planned,
        left_out=tuple(name_of(key) for key in table.left_out),
        starts=tuple((name, table.starts.get(name)) for name in table.kommuner),
        source=known.source,
        compared=any(each.beside for each in (*charts["form"],)) or any(each.pilot for each in planned),
    )


def chart(question: ReleasedQuestion, known: Pilot) -> Chart:
    """One question as bars."""
    of = {"cases": question.asked, "ticks": question.ticks, "calls": question.asked}[question.unit]
    lines = [*question.lines, question.blank, *([question.rest] if question.rest else [])]
    return Chart(
        key=question.key,
        label=question.label,
        rows=tuple(_row(line) for line in lines),
        of=of,
        said=tuple(_said(question)),
        beside=tuple(_beside(question, known)) if question.group == "form" else (),
    )


def per_thousand(table: ReleasedTable) -> float | None:
    """Cases per 1,000 inhabitants in the table's own time; None for sums since the start, and where either lacks."""
    if table.kind == "start" or table.cases is None or not table.population:
        return None
    return 1000 * table.cases / table.population


def name_of(key: str) -> str:
    """A question's name; its key where it is of another form."""
    for find in (form(REPORTED).question, steering_question):
        try:
            return find(key).label
        except ValueError:
            continue
    return key


def short_label(name: str, kind: str) -> str:
    """What the table with this id is called where there is little room."""
    quarters = parse(name.rpartition("..")[2])
    year = quarters[-1].year
    if kind == "quarter":
        return f"{quarters[0].number}. kv. {year}"
    return f"{(quarters[-1].number + 1) // 2}. h. {year}" if kind in ("half", "start") else label(quarters)


def written(value: int | None) -> str:
    """A number, or what stands for one that is not told."""
    return HIDDEN if value is None else numbers.whole(value)


def percent(value: int | None) -> str:
    """A whole per cent, or what stands for one that is not told."""
    return HIDDEN if value is None else numbers.percent(value / 100)


def _row(line: ReleasedLine) -> dict[str, Any]:
    share = None if line.share is None else line.share / 100
    return {"label": line.label, "count": line.value, "share": share, "hidden": line.value is None}


def _said(question: ReleasedQuestion) -> Iterable[str]:
    what = UNITS["calls" if question.unit == "calls" else "cases"]
    if question.answered is not None and question.asked is not None:
        yield f"{written(question.answered)} av {written(question.asked)} {what} har svar."
    elif question.asked is not None:
        yield f"Hvor mange av {written(question.asked)} {what} som har svar, kan ikke vises."
    if question.level != "all":
        yield GROUPED.format(what)
    if question.unit == "ticks":
        yield TICKS if question.ticks is not None else TICKS_HIDDEN
    elif question.ticks is not None:
        several = "" if question.multi is None else f" {written(question.multi)} saker har flere."
        yield f"{SEVERAL} {written(question.ticks)} avkryssinger til sammen.{several}"


def _beside(question: ReleasedQuestion, known: Pilot) -> Iterable[Beside]:
    """Only for lines that are one answer of the form, counted in cases."""
    if question.unit != "cases":
        return
    for line in question.lines:
        for of_answered, own in ((False, line.share), (True, line.share_answered)):
            theirs = (
                known.percent(question.key, line.code, of_answered=of_answered) if _single(question, line) else None
            )
            if theirs is not None:
                of = f"{line.label}, av dem som har svar" if of_answered else line.label
                yield Beside(of, percent(own), percent(theirs))


def _single(question: ReleasedQuestion, line: ReleasedLine) -> bool:
    """Is the line one answer by itself? A group has a name that is no answer's."""
    try:
        return form(REPORTED).question(question.key).answer(line.code).label == line.label
    except ValueError:
        return False


def _planned(one: ReleasedFigure, known: Pilot) -> Planned:
    printed = {each.id: each for each in known.figures}.get(one.id)
    theirs = "" if printed is None or printed.percent is None else percent(printed.percent)
    return Planned(one.label, written(one.count), written(one.of), percent(one.share), theirs, one.count is None)


def planned_rows(tables: Iterable[ReleasedTable]) -> Mapping[str, str]:
    """Every planned figure that any of the tables holds: its name by its id, in their order."""
    return {one.id: one.label for table in tables for one in table.planned}
