"""A closed period's figures for the kommune's leaders, and giving them."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_POST

from tenants.outreach.figures import HOW
from tenants.returns import leaders, leaders_access, leaders_actions
from varde.access import Permission, allow, reader
from varde.identity.stepup import fresh
from varde.refusal import Refused
from varde.ui.shortcuts import back_with, page


@allow(Permission.FIGURES_SEE)
@require_GET
def figures(request: HttpRequest, period: str) -> HttpResponse:
    """The period's protected figures; for the coordinator also before they are given, with the button."""
    return _page(request, period)


def _page(request: HttpRequest, period: str, error: str = "", status: int = 200) -> HttpResponse:
    try:
        shown = leaders_access.shown_for(reader(request), period)
    except Refused as problem:
        return page(request, "returns/leaders_none.html", {"problem": str(problem)}, status=503)
    context = {
        "shown": shown,
        "seen": "" if shown.given else leaders.print_of(shown.content),
        "how": HOW,
        "reader_sees_statistics": reader(request).may(Permission.RETURNS_SEE),
        "error": error,
    }
    return page(request, "returns/leaders.html", context, status=status)


@allow(Permission.RETURNS_SEND)
@require_POST
@fresh
def give(request: HttpRequest, period: str) -> HttpResponse:
    """These figures are what leaders see of the period from now on."""
    by = reader(request)
    try:
        shown = leaders_access.shown_for(by, period)
        leaders_actions.give(period=period, seen=request.POST.get("seen", ""), by=by)
    except Refused as problem:
        return _page(request, period, str(problem), 422)
    return back_with(
        request, f"Tallene for {shown.period.label} er gitt til ledelsen.", f"/statistikk/for-ledelsen/{period}"
    )
