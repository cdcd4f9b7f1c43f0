"""The kommune's own report: who makes it, a preview with what lacks, the finished ones and their files."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_POST

from shared.reporting.kept import only_whole
from shared.reporting.serving import ENDINGS, report_file
from tenants.reporting import access, actions, forgotten, queries, tasks
from tenants.reporting.forms import OwnerForm, PeriodForm
from tenants.reporting.states import Period, offered, period
from varde.access import Permission, Reader, allow, reader
from varde.audit.actions import Action, record
from varde.clock import now
from varde.identity.stepup import fresh
from varde.refusal import Refused
from varde.ui.dates import day_of
from varde.ui.refusals import refusal_on
from varde.ui.shortcuts import back_with, page, see_other

HERE = "/bufdir"


def known(text: str) -> Period:
    """The period of an address; Http404 for anything else."""
    found = period(text)
    if found is None:
        raise Http404
    return found


def periods(by: Reader) -> list[Period]:
    """What a report can be made of."""
    today = day_of(now())
    return offered(queries.first_quarter(by.office, today), today)


@allow(Permission.RETURNS_SEE, Permission.SETTINGS, Permission.OFFICE_END)
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """Who makes the report, the finished ones, and the way to the next."""
    return _overview(request)


def _overview(request: HttpRequest, owner: OwnerForm | None = None, error: str = "") -> HttpResponse:
    by = reader(request)
    mine, formers = access.is_owner(by), queries.formers()
    people = queries.may_be_named()
    context: dict[str, Any] = {
        "owner": queries.owner(),
        "mine": mine,
        "names": access.names(by),
        "another": access.names(by) and queries.needs_another(),
        "owner_form": owner or OwnerForm(people=people),
        "period_form": PeriodForm(periods=periods(by)) if mine else None,
        "sees": by.may(Permission.RETURNS_SEE),
        "reports": [
            (row, period(row.period), formers.get(row.former) if row.former else None) for row in access.listed(by)
        ],
        "opened": access.opened(by),
        "error": error,
    }
    return page(request, "reporting/overview.html", context, status=422 if owner or error else 200)


@allow(Permission.SETTINGS, Permission.OFFICE_END)
@require_POST
@fresh
def name(request: HttpRequest) -> HttpResponse:
    """Somebody else makes the report from now on."""
    by = reader(request)
    form = OwnerForm(request.POST, people=queries.may_be_named())
    if not form.is_valid():
        return _overview(request, form)
    with refusal_on(form, "user"):
        row = actions.name_owner(user=form.cleaned_data["user"], by=by)
        return back_with(request, f"{row.user_name} er rapportansvarlig.", HERE)
    return _overview(request, form)


@allow(Permission.RETURNS_SEND)
@require_POST
def order(request: HttpRequest) -> HttpResponse:
    """A worker counts the report; the page that follows shows it when it is there."""
    by, value = reader(request), request.POST.get("period", "")
    try:
        row = actions.order(value=value, by=by)
    except Refused as problem:
        return _overview(request, error=str(problem))
    transaction.on_commit(lambda: tasks.make_ordered.ring(by.office), robust=True)
    return see_other(f"{HERE}/utkast/{row.period}")


@allow(Permission.RETURNS_SEND)
@require_GET
@only_whole
def draft(request: HttpRequest, value: str) -> HttpResponse:
    """The report as it was counted, and what lacks in the cases that the reader sees."""
    return _draft(request, value)


def _draft(request: HttpRequest, value: str, error: str = "") -> HttpResponse:
    by, found = reader(request), known(value)
    row = access.draft_for(by, value)
    listed = _found(list(queries.looked(measures=True)), found) if row.content else []
    context = {
        "period": found,
        "row": row,
        "document": queries.drafted(row) if row.content else None,
        "found": listed,
        "compared": access.compared(row) if row.content else None,
        "last": queries.newest_of(value),
        "error": error,
    }
    _note(listed, by)
    return page(request, "reporting/draft.html", context, status=422 if error else 200)


def _note(listed: list[tuple[str, list[forgotten.Found]]], by: Reader) -> None:
    """Log which matters the page named."""
    named = [each for _, rows in listed for each in rows]
    if cases := sorted({each.case_id for each in named if each.case_id}):
        record(by=by, action=Action.LIST, what="cases.case", ids=cases)
    if any(each.case_id is None for each in named):
        record(by=by, action=Action.LIST, what="inbox.concern")


def _found(cases: list[queries.Looked], found: Period) -> list[tuple[str, list[forgotten.Found]]]:
    """What is to be looked at before the report is finished, under its headings; empty ones are left out."""
    said = [
        ("Bekymringer som ikke er avklart", forgotten.never_decided(found)),
        ("Saker registrert sent", forgotten.late(cases, found)),
        ("Spørsmål uten svar", forgotten.unanswered(cases, found)),
        ("Svar som ikke passer sammen", forgotten.against(cases, found)),
        ("Saker som ikke er lukket", forgotten.still_open(cases, found)),
    ]
    return [(heading, rows) for heading, each in said if (rows := list(each))]


@allow(Permission.RETURNS_SEND)
@require_POST
@fresh
@only_whole
def finish(request: HttpRequest, value: str) -> HttpResponse:
    """The report stands as it was shown."""
    by = reader(request)
    row = access.draft_for(by, known(value).value)
    try:
        report = actions.finish(draft=row, seen=request.POST.get("seen", ""), by=by)
    except Refused as problem:
        return _draft(request, value, str(problem))
    return back_with(request, f"Rapport {report.number} er ferdigstilt. Den kan ikke endres.", f"{HERE}/{report.id}")


@allow(Permission.RETURNS_SEND)
@require_GET
@only_whole
def report(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """A finished report, and how it differs from the last one of its kind."""
    shown = access.report_for(reader(request), report_id)
    context = {
        "shown": shown,
        "compared": shown.compared,
        "period": known(shown.report.period),
        "endings": ENDINGS,
    }
    return page(request, "reporting/report.html", context)


@allow(Permission.RETURNS_SEND)
@require_GET
@only_whole
def file(request: HttpRequest, report_id: UUID, ending: str) -> HttpResponse:
    """A finished report as a file, made of the frozen bytes alone."""
    if ending not in ENDINGS:
        raise Http404
    shown = access.report_for(reader(request), report_id, action=Action.EXPORT)
    return report_file(shown.document if ending == "json" else shown.marked, ending, day_of(shown.report.finished_at))
