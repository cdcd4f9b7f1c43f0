"""The yearly evaluation: made of what has been written down, with the team's own words, and approved once."""

import base64
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tenants.outreach import access, figures, queries, year_actions, year_queries
from tenants.outreach.papers import OWN_RIGHTS, year_paper
from tenants.outreach.year_forms import WordsForm
from varde.access import Permission, Reader, allow, reader
from varde.audit.actions import Action, record
from varde.clock import now
from varde.documents.paper import Paper, pdf
from varde.documents.serving import download, paper_download
from varde.refusal import Overtaken, Refused
from varde.ui.dates import day_of
from varde.ui.refusals import refusal_above
from varde.ui.shortcuts import page, see_other

READ_AND_SEND = ["GET", "HEAD", "POST"]


def _known(year: int) -> int:
    if not queries.FIRST_YEAR <= year <= day_of(now()).year:
        raise Http404
    return year


def _to(year: int) -> HttpResponse:
    return see_other(f"/informasjon/arsrapport/{year}")


def _paper(by: Reader, year: int) -> Paper:
    found = queries.year_of(by, year, day_of(now()))
    shown = figures.of_year(by, year)
    return year_paper(found, year_queries.said(year), shown, office=by.office.name, now=now())


@allow(Permission.OUTREACH_SEE)
@require_GET
def year_report(request: HttpRequest, year: int) -> HttpResponse:
    """The yearly evaluation, made of what has been written down."""
    by, said = reader(request), year_queries.said(_known(year))
    access.note_read(by, "outreach.year")
    context = {
        "found": queries.year_of(by, year, day_of(now())),
        "said": said,
        "before": year_queries.before(year),
        "seen": year_queries.as_seen(said),
        "own_rights": OWN_RIGHTS,
        "figures": figures.of_year(by, year),
        "sees_figures": by.may(Permission.FIGURES_SEE) and not by.may(Permission.CASES),
        "how": figures.HOW,
        "earlier": year - 1 if year > queries.FIRST_YEAR else None,
        "may_write": access.may_write(by) and said.approval is None,
    }
    return page(request, "outreach/year.html", context)


@allow(Permission.OUTREACH)
@require_http_methods(READ_AND_SEND)
def words(request: HttpRequest, year: int) -> HttpResponse:
    """What the team says of the year."""
    by, said = reader(request), year_queries.said(_known(year))
    initial = year_queries.initial(said) | {"seen": year_queries.as_seen(said)}
    form = WordsForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            year_actions.say(year=year, words=form.typed(), by=by, seen=form.was_seen)
        except Overtaken as error:
            stands = year_queries.said(year)
            form.told(str(error), year_queries.as_seen(stands), year_queries.initial(stands))
        except Refused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "Lagret.")
            return _to(year)
    access.note_read(by, "outreach.year")
    context = {"form": form, "year": year}
    return page(request, "outreach/year_words.html", context, status=422 if form.is_bound else 200)


@allow(Permission.OUTREACH)
@require_POST
def approve(request: HttpRequest, year: int) -> HttpResponse:
    """The year is done: its words and its paper stand as they are now."""
    by, made = reader(request), pdf(_paper(reader(request), _known(year)))
    with refusal_above(request):
        year_actions.approve(year=year, paper=made, seen=request.POST.get("seen"), by=by)
        messages.success(request, f"Årsevalueringen for {year} er godkjent. Teksten kan ikke endres lenger.")
    return _to(year)


@allow(Permission.OUTREACH_SEE)
@require_GET
def former_pdf(request: HttpRequest, year: int, office_id: UUID) -> Any:
    """The paper that a kommune which is part of this one approved, for the one who approved it."""
    by, kept = reader(request), year_queries.copy_of(_known(year), office_id)
    if kept is None:
        record(by=by, action=Action.DENIED, what="outreach.year", ids=[office_id])
        raise Http404
    record(by=by, action=Action.PRINT, what="outreach.year", ids=[office_id])
    made = base64.b64decode(kept.pdf)
    return download([made], size=len(made), stem=f"arsevaluering-{year}", kind="pdf")


@allow(Permission.OUTREACH_SEE)
@require_GET
def year_pdf(request: HttpRequest, year: int) -> Any:
    """The same as PDF: for the one who approved it as it was then, for others as it is now."""
    by, kept = reader(request), year_queries.copy_of(_known(year))
    record(by=by, action=Action.PRINT, what="outreach.year")
    stem = f"arsevaluering-{year}"
    if kept is None:
        return paper_download(_paper(by, year), stem)
    made = base64.b64decode(kept.pdf)
    return download([made], size=len(made), stem=stem, kind="pdf")
