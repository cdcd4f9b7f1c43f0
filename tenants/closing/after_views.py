"""The report as PDF, reopening, and asking again after a time."""

import base64
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods

from tenants.cases.access import case_for, may_choose_members
from tenants.cases.models import Case
from tenants.cases.queries import owners
from tenants.cases.states import check_move
from tenants.closing import access, after_actions, after_queries
from tenants.closing.after_forms import FollowUpForm, ReopenForm
from tenants.closing.papers import paper_of
from varde.access import Permission, allow, reader
from varde.audit.actions import Action, record
from varde.clock import now
from varde.documents.serving import download, paper_download
from varde.privacy.errors import Destroyed
from varde.refusal import Refused
from varde.ui.refusals import refusal_on
from varde.ui.shortcuts import page, see_other

READ_AND_SEND = ["GET", "HEAD", "POST"]
PAGE_SIZE = 50


@allow(Permission.CASES)
@require_GET
def pdf(request: HttpRequest, case_id: UUID) -> Any:
    """The report as it was kept when the case was closed; `nr` is an earlier one, counted from 1 for the oldest."""
    case, _ = access.report_for(reader(request), case_id)
    reports = after_queries.reports(case)[::-1]
    number = request.GET.get("nr") or str(len(reports))
    if number not in map(str, range(1, len(reports) + 1)):
        raise Http404
    report = reports[int(number) - 1]
    kept = after_queries.copy_of(report)
    try:
        if kept is None:
            return paper_download(paper_of(report, reader(request).office), "sluttrapport")
        made = base64.b64decode(kept.pdf)
    except Destroyed as error:
        messages.error(request, str(error))
        return _to(case)
    return download([made], size=len(made), stem="sluttrapport", kind="pdf")


def _to(case: Case, place: str = "") -> HttpResponse:
    return see_other(f"/saker/{case.id}{place}")


@allow(Permission.CASES)
@require_http_methods(READ_AND_SEND)
def reopen(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Why, and what is next. An open case sends the person back with the reason."""
    by = reader(request)
    case = case_for(by, case_id)
    if not may_choose_members(by):
        raise PermissionDenied
    try:
        check_move(case.state, "open")
    except Refused:
        messages.error(request, "Saken er alt åpen.")
        return _to(case)
    posted = request.POST if request.method == "POST" else None
    form = ReopenForm(posted, initial={"owner": str(by.user_id or "")}, owners=owners(case), now=now())
    if posted is not None and form.is_valid():
        with refusal_on(form, also=Destroyed):
            after_actions.reopen(case=case, reason=form.cleaned_data["reason"], step=form.step(), by=by)
            messages.success(request, "Saken er gjenåpnet.")
            return _to(case)
    return page(request, "closing/reopen.html", {"case": case, "form": form}, 422 if posted is not None else 200)


@allow(Permission.CASES)
@require_http_methods(READ_AND_SEND)
def followup(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The answer to the follow-up that is open; without one the person is sent back."""
    by = reader(request)
    case = case_for(by, case_id)
    row = after_queries.open_followup(case)
    if row is None and request.method == "POST":  # somebody was first: what was typed is shown with the reason
        row = next(reversed(after_queries.followups(case)), None)
    if row is None:
        messages.error(request, "Ingen oppfølging venter på svar i denne saken.")
        return _to(case)
    posted = request.POST if request.method == "POST" else None
    form = FollowUpForm(posted)
    if posted is not None and form.is_valid():
        with refusal_on(form, also=Destroyed):
            after_actions.answer_followup(row=row, by=by, **form.answers())
            messages.success(request, "Svaret er lagret.")
            again = form.cleaned_data["needs_more"] == "yes" and may_choose_members(by) and case.state == "closed"
            return _to(case, "/gjenapne" if again else "")
    context = {"case": case, "row": row, "form": form}
    return page(request, "closing/followup.html", context, 422 if posted is not None else 200)


@allow(Permission.CASES)
@require_GET
def followups(request: HttpRequest) -> HttpResponse:
    """Closed cases that somebody is to ask about again, those that are due first."""
    rows = Paginator(after_queries.waiting(), PAGE_SIZE).get_page(request.GET.get("side"))
    shown = list(rows.object_list)
    record(by=reader(request), action=Action.LIST, what="closing.followup", ids=[row.case_id for row in shown])
    return page(request, "closing/followups.html", {"rows": shown, "page": rows, "query": ""})
