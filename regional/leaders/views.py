"""The leader team's page: who sits now, who follows, and the whole table."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from regional.leaders import access
from regional.leaders.models import RotationTable
from regional.leaders.rotation import Rotation, rotate
from regional.leaders.sitting import current, sitting
from varde.access import Permission, allow, reader
from varde.clock import OSLO, now
from varde.ui.shortcuts import page


@require_GET
@allow(Permission.LEADERS_READ)
def leader_team(request: HttpRequest) -> HttpResponse:
    """Seats and rotation; a region that has chosen another form of leader team has no table."""
    table = access.table(reader(request))
    if table is None:
        return page(request, "leaders/leaders.html")
    rotation = rotate(table.kommuner, table.seats, first_year=table.first_year, years=table.years)
    year = now().astimezone(OSLO).year
    context = {
        "table": table,
        "places": sitting(rotation, years=table.years, today_year=year),
        "periods": rotation.periods,
        "rows": _rows(rotation, table, year),
    }
    return page(request, "leaders/leaders.html", context)


def _rows(rotation: Rotation, table: RotationTable, year: int) -> list[tuple[str, list[tuple[str, str, bool]]]]:
    """(seat, [(period, kommune, is it now)])."""
    here = current(rotation.first_years, years=table.years, today_year=year)
    return [
        (seat, [(rotation.periods[at], kommune, at == here) for at, kommune in enumerate(row)])
        for seat, row in rotation.holders.items()
    ]
