"""Drift asks two kommuner whether they become one, and has the report when they have."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods

from shared.merging.forms import MergeForm
from shared.merging.models import MergeReport
from shared.orders import actions
from shared.registry.queries import all_offices
from varde.access import Permission, allow, reader
from varde.audit.actions import Action, record
from varde.documents.serving import download
from varde.ui.refusals import refusal_on
from varde.ui.shortcuts import back_with, page

LIST = "/plattform/bestillinger"


@allow(Permission.ORDERS)
@require_http_methods(["GET", "POST"])
def new_merge(request: HttpRequest) -> HttpResponse:
    """Which two, and what the new one is called. Both must say yes before drift can approve."""
    kommuner = [(str(ref.id), f"{ref.name} ({ref.number})") for ref in all_offices("kommune")]
    form = MergeForm(request.POST or None, kommuner=kommuner)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            order = actions.ask(kind="merge", content=form.cleaned_data, by=reader(request))
            return back_with(
                request, "Bestilt. To personer i hver av kommunene må si ja på sin egen side.", f"{LIST}/{order.id}"
            )
    return page(request, "merging/new.html", {"form": form}, 422 if form.is_bound else 200)


@allow(Permission.PLATFORM_READ)
@require_GET
def report(request: HttpRequest, order_id: UUID) -> Any:
    """Before and after, as a paper."""
    by = reader(request)
    found = MergeReport.objects.filter(order=order_id).first()
    if found is None:
        record(by=by, action=Action.DENIED, what="merging.report", ids=[order_id])
        raise Http404
    record(by=by, action=Action.PRINT, what="merging.report", ids=[order_id])
    pdf = bytes(found.pdf)
    return download([pdf], size=len(pdf), stem="varde-sammenslaing", kind="pdf")
