"""The kommune's rota: who may come in, and where the pages of `varde.rotas` stand."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tenants.team.rota_plan import PLAN
from varde.access import Permission, allow, anyone, as_purpose, reader
from varde.clock import now
from varde.rotas.rules import hours_differ
from varde.rotas.views import READ_AND_SEND, Frame, Pages
from varde.tenancy.directory import facts_of
from varde.ui.dates import day_of

# Those who set up the team, and those who have shifts and so absences and swaps of their own.
KEEPING = (Permission.SETTINGS, Permission.TRIAGE)
PAGES = Pages(PLAN, Frame("/team/vakt", (("Teamet", "/team"),), "/team/vakt.ics", template="team/rota.html"))


@allow(Permission.TEAM_READ)
@require_GET
def rota(request: HttpRequest) -> HttpResponse:
    """Who answers, the gaps, and whether the public page says other hours."""
    known = facts_of(reader(request).office)
    # Where the region has published who answers, our own phone's hours are the first that it says, if it says them.
    ours = known.get("phone_service") in ("", "own")
    said = str(known.get("phone_hours") or "").partition(". ")[0]
    differs = ours and PAGES.asked.in_use() and hours_differ(said, PAGES.asked.calendar(), day_of(now()))
    return PAGES.rota(request, {"differs": differs})


@allow(Permission.SETTINGS)
@require_http_methods(READ_AND_SEND)
def weekly(request: HttpRequest) -> HttpResponse:
    """A new shift of every week."""
    return PAGES.weekly(request)


@allow(Permission.SETTINGS)
@require_http_methods(READ_AND_SEND)
def dated(request: HttpRequest) -> HttpResponse:
    """A new single shift."""
    return PAGES.dated(request)


@allow(*KEEPING)
@require_http_methods(READ_AND_SEND)
def absence(request: HttpRequest) -> HttpResponse:
    """A new absence."""
    return PAGES.absence(request)


@allow(*KEEPING)
@require_http_methods(READ_AND_SEND)
def swap(request: HttpRequest) -> HttpResponse:
    """Somebody else takes a shift."""
    return PAGES.swap(request)


@allow(Permission.SETTINGS)
@require_http_methods(READ_AND_SEND)
def hours(request: HttpRequest) -> HttpResponse:
    """The opening hours."""
    return PAGES.hours(request)


@allow(Permission.SETTINGS)
@require_http_methods(READ_AND_SEND)
def day(request: HttpRequest) -> HttpResponse:
    """One day with other hours."""
    return PAGES.day(request)


@allow(Permission.SETTINGS)
@require_POST
def end(request: HttpRequest, shift_id: UUID) -> HttpResponse:
    """A weekly shift is over."""
    return PAGES.end(request, shift_id)


@allow(*KEEPING)
@require_POST
def remove(request: HttpRequest, kind: str, row_id: UUID) -> HttpResponse:
    """Take something away."""
    return PAGES.remove(request, kind, row_id)


@allow(*KEEPING)
@require_GET
def own_calendar(request: HttpRequest) -> Any:
    """The reader's own shifts as a calendar file."""
    return PAGES.own_calendar(request)


@allow(Permission.TRIAGE)
@require_POST
def feed_made(request: HttpRequest) -> HttpResponse:
    """A new address for a calendar program."""
    return PAGES.feed_made(request)


@allow(Permission.TRIAGE)
@require_POST
def feed_ended(request: HttpRequest) -> HttpResponse:
    """It works no more."""
    return PAGES.feed_ended(request)


@anyone
@as_purpose("sharing")
@require_GET
def feed(request: HttpRequest, secret: str) -> Any:
    """What a calendar program reads: it cannot log in."""
    return PAGES.feed(request, secret)
