"""The shared phone's rota: the host's pages, and what operators see and keep of their own."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from regional.phone.access import declared
from regional.phone.plan import PLAN
from varde.access import Permission, allow, anyone, as_purpose
from varde.rotas.views import READ_AND_SEND, Frame, Pages

HOST = Pages(
    PLAN,
    Frame("/vakttelefon/drift/vakter", (("Drift av vakttelefonen", "/vakttelefon/drift"),)),
)
OWN = Pages(
    PLAN, Frame("/vakttelefon/vakter", (("Vakttelefon", "/vakttelefon"),), "/vakttelefon/vakter.ics", title="Vakter")
)


@allow(Permission.HOTLINE_MANAGE)
@require_GET
def host_rota(request: HttpRequest) -> HttpResponse:
    """Everything, and the buttons that change it."""
    return HOST.rota(request)


@allow(Permission.HOTLINE_MANAGE)
@require_http_methods(READ_AND_SEND)
def weekly(request: HttpRequest) -> HttpResponse:
    """A new shift of every week."""
    return HOST.weekly(request)


@allow(Permission.HOTLINE_MANAGE)
@require_http_methods(READ_AND_SEND)
def dated(request: HttpRequest) -> HttpResponse:
    """A new single shift."""
    return HOST.dated(request)


@allow(Permission.HOTLINE_MANAGE)
@require_http_methods(READ_AND_SEND)
def absence(request: HttpRequest) -> HttpResponse:
    """Anybody's absence."""
    return HOST.absence(request)


@allow(Permission.HOTLINE_MANAGE)
@require_http_methods(READ_AND_SEND)
def swap(request: HttpRequest) -> HttpResponse:
    """Somebody else takes a shift."""
    return HOST.swap(request)


@allow(Permission.HOTLINE_MANAGE)
@require_http_methods(READ_AND_SEND)
def hours(request: HttpRequest) -> HttpResponse:
    """The opening hours."""
    return HOST.hours(request)


@allow(Permission.HOTLINE_MANAGE)
@require_http_methods(READ_AND_SEND)
def day(request: HttpRequest) -> HttpResponse:
    """One day with other hours."""
    return HOST.day(request)


@allow(Permission.HOTLINE_MANAGE)
@require_POST
def end(request: HttpRequest, shift_id: UUID) -> HttpResponse:
    """A weekly shift is over."""
    return HOST.end(request, shift_id)


@allow(Permission.HOTLINE_MANAGE)
@require_POST
def remove(request: HttpRequest, kind: str, row_id: UUID) -> HttpResponse:
    """Take something away."""
    return HOST.remove(request, kind, row_id)


@allow(Permission.HOTLINE)
@require_GET
@declared
def own_rota(request: HttpRequest) -> HttpResponse:
    """Who answers, and what one keeps of it: absence, swaps, the calendar."""
    return OWN.rota(request)


@allow(Permission.HOTLINE)
@require_http_methods(READ_AND_SEND)
@declared
def own_absence(request: HttpRequest) -> HttpResponse:
    """One's own absence."""
    return OWN.absence(request)


@allow(Permission.HOTLINE)
@require_http_methods(READ_AND_SEND)
@declared
def own_swap(request: HttpRequest) -> HttpResponse:
    """Somebody else takes a shift of mine."""
    return OWN.swap(request)


@allow(Permission.HOTLINE)
@require_POST
@declared
def own_remove(request: HttpRequest, kind: str, row_id: UUID) -> HttpResponse:
    """Take one's own away."""
    return OWN.remove(request, kind, row_id)


@allow(Permission.HOTLINE)
@require_GET
@declared
def own_calendar(request: HttpRequest) -> Any:
    """One's own shifts as a calendar file."""
    return OWN.own_calendar(request)


@allow(Permission.HOTLINE)
@require_POST
@declared
def feed_made(request: HttpRequest) -> HttpResponse:
    """A new address for a calendar program."""
    return OWN.feed_made(request)


@allow(Permission.HOTLINE)
@require_POST
@declared
def feed_ended(request: HttpRequest) -> HttpResponse:
    """It works no more."""
    return OWN.feed_ended(request)


@anyone
@as_purpose("sharing")
@require_GET
def feed(request: HttpRequest, secret: str) -> Any:
    """What a calendar program reads: it cannot log in."""
    return OWN.feed(request, secret)
