"""An office's way out of the platform: the locked file, two who confirm, and the end of everything here."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_POST

from shared.orders import actions, files, leaving, queries
from shared.orders.export_file import new_salt, public_of
from shared.orders.forms import AgreeForm, LeaveForm, OpenedForm
from shared.orders.opener import opener
from shared.orders.queries import Placed
from shared.orders.states import proves
from varde.access import Permission, Reader, allow, reader
from varde.audit.actions import Action, record
from varde.documents.serving import LOCKED, PROGRAM, download
from varde.identity.stepup import fresh
from varde.refusal import Refused
from varde.ui.refusals import refusal_above, refusal_on
from varde.ui.shortcuts import back_with, page, see_other

HOME = "/avslutning"
_WRONG = "Koden stemmer ikke. Åpne filen med programmet på denne siden, og skriv av koden derfra."


@allow(Permission.OFFICE_END)
@require_GET
def begin(request: HttpRequest) -> HttpResponse:
    """How far it has come, and the one thing to do next."""
    return _page(request)


@allow(Permission.OFFICE_END)
@fresh
@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """Ask drift for the file. Of the passphrase only a public half is kept."""
    form = LeaveForm(request.POST)
    if not form.is_valid():
        return _page(request, 422, leave_form=form)
    salt = new_salt()
    content = {"public": public_of(form.cleaned_data["passphrase"], salt).hex(), "salt": salt.hex()}
    with refusal_on(form):
        actions.ask(kind="close_office", content=content, by=reader(request))
        return back_with(request, "Bestillingen er sendt. Driften svarer før noe skjer.", HOME)
    return _page(request, 422, leave_form=form)


@allow(Permission.OFFICE_END)
@fresh
@require_GET
def fetch(request: HttpRequest, order_id: UUID) -> Any:
    """The locked file."""
    by = reader(request)
    order = _current(by)
    path = files.path_of(order_id)
    if order is None or order.id != order_id or order.state not in ("ready", "opened") or not path.exists():
        record(by=by, action=Action.DENIED, what="orders.export", ids=[order_id])
        raise Http404
    record(by=by, action=Action.EXPORT, what="orders.export", ids=[order.id])
    return download(files.pieces(path), size=path.stat().st_size, stem=f"varde-alt-{by.office.slug}", kind=LOCKED)


@allow(Permission.OFFICE_END)
@require_GET
def opening(request: HttpRequest) -> Any:
    """The program that opens it, for a machine without the platform."""
    record(by=reader(request), action=Action.VIEW, what="orders.export")
    program = opener()
    return download([program], size=len(program), stem="varde-apner", kind=PROGRAM)


@allow(Permission.OFFICE_END)
@require_POST
def opened(request: HttpRequest) -> HttpResponse:
    """The file was opened outside: its code says so."""
    by = reader(request)
    order, form = _needed(by), OpenedForm(request.POST)
    if form.is_valid():
        code = form.cleaned_data["code"].strip().lower()
        with refusal_on(form, "code"):
            if not proves(code, str(order.fact("proof"))):
                raise Refused(_WRONG)
            actions.move(order_id=order.id, to="opened", facts={"code": code}, by=by)
            return back_with(request, "Bekreftet. Nå må en til hos dere godkjenne at alt slettes.", HOME)
    return _page(request, 422, opened_form=form)


@allow(Permission.OFFICE_END)
@fresh
@require_POST
def agree(request: HttpRequest) -> HttpResponse:
    """The second person: from here the platform destroys everything."""
    by = reader(request)
    order, form = _needed(by), AgreeForm(request.POST, office=by.office.name)
    if form.is_valid():
        with refusal_on(form):
            actions.move(order_id=order.id, to="agreed", by=by)
            return see_other(HOME)
    return _page(request, 422, agree_form=form)


@allow(Permission.OFFICE_END)
@require_POST
def withdraw(request: HttpRequest) -> HttpResponse:
    """The office stays; the file goes."""
    by = reader(request)
    order = _needed(by)
    with refusal_above(request):
        actions.move(order_id=order.id, to="withdrawn", by=by)
        transaction.on_commit(lambda: files.forget(order.id))
        messages.success(request, "Trukket. Ingenting er slettet, og alt er her som før.")
    return see_other(HOME)


def _current(by: Reader) -> Placed | None:
    return next((order for order in queries.of(by) if order.kind == "close_office"), None)


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
    steps = order.steps if order else ()
    context = {
        "order": order,
        "active": order is not None and not order.over,
        "can_withdraw": order is not None and order.state in ("asked", "approved", "ready", "opened", "failed"),
        "mine": any(step.state == "opened" and step.person == by.user_id for step in steps),
        "size": order.fact("size") if order else None,
        "sha256": order.fact("sha256") if order else None,
        "region": by.office.kind == "region",
        "us": "regionen" if by.office.kind == "region" else "kommunen",
        "first": [] if order is not None and not order.over else leaving.seen_by(by.office),
        "leave_form": LeaveForm(),
        "opened_form": OpenedForm(),
        "agree_form": AgreeForm(office=by.office.name),
    }
    return page(request, "orders/leaving.html", context | bound, status)
