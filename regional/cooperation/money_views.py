"""Budget and accounts of a year, and the agreement's papers."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from regional.cooperation import agreement_access as access
from regional.cooperation import agreement_actions as actions
from regional.cooperation import agreement_queries as queries
from regional.cooperation import documents_actions, money
from regional.cooperation.agreement_models import Agreement
from regional.cooperation.agreement_views import none_yet
from regional.cooperation.steps_forms import DocumentForm, MoneyForm
from regional.cooperation.terms import Party
from varde.access import Permission, allow, reader
from varde.clock import now
from varde.documents.serving import download
from varde.documents.uploads import takes_files
from varde.exits.downloads import file_answer
from varde.exits.workbook import workbook
from varde.refusal import Overtaken, Refused
from varde.ui.dates import day_of
from varde.ui.refusals import refusal_above, refusal_on
from varde.ui.shortcuts import back_with, page, see_other

HERE = "/samarbeid/avtale/penger"
AGREEMENT = "/samarbeid/avtale"
READ_AND_SEND = ["GET", "HEAD", "POST"]


@allow(Permission.COOPERATION_READ)
@require_GET
def year(request: HttpRequest, number: int | None = None) -> HttpResponse:
    """A year's money: planned, received, used, and what differs."""
    by = reader(request)
    row = access.the_agreement(by)
    if row is None:
        return none_yet(request, by)
    chosen = number or day_of(now()).year
    lines = money.lines(_parties(row, chosen), queries.figures(row, chosen))
    grant = queries.figures(row, chosen).get((None, "grant"))
    context = {
        "year": chosen,
        "years": queries.years(row),
        "lines": lines,
        "total": money.total(lines),
        "grant": grant,
        "warnings": money.warnings(lines, grant),
        "shares": _shares(row, chosen),
        "may": by.may(Permission.COOPERATION_MANAGE),
        "seen": queries.money_seen(row, chosen),
    }
    return page(request, "cooperation/money.html", context)


def _held(row: Agreement, chosen: int) -> queries.Version | None:
    """What holds in a year: today when it is this year, else at its end or its beginning."""
    today = day_of(now())
    return queries.holding(row, min(max(today, date(chosen, 1, 1)), date(chosen, 12, 31)))


def _parties(row: Agreement, chosen: int) -> list[Party]:
    """Those of the year, and those that have a figure and have left."""
    held = _held(row, chosen)
    found = {party.id: party for party in queries.in_order(held.terms.parties)} if held else {}
    wanted = {party for party, _ in queries.figures(row, chosen) if party}
    for version in queries.versions(row):
        found |= {party.id: party for party in version.terms.parties if party.id in wanted - set(found)}
    return list(found.values())


def _shares(row: Agreement, chosen: int) -> list[tuple[str, str]]:
    held = _held(row, chosen)
    return [(party.name, held.terms.share(party)) for party in queries.in_order(held.terms.parties)] if held else []


@allow(Permission.COOPERATION_MANAGE)
@require_http_methods(READ_AND_SEND)
def edit(request: HttpRequest, number: int) -> HttpResponse:
    """The figures of a year as a form."""
    by = reader(request)
    row = access.the_agreement(by)
    if row is None:
        return none_yet(request, by)
    figures = queries.figures(row, number)
    form = MoneyForm(
        request.POST or None,
        parties=_parties(row, number),
        figures=figures,
        initial={"seen": queries.money_seen(row, number)},
    )
    if request.method == "POST" and form.is_valid():
        try:
            count = actions.set_figures(row=row, year=number, figures=form.figures(), by=by, seen=form.was_seen)
        except Overtaken as error:
            form.told(str(error), queries.money_seen(row, number), _as_fields(queries.figures(row, number)))
        except Refused as error:
            form.add_error(None, str(error))
        else:
            return back_with(
                request, f"{count} tall er lagret." if count else "Ingen tall var endret.", f"{HERE}/{number}"
            )
    return page(
        request, "cooperation/money_form.html", {"form": form, "year": number}, status=422 if form.errors else 200
    )


def _as_fields(figures: money.Figures) -> dict[str, Any]:
    return {f"{what}_{party}" if party else what: kroner for (party, what), kroner in figures.items()}


@allow(Permission.COOPERATION_MANAGE)
@require_POST
def share(request: HttpRequest, number: int) -> HttpResponse:
    """The year's grant is planned by the shares of the agreement."""
    by = reader(request)
    row = access.the_agreement(by)
    if row is None:
        return none_yet(request, by)
    with refusal_above(request):
        actions.plan_by_shares(row=row, year=number, by=by, seen=request.POST.get("seen"))
        messages.success(request, "Tilskuddet er fordelt etter andelene i avtalen, i hele kroner.")
    return see_other(f"{HERE}/{number}")


@allow(Permission.COOPERATION_READ)
@require_GET
def sheet(request: HttpRequest, number: int) -> HttpResponse:
    """The year as a spreadsheet."""
    by = reader(request)
    row = access.the_agreement(by)
    if row is None:
        return none_yet(request, by)
    lines = money.lines(_parties(row, number), queries.figures(row, number))
    rows = [money.HEAD, *(line.row for line in [*lines, money.total(lines)])]
    return file_answer(workbook(rows, f"Budsjett og regnskap {number}"), "tall", date(number, 12, 31), "xlsx")


@takes_files(protect=True)
@allow(Permission.COOPERATION_MANAGE)
@require_http_methods(READ_AND_SEND)
def document_new(request: HttpRequest) -> HttpResponse:
    """A paper is laid beside the agreement."""
    by = reader(request)
    row = access.the_agreement(by)
    if row is None:
        return none_yet(request, by)
    form = DocumentForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form, "file"):
            documents_actions.add(row=row, title=form.cleaned_data["title"], file=form.sent(), by=by)
            return back_with(request, "Dokumentet er lagret.", AGREEMENT)
    return page(request, "cooperation/document.html", {"form": form}, status=422 if form.errors else 200)


@allow(Permission.COOPERATION_READ)
@require_GET
def document(request: HttpRequest, document_id: UUID) -> Any:
    """A paper as a download."""
    found = access.document(document_id, reader(request))
    try:
        pieces = documents_actions.content(found)
    except Refused as error:
        messages.error(request, str(error))
        return see_other(AGREEMENT)
    return download(pieces, size=found.size, stem="samarbeidsavtale-dokument", kind=found.kind)
