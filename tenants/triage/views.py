"""The next step of a concern, and what is due."""

from typing import cast
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods

from tenants.inbox.queries import readers_of
from tenants.triage import access, hold_queries, hooks, queries, urgency
from tenants.triage.forms_list import DueFilter
from tenants.triage.pages import Matter, first_step_page, step_page
from varde.access import Permission, Role, allow, reader
from varde.clock import now
from varde.identity.saved import Listing
from varde.identity.saved_shown import filtered
from varde.privacy.fields import open_together
from varde.ui.paging import Leaf
from varde.ui.shortcuts import page, see_other

READ_AND_SEND = ["GET", "HEAD", "POST"]
PAGE_SIZE = 50
LISTING = Listing("due", "Frister", "/frister", Permission.CASES, DueFilter)


@allow(Permission.TRIAGE)
@require_http_methods(READ_AND_SEND)
def step(request: HttpRequest, concern_id: UUID) -> HttpResponse:
    """The next step of a matter that is still in the inbox; one that has moved on is kept where it lives."""
    concern, home = access.matter_for(reader(request), concern_id)
    if home:
        return see_other(f"{home}/steg")
    matter = Matter("bekymringen", f"/innboks/{concern.id}", readers_of(concern.id))
    if concern.progress == "in_progress" and queries.open_step(concern) is None:
        return first_step_page(request, concern, matter)
    return step_page(request, access.step_for(concern), matter)


@allow(Permission.TRIAGE, Permission.CASES)
@require_GET
def due(request: HttpRequest) -> HttpResponse:
    """What is due: the reader's own steps, for a coordinator also everybody's; and what nobody has decided on."""
    by, moment = reader(request), now()
    coordinator = by.has(Role.COORDINATOR)
    found = filtered(request, LISTING.code)
    form = cast(DueFilter, found.form)
    everybody = coordinator and form.chosen.get("vis") != "mine"
    steps = access.steps_for(by, everybody=everybody)
    chosen = access.steps_for(by, everybody=everybody, among=form.among(moment))
    rows = Paginator(chosen, PAGE_SIZE).get_page(request.GET.get("side"))
    shown = list(rows.object_list)
    open_together(shown)
    homes = hooks.homes([row.concern_id for row in shown])
    held = hold_queries.held([row.concern_id for row in shown])
    rules = queries.rules()
    undecided = Leaf(
        access.undecided_for(by) if by.may(Permission.INBOX_READ) and not form.narrows else [],
        request.GET.get("uavklart"),
        PAGE_SIZE,
    )
    waiting = [
        {"concern": concern, "due": urgency.first_look(concern.received_at, rules, moment)}
        for concern in undecided.object_list
    ]
    context = {
        "rows": [
            {
                "step": row,
                "held": held.get(row.concern_id),
                "url": f"{homes.get(row.concern_id) or f'/innboks/{row.concern_id}'}/steg",
                "over": urgency.standing(row.due_at, moment, akutt=row.akutt) == "over",
            }
            for row in shown
        ],
        "page": rows,
        "query": found.query,
        "filter": found,
        "waiting": waiting,
        "undecided": undecided,
        "coordinator": coordinator,
        "everybody": everybody,
        "overdue": steps.filter(due_at__lt=moment).exclude(concern__in=hold_queries.standing()).count(),
        "now": moment,
    }
    return page(request, "triage/due.html", context)
