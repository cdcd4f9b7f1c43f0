"""The leader team's next meetings, and what was decided and nobody has done."""

from datetime import datetime

from regional.meetings import queries
from regional.overview.panel import Cell, Figure, Panel, Source, Table
from varde.access import Reader
from varde.ui.dates import date_and_time, day_of

HERE = "/lederteam/moter"
CODE, TITLE = "moter", "Møter og beslutninger"


def panel(by: Reader, at: datetime) -> Panel:
    """The next ones, and counts of decisions: what was decided stands in the minutes."""
    coming, undone = queries.next_meetings(by), queries.open_decisions(by)
    late = sum(one.due < day_of(at) for one in undone)
    rows = tuple(
        (Cell(date_and_time(one.starts_at), f"{HERE}/{one.id}"), Cell(one.get_state_display())) for one in coming
    )
    return Panel(
        CODE,
        TITLE,
        source=Source("Lederteamets møter", at, HERE),
        figures=(
            Figure("Neste møte", date_and_time(coming[0].starts_at) if coming else "Ikke planlagt", warn=not coming),
            Figure("Beslutninger som ikke er gjort", len(undone)),
            Figure("Over frist", late, warn=bool(late)),
        ),
        tables=(Table("Møter som kommer", ("Når", "Status"), rows),) if rows else (),
    )
