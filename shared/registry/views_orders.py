"""Drift's page of orders: what is asked of the platform, what was answered, and how far it has come."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shared.registry import merge_queries, merge_states, orders
from shared.registry.merge_models import MergeReport
from shared.registry.order_forms import AnswerForm, RegionForm
from shared.registry.order_models import Certificate
from shared.registry.order_queries import Placed
from varde.access import Permission, Reader, allow, reader
from varde.audit.actions import Action, record
from varde.documents.serving import download
from varde.identity.stepup import fresh
from varde.refusal import Refused
from varde.ui.shortcuts import page, see_other

LIST = "/plattform/bestillinger"


@allow(Permission.PLATFORM_READ)
@require_GET
def all_orders(request: HttpRequest) -> HttpResponse:
    """What waits for an answer first, then what is under way, then what is over."""
    by = reader(request)
    record(by=by, action=Action.LIST, what="registry.order")
    placed = orders.of(by)
    context = {
        "waiting": [order for order in placed if order.state in ("asked", "yes", "failed")],
        "under_way": [order for order in placed if not order.over and order.state not in ("asked", "yes", "failed")],
        "over": [order for order in placed if order.over],
        "may": by.may(Permission.ORDERS),
    }
    return page(request, "registry/orders.html", context)


@allow(Permission.PLATFORM_READ)
@require_GET
def one_order(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """One order with its steps."""
    by = reader(request)
    order = _order(by, order_id)
    record(by=by, action=Action.VIEW, what="registry.order", ids=[order_id])
    return _page(request, order)


@allow(Permission.PLATFORM_READ)
@require_GET
def certificate(request: HttpRequest, order_id: UUID) -> Any:
    """What was destroyed, as a paper."""
    by = reader(request)
    found = Certificate.objects.filter(office=_order(by, order_id).office).first()
    if found is None:
        raise Http404
    record(by=by, action=Action.PRINT, what="registry.certificate", ids=[order_id])
    pdf = bytes(found.pdf)
    return download([pdf], size=len(pdf), stem="varde-attest", kind="pdf")


@allow(Permission.ORDERS)
@fresh
@require_POST
def approve(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """From now on the provisioner carries it out; also «Prøv igjen» after a failure."""
    by = reader(request)
    order = _order(by, order_id)
    try:
        orders.move(order_id=order_id, to="approved", by=by)
    except Refused as error:
        return _page(request, order, 422, refusal=str(error))
    messages.success(request, "Godkjent. Plattformen tar den så snart den kan.")
    return see_other(f"{LIST}/{order_id}")


@allow(Permission.ORDERS)
@require_POST
def refuse(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """No, and why."""
    by = reader(request)
    order = _order(by, order_id)
    form = AnswerForm(request.POST)
    if form.is_valid():
        try:
            orders.move(order_id=order_id, to="refused", said=form.cleaned_data["said"], by=by)
        except Refused as error:
            return _page(request, order, 422, form=form, refusal=str(error))
        messages.success(request, "Bestillingen er avslått.")
        return see_other(f"{LIST}/{order_id}")
    return _page(request, order, 422, form=form)


@allow(Permission.ORDERS)
@require_http_methods(["GET", "POST"])
def new_region(request: HttpRequest) -> HttpResponse:
    """A region is asked for by drift itself: nobody else is there yet."""
    form = RegionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            order = orders.ask(kind="create_region", content=form.cleaned_data, by=reader(request))
        except Refused as error:
            form.add_error(None, str(error))
        else:
            return see_other(f"{LIST}/{order.id}")
    return page(request, "registry/new_region.html", {"form": form}, 422 if form.is_bound else 200)


def _order(by: Reader, order_id: UUID) -> Placed:
    order = orders.one(order_id)
    if order is None:
        record(by=by, action=Action.DENIED, what="registry.order", ids=[order_id])
        raise Http404
    return order


def _page(request: HttpRequest, order: Placed, status: int = 200, **bound: Any) -> HttpResponse:
    attest = order.closing and Certificate.objects.filter(office=order.office).exists()
    may = reader(request).may(Permission.ORDERS)
    merge = order.kind == merge_states.KIND
    report = MergeReport.objects.filter(order=order.id).values_list("facts", flat=True).first() if merge else None
    context = {
        "order": order, "attest": attest, "may": may, "form": AnswerForm(), "merge_report": report,
        "may_answer": order.state in ("asked", "yes", "failed"), "sides": merge_queries.sides(order) if merge else [],
    }  # fmt: skip
    return page(request, "registry/order.html", context | bound, status)
