"""System matters that wait for the leader team: how many, of what kind and since when. What they say is a link away."""

from datetime import datetime

from regional.matters import queries
from regional.matters.models import Matter
from regional.matters.states import NEW
from regional.overview.panel import Cell, Figure, Panel, Source, Table
from shared.codes.matters import category_label
from varde.access import Reader
from varde.ui.dates import short_date

HERE = "/lederteam/systemsaker"
CODE, TITLE = "systemsaker", "Systemsaker"
MOST = 6


def panel(by: Reader, at: datetime) -> Panel:
    """Those that are not answered, and for whoever takes them in those that nobody has looked through."""
    found = queries.open_matters(by)
    new = Matter.objects.filter(state=NEW).count() if queries.may_take_in(by) else 0
    rows = tuple(
        (
            Cell(category_label(row.category), f"{HERE}/{row.id}"),
            Cell(row.kommune_name),
            Cell(row.get_urgency_display()),
            Cell(short_date(row.received_at)),
        )
        for row in found[:MOST]
    )
    incoming = (Figure("Nye som ingen har sett gjennom", new, warn=bool(new)),) if queries.may_take_in(by) else ()
    return Panel(
        CODE,
        TITLE,
        source=Source("Systemsaker fra kommunene", at, HERE),
        figures=(Figure("Venter på svar fra lederteamet", len(found)), *incoming),
        tables=(Table("Det som ikke kan vente, først", ("Gjelder", "Fra", "Når", "Kom"), rows),) if rows else (),
    )
