"""Who works together, with which role, since when, and how each kommune is reached."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from regional.cooperation.queries import members
from varde.access import Permission, allow, reader
from varde.audit.actions import Action, record
from varde.ui.shortcuts import page


@require_GET
@allow(Permission.COOPERATION_READ)
def cooperation(request: HttpRequest) -> HttpResponse:
    """The kommuner of the region."""
    by = reader(request)
    record(by=by, action=Action.LIST, what="cooperation.members")
    kommuner = members(by)
    population = sum(kommune.population or 0 for kommune in kommuner)
    return page(request, "cooperation/cooperation.html", {"kommuner": kommuner, "population": population})
