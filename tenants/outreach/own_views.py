"""Matters that services handled themselves: registered by anybody who may report, seen by the team."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from tenants.outreach import own_actions, own_queries
from tenants.outreach.own_forms import OwnForm
from tenants.outreach.own_models import OwnMatter
from tenants.outreach.queries import FIRST_YEAR
from varde.access import Permission, allow, reader
from varde.audit.actions import Action, record
from varde.clock import now
from varde.ui.dates import day_of
from varde.ui.refusals import refusal_on
from varde.ui.shortcuts import back_with, page

HOME = "/informasjon/egne-saker"


@allow(Permission.CONCERN_REGISTER)
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest) -> HttpResponse:
    """The form, and for the team the rows of a year (`ar`), this one if none is named."""
    by, today = reader(request), day_of(now())
    form = OwnForm(request.POST if request.method == "POST" else None, today=today, initial={"handled_on": today})
    if form.is_bound and form.is_valid():
        with refusal_on(form):
            own_actions.register_own(handled=form.handled(), by=by)
            return back_with(request, "Saken er registrert. Den telles for seg.", HOME)
    year = _year(request.GET.get("ar", ""), today.year)
    lines = own_queries.lines(year) if by.may(Permission.CASES) else []
    record(by=by, action=Action.LIST, what="outreach.own")
    context = {"form": form, "lines": lines, "year": year, "this_year": today.year, "sees": by.may(Permission.CASES)}
    return page(request, "outreach/own.html", context, status=422 if form.is_bound else 200)


def _year(typed: str, last: int) -> int:
    return int(typed) if typed in map(str, range(FIRST_YEAR, last)) else last


@allow(Permission.CASES)
@require_POST
def remove(request: HttpRequest, own_id: UUID) -> HttpResponse:
    """It was registered by mistake."""
    by = reader(request)
    found = OwnMatter.objects.filter(pk=own_id).first()
    if found is None:
        record(by=by, action=Action.DENIED, what="outreach.own", ids=[own_id])
        raise Http404
    own_actions.remove_own(row=found, by=by)
    return back_with(request, "Slettet.", HOME)
