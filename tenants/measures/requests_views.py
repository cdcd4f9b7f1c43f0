"""Requests on the case's side: asking, noting what came back. And on the other side: what a kontaktperson is asked."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods

from shared.codes.partners import secrecy
from tenants.cases.access import case_for
from tenants.cases.queries import owners
from tenants.measures import requests_access as access
from tenants.measures import requests_actions as actions
from tenants.measures import requests_queries as queries
from tenants.measures.requests_forms import AnswerForm, AskForm, FollowForm, RequestMoveForm
from tenants.measures.requests_models import Request
from tenants.measures.requests_states import WAITING
from tenants.team.partners_queries import in_use
from varde.access import Permission, allow, reader
from varde.clock import now
from varde.privacy.errors import Destroyed
from varde.privacy.fields import open_together
from varde.refusal import Overtaken, Refused
from varde.ui.refusals import refusal_on
from varde.ui.shortcuts import back_with, page, see_other

READ_AND_SEND = ["GET", "HEAD", "POST"]
REFUSALS = (Refused, Destroyed)


@allow(Permission.CASES)
@require_http_methods(READ_AND_SEND)
def requests(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The requests of a case; POST asks somebody."""
    by = reader(request)
    case = case_for(by, case_id)
    form = AskForm(
        request.POST if request.method == "POST" else None,
        initial={"owner": str(by.user_id or "")},
        partners=in_use(),
        contacts=queries.contacts(),
        owners=owners(case),
        now=now(),
    )
    if form.is_bound and form.is_valid():
        try:
            made = actions.send_request(case=case, ask=form.ask(), by=by)
        except REFUSALS as error:
            form.add_error(None, str(error))
        else:
            return back_with(request, "Forespørselen er registrert.", f"/saker/{case.id}/foresporsler/{made.id}")
    rows = queries.of_case(case)
    open_together(rows)
    context = {"case": case, "form": form, "requests": rows, "waiting": WAITING}
    return page(request, "measures/requests.html", context, status=422 if form.is_bound else 200)


@allow(Permission.CASES)
@require_http_methods(READ_AND_SEND)
def one(request: HttpRequest, case_id: UUID, request_id: UUID) -> HttpResponse:
    """One request: POST notes what came back, or (`follow`) who follows up and until when."""
    by = reader(request)
    case = case_for(by, case_id)
    found = access.request_in(by, case, request_id)
    posted = request.POST if request.method == "POST" else None
    following = posted is not None and "follow" in posted
    move = RequestMoveForm(None if following else posted, state=found.state)
    follow = FollowForm(
        posted if following else None,
        initial=_follow_now(found) | {"seen": queries.as_seen(found)},
        owners=owners(case),
        now=now(),
        kept=found.due_on,
    )
    form = follow if following else move
    if posted is not None and form.is_valid():
        try:
            _act(request, found, form)
        except Overtaken as error:
            found = access.request_in(by, case, request_id)
            follow.told(str(error), queries.as_seen(found), _follow_now(found))
        except REFUSALS as error:
            form.add_error(None, str(error))
        else:
            return see_other(f"/saker/{case.id}/foresporsler/{found.id}")
    context = _shown(found) | {
        "case": case,
        "move": move,
        "follow": follow,
        "editable": found.state in WAITING,
        "owner_sees": found.owner in owners(case),
    }
    return page(request, "measures/request.html", context, status=422 if posted is not None else 200)


def _act(request: HttpRequest, found: Request, form: forms.Form) -> None:
    by = reader(request)
    if isinstance(form, RequestMoveForm):
        actions.move_request(request=found, move=form.move(), by=by)
        messages.success(request, "Forespørselen er oppdatert.")
    elif isinstance(form, FollowForm):
        data = form.cleaned_data
        owner, due_on = form.people[data["owner"]], data["due_on"]
        actions.follow_up(request=found, owner=owner, due_on=due_on, seen=form.was_seen, by=by)
        messages.success(request, "Oppfølgingen er endret.")


def _follow_now(found: Request) -> dict[str, Any]:
    return {"owner": str(found.owner_id), "due_on": found.due_on}


def _shown(found: Request) -> dict[str, Any]:
    return {"asked": found, "secrecy": secrecy(found.secrecy), "ground": queries.ground_label(found.ground)}


@allow(Permission.REQUESTS_ANSWER)
@require_GET
def given(request: HttpRequest) -> HttpResponse:
    """What this kontaktperson is asked."""
    by = reader(request)
    rows = queries.given_to(by)
    access.note_given(by, rows)
    open_together(row for row in rows if row.state != "withdrawn")  # the key of one that was withdrawn stays shut
    return page(request, "measures/given.html", {"requests": rows, "waiting": WAITING})


@allow(Permission.REQUESTS_ANSWER)
@require_http_methods(READ_AND_SEND)
def given_one(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """One of them; POST receipts, answers or says no."""
    by = reader(request)
    found = access.request_given(by, request_id)
    if found.state == "withdrawn":
        return _given_withdrawn(request, found)
    form = AnswerForm(request.POST if request.method == "POST" else None, state=found.state)
    if form.is_bound and form.is_valid():
        with refusal_on(form, also=Destroyed):
            actions.answer_given(request=found, move=form.move(), by=by)
            return back_with(request, "Svaret er sendt til dem som spurte.", f"/foresporsler/{found.id}")
    context = _shown(found) | {"form": form, "editable": found.state in WAITING}
    return page(request, "measures/given_one.html", context, status=422 if form.is_bound else 200)


def _given_withdrawn(request: HttpRequest, found: Request) -> HttpResponse:
    """That it was withdrawn, and nothing of what was asked. What was typed meanwhile stays on the page."""
    typed = request.POST.get("text", "")[:8000] if request.method == "POST" else ""
    context = {"asked": found, "typed": typed}
    return page(request, "measures/given_withdrawn.html", context, status=422 if request.method == "POST" else 200)
