"""The platform's own staff see which offices there are; nothing of what is in them, not even how much."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from shared.registry.models import Office
from shared.registry.queries import norwegian
from varde.access import Permission, allow, reader
from varde.audit.actions import Action, record
from varde.ui.shortcuts import page


@allow(Permission.PLATFORM_READ)
@require_GET
def platform(request: HttpRequest) -> HttpResponse:
    """Every office, also those that are closed: regions first, each with its kommuner."""
    record(by=reader(request), action=Action.LIST, what="registry.office")
    offices = sorted(Office.objects.select_related("region"), key=_place)
    return page(request, "registry/platform.html", {"offices": offices})


def _place(office: Office) -> tuple[str, bool, str]:
    region = office.region or office
    return (norwegian(region.name), office.kind != "region", norwegian(office.name))
