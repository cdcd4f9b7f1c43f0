"""Frozen reports: the list, one of them as a page and as files, and that it was sent."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods

from regional.bufdir import access, actions, queries
from regional.bufdir.forms import SentForm
from regional.bufdir.models import FrozenReport, Kind
from shared.reporting.serving import ENDINGS, report_file
from varde.access import Permission, Reader, allow, reader
from varde.audit.actions import Action, record
from varde.refusal import Refused
from varde.ui.dates import day_of
from varde.ui.shortcuts import page, see_other

HERE = "/bufdir"


@allow(Permission.STATISTICS_READ)
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """Every report, what waits for a second person, and how a new one is made."""
    by = reader(request)
    record(by=by, action=Action.LIST, what="bufdir.report")
    sent = queries.sent_days()
    rows = queries.reports()
    corrected = {row.replaces: row.number for row in reversed(rows) if row.replaces}
    gives = by.may(Permission.STATISTICS_RELEASE)
    context = {
        "reports": [(row, sent.get(str(row.id)), corrected.get(row.number)) for row in rows],
        "drafts": queries.open_drafts() if gives else [],
        "may_make": any(access.may_make(by, kind) for kind in Kind),
    }
    return page(request, "bufdir/overview.html", context)


@allow(Permission.STATISTICS_READ)
@require_GET
def report(request: HttpRequest, number: int) -> HttpResponse:
    """A report as it was frozen."""
    by = reader(request)
    return _page(request, access.report_for(by, number), SentForm(), by)


def _page(request: HttpRequest, row: FrozenReport, form: SentForm, by: Reader, status: int = 200) -> HttpResponse:
    context = {
        "row": row,
        "document": queries.document_of(row),
        "sent": queries.sent_of(row),
        "corrected": queries.replaced_by(row.number),
        "gone": queries.withdrawn_since(row.stands_on, by),
        "may_send": by.may(Permission.STATISTICS_RELEASE),
        "form": form,
        "files": ENDINGS,
    }
    return page(request, "bufdir/report.html", context, status=status)


@allow(Permission.STATISTICS_RELEASE)
@require_http_methods(["POST"])
def sent(request: HttpRequest, number: int) -> HttpResponse:
    """Somebody has sent it."""
    by = reader(request)
    row, form = access.report_for(by, number), SentForm(request.POST)
    if not form.is_valid():
        return _page(request, row, form, by, 422)
    try:
        actions.note_sent(
            report=row, sent_on=form.cleaned_data["sent_on"], reference=form.cleaned_data["reference"], by=by
        )
    except Refused as error:
        form.add_error("sent_on", str(error))
        return _page(request, row, form, by, 422)
    messages.success(request, "Det er ført at rapporten er sendt.")
    return see_other(f"{HERE}/{row.number}")


@allow(Permission.STATISTICS_READ)
@require_GET
def file(request: HttpRequest, number: int, ending: str) -> HttpResponse:
    """The report as a file, made of the frozen bytes and of nothing else."""
    by = reader(request)
    row = access.report_for(by, number)
    if ending not in ENDINGS:
        raise Http404
    record(by=by, action=Action.EXPORT, what="bufdir.report", ids=[row.id])
    return report_file(queries.document_of(row), ending, day_of(row.approved_at))
