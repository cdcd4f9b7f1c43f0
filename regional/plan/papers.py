"""The plan as it leaves: on paper, as rows of a workbook, and as the content that is frozen when it is adopted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from regional.plan import picture
from regional.plan.models import Plan
from regional.plan.queries import Line, Section
from regional.plan.states import PARTS, Tally, tally
from varde.documents.paper import Facts, Heading, Paper, Part, Picture, Piece, Table, Text
from varde.exits.sheets import Cell
from varde.ui.dates import short_date

MARK = "Interkommunal handlingsplan"


@dataclass(frozen=True, slots=True)
class Decided:
    """By which decision, when it was taken, and who entered it."""

    decision: str
    decided_on: date
    by_name: str


def status_words(line: Line) -> str:
    """«I gang, over frist»; with the reason of one that was stopped, and that it was added later."""
    late = ", over frist" if line.overdue else ""
    why = f": {line.now.reason}" if line.now.reason else ""
    return f"{line.now.label}{late}{why}" + (" (lagt til etter vedtaket)" if line.added else "")


def all_of(found: Sequence[Section], today: date) -> Tally:
    """The whole plan in one bar."""
    return tally("Hele planen", [line.now for each in found for line in each.lines], today)


def plan_paper(
    plan: Plan, found: Sequence[Section], decided: Decided | None, *, office: str, made_at: datetime, today: date
) -> Paper:
    """The paper; `decided` None for a draft."""
    return Paper(
        title=plan.title,
        office=office,
        made_at=made_at,
        lead=f"Interkommunal handlingsplan {plan.period}, versjon {plan.version}",
        pieces=(*_head(plan, decided), *_progress(found, today), *_goals(found)),
        mark=MARK,
    )


def _head(plan: Plan, decided: Decided | None) -> list[Piece]:
    said = (
        ("Vedtatt", f"{short_date(decided.decided_on)}, {decided.decision}" if decided else "Utkast, ikke vedtatt"),
        ("Ført av", decided.by_name if decided else ""),
    )
    return [Facts(said), *([Text(plan.about)] if plan.about else [])]


def _progress(found: Sequence[Section], today: date) -> list[Piece]:
    tallies = [all_of(found, today), *(each.tally for each in found)]
    rows = tuple((one.label, *(str(count) for _, _, count in one.counts), str(one.total)) for one in tallies)
    return [
        Heading("Framdrift"),
        Picture(picture.svg(tallies), picture.in_words(tallies), 160),
        Table(("Mål", *(label for _, label in PARTS), "I alt"), rows),
    ]


def _goals(found: Sequence[Section]) -> list[Piece]:
    made: list[Piece] = []
    for each in found:
        made.append(Heading(f"Mål {each.goal.number}: {each.goal.title}"))
        made += [Text(each.goal.about)] if each.goal.about else []
        made += [piece for line in each.lines for piece in _measure(line)] or [Text("Ingen tiltak.")]
    return made


def _measure(line: Line) -> list[Piece]:
    row = line.measure
    return [
        Part(f"{line.number} {row.what}"),
        Facts(
            (
                ("For", line.kommuner),
                ("Ansvarlig", line.now.owner_name),
                ("Frist", short_date(line.now.due_on)),
                ("Status", status_words(line)),
                ("Ønsket virkning", row.effect),
                ("Kostnad", f"{row.cost} kroner" if row.cost is not None else ""),
                ("Kommer fra", row.origin),
            )
        ),
    ]


HEAD = (
    "Nummer", "Mål", "Tiltak", "For", "Ansvarlig", "Frist", "Status", "Over frist", "Ønsket virkning", "Kostnad (kr)",
    "Kommer fra",
)  # fmt: skip


def sheet(found: Sequence[Section]) -> list[Sequence[Cell]]:
    """A row for each measure under the heading."""
    return [HEAD, *(_row(line) for each in found for line in each.lines)]


def _row(line: Line) -> Sequence[Cell]:
    row = line.measure
    return (
        line.number, line.goal, row.what, line.kommuner, line.now.owner_name, short_date(line.now.due_on),
        status_words(line), "Ja" if line.overdue else "Nei", row.effect, row.cost, row.origin,
    )  # fmt: skip


def frozen(plan: Plan, found: Sequence[Section]) -> dict[str, Any]:
    """What is kept of an adopted plan: everything that was decided, in words that need no other row."""
    return {
        "title": plan.title,
        "period": plan.period,
        "version": plan.version,
        "about": plan.about,
        "goals": [
            {
                "number": each.goal.number,
                "title": each.goal.title,
                "about": each.goal.about,
                "measures": [_kept(line) for line in each.lines],
            }
            for each in found
        ],
    }


def _kept(line: Line) -> dict[str, Any]:
    row = line.measure
    return {
        "id": str(row.id),
        "number": line.number,
        "what": row.what,
        "effect": row.effect,
        "for": line.kommuner,
        "kommuner": list(row.kommuner),
        "owner": line.now.owner_name,
        "due_on": line.now.due_on.isoformat(),
        "status": line.now.status,
        "cost": row.cost,
        "origin": row.origin,
    }
