"""Deciding on a concern, its next step, what is due, and the office's deadlines."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_GET, require_http_methods

from shared.codes.categories import categories
from tenants.inbox.facts import told_facts
from tenants.inbox.models import Concern
from tenants.inbox.queries import readers_of
from tenants.triage import access, actions, hooks, queries, urgency
from tenants.triage.forms import DeadlineForm, DecideForm, in_words
from tenants.triage.pages import Matter, step_page
from tenants.triage.states import ACUTE_CRITERIA, Refused, check_decidable
from varde.access import Permission, Role, allow, reader
from varde.audit.actions import Action, record
from varde.clock import now
from varde.privacy.fields import open_together
from varde.ui.shortcuts import page

READ_AND_SEND = ["GET", "HEAD", "POST"]
PAGE_SIZE = 50


def _see_other(address: str) -> HttpResponse:
    return HttpResponseRedirect(address, status=303)


@allow(Permission.TRIAGE)
@require_http_methods(READ_AND_SEND)
def decide(request: HttpRequest, concern_id: UUID) -> HttpResponse:
    """The decision. A concern that cannot be decided on sends the person back with the reason."""
    concern, _ = access.matter_for(reader(request), concern_id)
    try:
        check_decidable(concern.progress)
        if request.method == "POST":
            return _decided(request, concern)
    except Refused as error:
        messages.error(request, str(error))
        return _see_other(f"/innboks/{concern.id}")
    return _decide_page(request, concern, _decide_form(request, concern), 200)


def _decide_form(request: HttpRequest, concern: Concern) -> DecideForm:
    newest = queries.newest_assessment(concern)
    initial = {"owner": str(reader(request).user_id or "")} | ({"category": newest.category} if newest else {})
    return DecideForm(
        request.POST if request.method == "POST" else None,
        initial=initial,
        owners=readers_of(concern.id),
        now=now(),
        rules=queries.rules(),
        received_at=concern.received_at,
    )


def _decide_page(request: HttpRequest, concern: Concern, form: DecideForm, status: int) -> HttpResponse:
    context = {
        "concern": concern,
        "facts": told_facts(concern),
        "form": form,
        "criteria": ACUTE_CRITERIA,
        "age": urgency.age(concern.received_at, now()),
        "earlier": queries.assessments(concern),
    }
    return page(request, "triage/decide.html", context, status=status)


def _decided(request: HttpRequest, concern: Concern) -> HttpResponse:
    form = _decide_form(request, concern)
    if not form.is_valid():
        return _decide_page(request, concern, form, 422)
    try:
        decision = actions.decide(concern=concern, by=reader(request), **form.decision())
    except Refused as error:
        form.add_error(None, str(error))
        return _decide_page(request, concern, form, 422)
    messages.success(request, f"Bekymringen er avklart: {decision.assessment.get_outcome_display()}.")
    return _see_other(decision.address or f"/innboks/{concern.id}")


@allow(Permission.TRIAGE)
@require_http_methods(READ_AND_SEND)
def step(request: HttpRequest, concern_id: UUID) -> HttpResponse:
    """The next step of a matter that is still in the inbox; one that has moved on is kept where it lives."""
    concern, home = access.matter_for(reader(request), concern_id)
    if home:
        return _see_other(f"{home}/steg")
    found = access.step_for(concern)
    matter = Matter("bekymringen", f"/innboks/{concern.id}", readers_of(concern.id))
    return step_page(request, found, matter)


@allow(Permission.TRIAGE, Permission.CASES)
@require_GET
def due(request: HttpRequest) -> HttpResponse:
    """What is due: the reader's own steps, for a coordinator also everybody's; and what nobody has decided on."""
    by, moment = reader(request), now()
    coordinator = by.has(Role.COORDINATOR)
    everybody = coordinator and request.GET.get("vis") != "mine"
    steps = access.steps_for(by, everybody=everybody)
    rows = Paginator(steps, PAGE_SIZE).get_page(request.GET.get("side"))
    shown = list(rows.object_list)
    open_together(shown)
    homes = hooks.homes([row.concern_id for row in shown])
    first_look = urgency.hours_for(urgency.AKUTT, queries.rules(), moment)
    waiting = [
        {"concern": concern, "due": urgency.first_look(concern.received_at, first_look)}
        for concern in (access.undecided_for(by)[:PAGE_SIZE] if by.may(Permission.INBOX_READ) else [])
    ]
    context = {
        "rows": [
            {
                "step": row,
                "url": f"{homes.get(row.concern_id) or f'/innboks/{row.concern_id}'}/steg",
                "over": urgency.standing(row.due_at, moment, akutt=row.akutt) == "over",
            }
            for row in shown
        ],
        "page": rows,
        "query": "" if everybody or not coordinator else "vis=mine&",
        "waiting": waiting,
        "coordinator": coordinator,
        "everybody": everybody,
        "overdue": steps.filter(due_at__lt=moment).count(),
        "now": moment,
    }
    return page(request, "triage/due.html", context)


@allow(Permission.SETTINGS)
@require_http_methods(READ_AND_SEND)
def deadlines(request: HttpRequest) -> HttpResponse:
    """The office's deadlines and who has changed them."""
    by, posted = reader(request), request.method == "POST"
    form = DeadlineForm(request.POST if posted else None, rules=queries.rules(), now=now())
    if posted and form.is_valid():
        changed = actions.set_deadlines(hours=form.cleaned_data, by=by)
        messages.success(request, "Fristene er lagret." if changed else "Ingen frister er endret.")
        return _see_other("/team/frister")
    record(by=by, action=Action.VIEW, what="triage.deadline")
    labels = {each.code: each.label for each in categories()}
    history = [
        {"when": row.valid_from, "title": f"{labels[row.category]}: {in_words(row.hours)}", "who": row.set_by}
        for row in queries.history()[:100]
    ]
    return page(
        request, "triage/deadlines.html", {"form": form, "history": history}, status=422 if posted else 200
    )  # fmt: skip
