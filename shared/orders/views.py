"""Drift's page of orders: what is asked of the platform, what was answered, and how far it has come."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shared.orders import actions, queries
from shared.orders.forms import AnswerForm, LinkForm, RegionForm
from shared.orders.kinds import rules_of
from shared.orders.models import Certificate
from shared.orders.queries import Placed
from shared.registry.models import Office
from varde.access import Permission, Reader, allow, reader
from varde.audit.actions import Action, record
from varde.documents.serving import download
from varde.identity.stepup import fresh
from varde.refusal import Refused
from varde.ui.refusals import refusal_above, refusal_on
from varde.ui.shortcuts import back_with, page, see_other

LIST = "/plattform/bestillinger"


@allow(Permission.PLATFORM_READ)
@require_GET
def all_orders(request: HttpRequest) -> HttpResponse:
    """What waits for an answer first, then what is under way, then what is over."""
    by = reader(request)
    record(by=by, action=Action.LIST, what="orders.order")
    placed = queries.of(by)
    context = {
        "waiting": [order for order in placed if order.state in ("asked", "yes", "failed")],
        "under_way": [order for order in placed if not order.over and order.state not in ("asked", "yes", "failed")],
        "over": [order for order in placed if order.over],
        "may": by.may(Permission.ORDERS),
    }
    return page(request, "orders/all.html", context)


@allow(Permission.PLATFORM_READ)
@require_GET
def one_order(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """One order with its steps."""
    by = reader(request)
    order = _order(by, order_id)
    record(by=by, action=Action.VIEW, what="orders.order", ids=[order_id])
    return _page(request, order)


@allow(Permission.PLATFORM_READ)
@require_GET
def certificate(request: HttpRequest, order_id: UUID) -> Any:
    """What was destroyed, as a paper."""
    by = reader(request)
    found = Certificate.objects.filter(office=_order(by, order_id).office).first()
    if found is None:
        raise Http404
    record(by=by, action=Action.PRINT, what="orders.certificate", ids=[order_id])
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
        actions.move(order_id=order_id, to="approved", by=by)
    except Refused as error:
        return _page(request, order, 422, refusal=str(error))
    return back_with(request, "Godkjent. Plattformen tar den så snart den kan.", f"{LIST}/{order_id}")


@allow(Permission.ORDERS)
@require_POST
def refuse(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """No, and why."""
    by = reader(request)
    order = _order(by, order_id)
    form = AnswerForm(request.POST)
    if form.is_valid():
        try:
            actions.move(order_id=order_id, to="refused", said=form.cleaned_data["said"], by=by)
        except Refused as error:
            return _page(request, order, 422, form=form, refusal=str(error))
        return back_with(request, "Bestillingen er avslått.", f"{LIST}/{order_id}")
    return _page(request, order, 422, form=form)


@allow(Permission.ORDERS)
@require_POST
def take_back(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """Drift takes back what it has asked for itself."""
    with refusal_above(request):
        actions.move(order_id=order_id, to="withdrawn", by=reader(request))
        messages.success(request, "Trukket. Ingenting er endret.")
    return see_other(f"{LIST}/{order_id}")


@allow(Permission.ORDERS)
@require_http_methods(["GET", "POST"])
def new_region(request: HttpRequest) -> HttpResponse:
    """A region is asked for by drift itself: nobody else is there yet."""
    form = RegionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            order = actions.ask(kind="create_region", content=form.cleaned_data, by=reader(request))
            return see_other(f"{LIST}/{order.id}")
    return page(request, "orders/new_region.html", {"form": form}, 422 if form.is_bound else 200)


@allow(Permission.ORDERS)
@require_http_methods(["GET", "POST"])
def new_link(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """Another link to the first administrator of a region that drift has asked for."""
    by = reader(request)
    order = _order(by, order_id)
    if not _may_link(order, by):
        record(by=by, action=Action.DENIED, what="orders.order", ids=[order_id])
        raise Http404
    form = LinkForm(request.POST or None)
    if form.is_bound and form.is_valid():
        with refusal_on(form):
            asked = actions.ask(kind="new_link", content={"office": str(order.office), **form.cleaned_data}, by=by)
            return back_with(request, "Bestilt. Godkjenn den, så sendes lenken.", f"{LIST}/{asked.id}")
    return page(request, "orders/new_link.html", {"form": form, "order": order}, 422 if form.is_bound else 200)


def _may_link(order: Placed, by: Reader) -> bool:
    """Ours, and made, whatever became of the order. Whether somebody is in already the provisioner finds out."""
    made = order.kind == "create_region" and order.asker_id == by.office.id
    return made and Office.objects.filter(id=order.office, active=True).exists()


def _order(by: Reader, order_id: UUID) -> Placed:
    order = queries.one(order_id)
    if order is None:
        record(by=by, action=Action.DENIED, what="orders.order", ids=[order_id])
        raise Http404
    return order


def _page(request: HttpRequest, order: Placed, status: int = 200, **bound: Any) -> HttpResponse:
    attest = order.closing and Certificate.objects.filter(office=order.office).exists()
    by = reader(request)
    may = by.may(Permission.ORDERS)
    ours = order.asker_id == by.office.id and not order.over and not order.closing and order.state != "working"
    rules = rules_of(order.kind)
    context = {
        "order": order, "attest": attest, "may": may, "form": AnswerForm(), "beside": rules.template,
        "may_answer": order.state in ("asked", "yes", "failed"), "can_withdraw": may and ours,
        "can_link": may and _may_link(order, by),
    }  # fmt: skip
    return page(request, "orders/order.html", context | rules.shows(order) | bound, status)
