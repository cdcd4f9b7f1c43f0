"""Closing a case, and its report for printing."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_GET, require_http_methods

from tenants.cases.access import case_for
from tenants.cases.models import Case
from tenants.cases.queries import answers
from tenants.cases.states import Refused, check_open
from tenants.closing import access, actions, after_queries, checklist, queries
from tenants.closing.endings import SHORTER_SAYS
from tenants.closing.forms import CloseForm
from tenants.measures.queries import open_in
from varde.access import Permission, allow, reader
from varde.clock import OSLO, now
from varde.privacy.errors import Destroyed
from varde.ui.shortcuts import page


@allow(Permission.CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The checklist and the report. A closed case sends the person back with the reason."""
    case = case_for(reader(request), case_id)
    try:
        check_open(case.state)
    except Refused as error:
        messages.error(request, str(error))
        return _see_other(case)
    measures = open_in(case)
    posted = request.POST if request.method == "POST" else None
    initial = {
        "outcomes": list(answers(case).get(checklist.OUTCOME, ())),
        "done": after_queries.done_so_far(case) if posted is None else "",
    }
    today = now().astimezone(OSLO).date()
    form = CloseForm(posted, initial=initial, open_measures=len(measures), today=today)
    if posted is not None and form.is_valid() and _closed(request, case, form):
        return _see_other(case)
    context = {"case": case, "form": form, "items": queries.checklist_of(case), "measures": measures}
    return page(request, "closing/close.html", context, status=422 if posted is not None else 200)


def _see_other(case: Case) -> HttpResponse:
    return HttpResponseRedirect(f"/saker/{case.id}", status=303)


def _closed(request: HttpRequest, case: Case, form: CloseForm) -> bool:
    outcomes = form.cleaned_data["outcomes"]
    try:
        actions.close(case=case, report=form.report(), outcomes=outcomes, by=reader(request))
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
