"""The kommune's grant report: what is registered and what is asked for, a preview, finishing it, and the files."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods

from shared.reporting.document import Document
from shared.reporting.kept import only_whole
from shared.reporting.serving import ENDINGS, report_file
from tenants.raising.register import words_for
from tenants.reporting import access, grant_actions, grant_document, grant_queries, queries
from tenants.reporting.grant_forms import GrantForm
from tenants.reporting.grant_models import GrantReport
from varde.access import Permission, Reader, allow, reader
from varde.audit.actions import Action, record
from varde.clock import now
from varde.identity.stepup import fresh
from varde.refusal import Refused
from varde.ui.dates import day_of
from varde.ui.screened import print_of
from varde.ui.shortcuts import back_with, page

HERE = "/bufdir/tilskudd"


@allow(Permission.RETURNS_SEND)
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """Finished reports, and the years that one can be made of."""
    by = reader(request)
    record(by=by, action=Action.LIST, what=grant_actions.WHAT)
    formers = queries.formers()
    context = {
        "owner": access.is_owner(by),
        "reports": [(row, formers.get(row.former) if row.former else None) for row in grant_queries.reports()],
        "corrected": grant_queries.corrected(),
        "years": grant_queries.years(day_of(now())),
    }
    return page(request, "reporting/grant_overview.html", context)


@allow(Permission.RETURNS_SEND)
@require_http_methods(["GET", "HEAD", "POST"])
@only_whole
def write(request: HttpRequest, year: int) -> HttpResponse:
    """What is registered of the year and what is asked for in words; POST shows the report as it would be."""
    by = reader(request)
    _check(by, year)
    form = _form(request, year, by)
    if request.method == "POST" and form.is_valid():
        return _preview(request, year, form, by)
    record(by=by, action=Action.VIEW, what=grant_actions.WHAT)
    return _written(request, year, form)


def _check(by: Reader, year: int) -> None:
    if not access.is_owner(by) or year not in grant_queries.years(day_of(now())):
        record(by=by, action=Action.DENIED, what=grant_actions.WHAT)
        raise Http404


def _form(request: HttpRequest, year: int, by: Reader) -> GrantForm:
    sent = request.POST if request.method == "POST" else None
    typed = [str(sent.get(name, "")) for name in GrantForm.screened] if sent is not None else []
    return GrantForm(sent, words=words_for(typed, by), corrects=grant_queries.corrected_by_next(year) is not None)


def _preview(
    request: HttpRequest, year: int, form: GrantForm, by: Reader, error: str = "", status: int = 200
) -> HttpResponse:
    document = grant_actions.made(year=year, written=form.written(), by=by)
    record(by=by, action=Action.VIEW, what=grant_actions.WHAT)
    sent = [(name, form.data.get(name, "")) for name in form.fields if name not in ("seen", "shown")]
    context = {
        "year": year,
        "document": document,
        "sent": [*sent, ("shown", print_of(form.look)), ("seen", grant_actions.print_of(document))],
        "running": year == day_of(now()).year,
        "error": error,
    }
    return page(request, "reporting/grant_preview.html", context, status=status)


@allow(Permission.RETURNS_SEND)
@require_http_methods(["POST"])
@fresh
@only_whole
def finish(request: HttpRequest, year: int) -> HttpResponse:
    """The report is frozen as the page showed it; «Tilbake» leads back to the words."""
    by = reader(request)
    _check(by, year)
    form = _form(request, year, by)
    if not form.is_valid() or "endre" in request.POST:
        return _written(request, year, form)
    try:
        row = grant_actions.finish(year=year, written=form.written(), seen=form.cleaned_data["seen"], by=by)
    except Refused as error:
        return _preview(request, year, form, by, str(error), 422)
    return back_with(request, f"Tilskuddsrapporten for {year} er ferdigstilt.", f"{HERE}/{row.id}")


def _written(request: HttpRequest, year: int, form: GrantForm) -> HttpResponse:
    """The form with what has been written in it so far."""
    had = grant_queries.registered(reader(request), year, day_of(now()))
    context = {
        "year": year,
        "form": form,
        "lacks": grant_document.lacks(had),
        "running": year == day_of(now()).year,
        "earlier": grant_queries.newest(year),
    }
    return page(request, "reporting/grant_write.html", context, status=422 if form.errors else 200)


@allow(Permission.RETURNS_SEND)
@require_GET
@only_whole
def report(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """A finished report."""
    by = reader(request)
    row = _found(by, report_id, Action.VIEW)
    context = {
        "row": row,
        "document": _marked(row, by),
        "former": _former(row),
        "files": ENDINGS,
        "corrected": row.id in grant_queries.corrected(),
    }
    return page(request, "reporting/grant_report.html", context)


def _found(by: Reader, report_id: UUID, action: Action) -> GrantReport:
    row = GrantReport.objects.filter(pk=report_id).first() if access.is_owner(by) else None
    if row is None:
        record(by=by, action=Action.DENIED, what=grant_actions.WHAT, ids=[report_id])
        raise Http404
    record(by=by, action=action, what=grant_actions.WHAT, ids=[row.id])
    return row


@allow(Permission.RETURNS_SEND)
@require_GET
@only_whole
def file(request: HttpRequest, report_id: UUID, ending: str) -> HttpResponse:
    """The report as a file, made of the frozen bytes and of nothing else."""
    if ending not in ENDINGS:
        raise Http404
    by = reader(request)
    row = _found(by, report_id, Action.EXPORT)
    document = grant_queries.document_of(row) if ending == "json" else _marked(row, by)
    return report_file(document, ending, day_of(row.finished_at))


def _former(row: GrantReport) -> str:
    """The kommune whose it was, where that has become part of this one."""
    return queries.formers().get(row.former, "") if row.former else ""


def _marked(row: GrantReport, by: Reader) -> Document:
    return access.marked(grant_queries.document_of(row), _former(row), by.office.name)
