"""The leader team's one page."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from regional.overview import panels
from varde.access import Permission, allow, reader
from varde.audit.actions import Action, record
from varde.clock import now
from varde.ui.shortcuts import page


@allow(Permission.LEADERS_READ)
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """Every part as it stands now."""
    by, at = reader(request), now()
    record(by=by, action=Action.VIEW, what="overview.page")
    return page(request, "overview/overview.html", {"panels": panels.shown(by, at), "at": at})
