"""Frozen reports: the list, one of them as a page and as files, and that it was sent."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods

from regional.bufdir import access, actions, queries
from regional.bufdir.forms import SentForm
from regional.bufdir.models import FrozenReport, Kind
from shared.reporting.kept import only_whole
from shared.reporting.serving import ENDINGS, report_file
from varde.access import Permission, Reader, allow, reader
from varde.audit.actions import Action, record
from varde.ui.dates import day_of
from varde.ui.refusals import refusal_on
from varde.ui.shortcuts import back_with, page

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
    gone = queries.on_withdrawn(rows) - set(corrected)
    gives = by.may(Permission.STATISTICS_RELEASE)
    context = {
        "reports": [(row, sent.get(str(row.id)), corrected.get(row.number), row.number in gone) for row in rows],
        "drafts": queries.open_drafts() if gives else [],
        "may_make": any(access.may_make(by, kind) for kind in Kind),
    }
    return page(request, "bufdir/overview.html", context)


@allow(Permission.STATISTICS_READ)
@require_GET
@only_whole
def report(request: HttpRequest, number: int) -> HttpResponse:
    """A report as it was frozen."""
    by = reader(request)
    return _page(request, access.report_for(by, number), SentForm(), by)


def _page(request: HttpRequest, row: FrozenReport, form: SentForm, by: Reader, status: int = 200) -> HttpResponse:
    document, gone = queries.opened(row, by)
    context = {
        "row": row,
        "document": document,
        "sent": queries.sent_of(row),
        "corrected": queries.replaced_by(row.number),
        "gone": gone,
        "may_send": by.may(Permission.STATISTICS_RELEASE),
        "form": form,
        "files": ENDINGS,
    }
    return page(request, "bufdir/report.html", context, status=status)


@allow(Permission.STATISTICS_RELEASE)
@require_http_methods(["POST"])
@only_whole
def sent(request: HttpRequest, number: int) -> HttpResponse:
    """Somebody has sent it."""
    by = reader(request)
    row, form = access.report_for(by, number), SentForm(request.POST)
    if not form.is_valid():
        return _page(request, row, form, by, 422)
    with refusal_on(form, "sent_on"):
        actions.note_sent(
            report=row, sent_on=form.cleaned_data["sent_on"], reference=form.cleaned_data["reference"], by=by
        )
        return back_with(request, "Det er ført at rapporten er sendt.", f"{HERE}/{row.number}")
    return _page(request, row, form, by, 422)


@allow(Permission.STATISTICS_READ)
@require_GET
@only_whole
def file(request: HttpRequest, number: int, ending: str) -> HttpResponse:
    """The report as a file, made of the frozen bytes and of nothing else."""
    by = reader(request)
    row = access.report_for(by, number)
    if ending not in ENDINGS:
        raise Http404
    document, _ = queries.opened(row, by)
    record(by=by, action=Action.EXPORT, what="bufdir.report", ids=[row.id])
    return report_file(document, ending, day_of(row.approved_at))
