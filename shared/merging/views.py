"""The kommune's page about becoming one with another: what happens, and its yes or no. Two of its people say yes."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_POST

from shared.merging import queries
from shared.merging.forms import DeclineForm
from shared.merging.models import MergeReport
from shared.merging.states import yes_of
from shared.orders import actions
from shared.orders.forms import AgreeForm
from shared.orders.queries import Placed, about, placed
from varde.access import Permission, Reader, allow, reader
from varde.audit.actions import Action, record
from varde.documents.serving import download
from varde.identity.stepup import fresh
from varde.ui.refusals import refusal_on
from varde.ui.shortcuts import back_with, page

HOME = "/sammenslaing"


@allow(Permission.AGREEMENT_SAY)
@require_GET
def merging(request: HttpRequest) -> HttpResponse:
    """What is asked for, who has said yes, and how far it has come; in the new kommune the report."""
    return _page(request)


@allow(Permission.AGREEMENT_SAY)
@fresh
@require_POST
def say_yes(request: HttpRequest) -> HttpResponse:
    """One person's yes; a second one is needed."""
    by = reader(request)
    order, form = _needed(by), AgreeForm(request.POST, office=by.office.name)
    if form.is_valid():
        with refusal_on(form):
            actions.move(order_id=order.id, to="yes", by=by)
            return back_with(request, "Registrert. To personer i hver kommune må si ja, og så driften.", HOME)
    return _page(request, 422, agree_form=form)


@allow(Permission.AGREEMENT_SAY)
@require_POST
def decline(request: HttpRequest) -> HttpResponse:
    """No, and why."""
    by = reader(request)
    order, form = _needed(by), DeclineForm(request.POST)
    if form.is_valid():
        with refusal_on(form):
            actions.move(order_id=order.id, to="declined", said=form.cleaned_data["said"], by=by)
            return back_with(request, "Kommunen har sagt nei. Ingenting er endret.", HOME)
    return _page(request, 422, decline_form=form)


@allow(Permission.AGREEMENT_SAY)
@require_GET
def report(request: HttpRequest, order_id: UUID) -> Any:
    """The paper that the new kommune was born with."""
    by = reader(request)
    found = MergeReport.objects.filter(office=by.office.id, order=order_id).first()
    if found is None:
        record(by=by, action=Action.DENIED, what="merging.report", ids=[order_id])
        raise Http404
    record(by=by, action=Action.PRINT, what="merging.report", ids=[found.order])
    pdf = bytes(found.pdf)
    return download([pdf], size=len(pdf), stem="varde-sammenslaing", kind="pdf")


def _current(by: Reader) -> Placed | None:
    return next(iter(placed(about(by))), None)


def _needed(by: Reader) -> Placed:
    order = _current(by)
    if order is None:
        record(by=by, action=Action.DENIED, what="orders.order")
        raise Http404
    return order


def _page(request: HttpRequest, status: int = 200, **bound: Any) -> HttpResponse:
    by = reader(request)
    order = _current(by)
    record(by=by, action=Action.VIEW, what="orders.order", ids=[order.id] if order else [])
    context = {
        "order": order,
        "open": order is not None and order.state in ("asked", "yes"),
        "can_decline": order is not None and order.state in ("asked", "yes", "failed") and not order.closing,
        "sides": queries.sides(order) if order else [],
        "mine": order is not None and by.user_id in yes_of(order.words, by.office.id),
        "report": MergeReport.objects.filter(office=by.office.id).first(),
        "agree_form": AgreeForm(office=by.office.name),
        "decline_form": DeclineForm(),
    }
    return page(request, "merging/merging.html", context | bound, status)
