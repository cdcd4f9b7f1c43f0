"""How the action plan goes."""

from datetime import datetime

from regional.overview.panel import Cell, Figure, Panel, Parts, Source, Table
from regional.plan import papers, picture, queries
from regional.plan.models import Plan
from regional.plan.queries import Line
from varde.access import Reader
from varde.ui.dates import day_of, short_date

CODE, TITLE = "plan", "Handlingsplanen"
NO_PLAN = "Ingen handlingsplan er vedtatt ennå."
DRAFT = "Ingen handlingsplan er vedtatt ennå. Et utkast er under arbeid."
MOST = 6


def panel(by: Reader, at: datetime) -> Panel:
    """Progress of each goal, and what is over its date, the oldest first."""
    plan = queries.in_force()
    if plan is None:
        return Panel(CODE, TITLE, silent=_silent())
    today = day_of(at)
    found = queries.lines(plan, today)
    sections = queries.sections(plan, found, today)
    tallies = [papers.all_of(sections, today), *(each.tally for each in sections)]
    late = sorted((one for one in found if one.overdue), key=lambda one: one.now.due_on)
    open_ones = sum(one.now.is_open for one in found)
    return Panel(
        CODE,
        TITLE,
        source=_source(plan, at),
        figures=(
            Figure("Tiltak som ikke er gjort", open_ones),
            Figure("Over frist", len(late), warn=bool(late)),
        ),
        parts=Parts(picture.rows(tallies), picture.in_words(tallies), tallies),
        tables=(_late(late),) if late else (),
    )


def _silent() -> str:
    for plan in queries.coming():
        return f"Handlingsplanen som er vedtatt, gjelder fra 1. januar {plan.first_year}."
    return DRAFT if queries.draft() else NO_PLAN


def _source(plan: Plan, at: datetime) -> Source:
    newest = queries.last_said(plan)
    about = f"Sist ført {short_date(newest.at)} av {newest.by_name}." if newest else "Ingen framdrift er ført ennå."
    return Source(f"{plan.title} {plan.period}, versjon {plan.version}", at, queries.HERE, about)


def _late(late: list[Line]) -> Table:
    rows = tuple(
        (Cell(one.what, one.url), Cell(one.kommuner), Cell(one.now.owner_name), Cell(short_date(one.now.due_on)))
        for one in late[:MOST]
    )
    return Table("Tiltak over frist, de eldste først", ("Tiltak", "For", "Ansvarlig", "Frist"), rows)
