"""Closing a case, and its report for printing."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods

from tenants.cases.access import case_for
from tenants.cases.models import Case
from tenants.cases.queries import answers
from tenants.cases.states import check_open
from tenants.closing import access, actions, after_queries, checklist, queries
from tenants.closing.endings import SHORTER_SAYS
from tenants.closing.forms import CloseForm
from tenants.closing.loose_queries import items_of, loose_in
from tenants.inbox.queries import readers_of
from tenants.inbox.replies_queries import unread
from tenants.measures.queries import open_in
from tenants.persons.queries import helped_in
from varde.access import Permission, allow, reader
from varde.clock import now
from varde.privacy.errors import Destroyed
from varde.refusal import Overtaken, Refused
from varde.ui.dates import day_of
from varde.ui.shortcuts import page, see_other


@allow(Permission.CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The checklist and the report. A closed case sends the person back with the reason."""
    case = case_for(reader(request), case_id)
    posted = request.POST if request.method == "POST" else None
    try:
        check_open(case.state)
    except Refused as error:
        if posted is None:  # else what was typed is shown with the reason
            messages.error(request, str(error))
            return _back(case)
    measures = open_in(case)
    initial = _initial(case) if posted is None else {}
    today = day_of(now())
    loose, owners = loose_in(case.concern, now()), readers_of(case.concern_id)
    form = CloseForm(posted, initial=initial, open_measures=len(measures), today=today, loose=loose, owners=owners)
    if posted is not None and form.is_valid() and _closed(request, case, form):
        return _back(case)
    items = [*queries.checklist_of(case), *items_of(case.concern, loose)]
    context = {"case": case, "form": form, "items": items, "measures": measures, "unread": unread(case.concern_id)}
    return page(request, "closing/close.html", context, status=422 if posted is not None else 200)


def _initial(case: Case) -> dict[str, object]:
    """What the matter knows already: the person is not asked twice."""
    said = helped_in(case.concern)
    return {
        "outcomes": list(answers(case).get(checklist.OUTCOME, ())),
        "done": after_queries.done_so_far(case),
        "helped": said.helped if said else "",
        "own_words": said.helped_words if said else "",
    }


def _back(case: Case) -> HttpResponse:
    return see_other(f"/saker/{case.id}")


def _closed(request: HttpRequest, case: Case, form: CloseForm) -> bool:
    outcomes = form.cleaned_data["outcomes"]
    try:
        actions.close(case=case, report=form.report(), outcomes=outcomes, ends=form.ends(), by=reader(request))
    except Overtaken as error:
        form.told(str(error), form.loose.print)
        return False
    except (Refused, Destroyed) as error:
        form.add_error(None, str(error))
        return False
    messages.success(request, "Saken er lukket.")
    return True


@allow(Permission.CASES)
@require_GET
def report(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The closing report alone on a page; of a case that was reopened every report, the newest first."""
    case, _ = access.report_for(reader(request), case_id)
    rows = after_queries.reports(case)
    context = {
        "case": case,
        "reports": [
            {"report": row, "number": len(rows) - at, "copy": after_queries.copy_of(row)} for at, row in enumerate(rows)
        ],
        "outcomes": queries.outcomes_of(case),
        "shorter": SHORTER_SAYS,
    }
    return page(request, "closing/report.html", context)
