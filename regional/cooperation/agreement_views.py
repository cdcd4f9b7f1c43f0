"""The agreement: what holds, what held, who does what, and changing it."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from regional.cooperation import agreement_access as access
from regional.cooperation import agreement_actions as actions
from regional.cooperation import agreement_queries as queries
from regional.cooperation import steps_queries
from regional.cooperation.agreement_forms import PARTS, BasisForm, basis_of
from regional.cooperation.agreement_models import Agreement
from regional.cooperation.agreement_paper import paper
from regional.cooperation.agreement_shown import shown
from regional.cooperation.amend_form import AmendForm
from regional.cooperation.documents_actions import KINDS
from regional.cooperation.queries import members
from regional.cooperation.terms import Party, Terms, usual, usual_lends
from varde.access import Permission, Reader, allow, reader
from varde.clock import now
from varde.documents.serving import paper_download
from varde.refusal import Overtaken, Refused
from varde.ui.dates import day_of
from varde.ui.refusals import refusal_on
from varde.ui.shortcuts import back_with, page, see_other

HERE = "/samarbeid/avtale"
READ_AND_SEND = ["GET", "HEAD", "POST"]


@allow(Permission.COOPERATION_READ)
@require_GET
def agreement(request: HttpRequest) -> HttpResponse:
    """What holds today, what comes, and the ways to change it; how to begin when there is none."""
    by = reader(request)
    access.note_read(by)
    row = queries.agreement(by)
    if row is None:
        return none_yet(request, by)
    held = queries.holding(row)
    coming = [each for each in queries.versions(row) if held and each.number > held.number]
    context: dict[str, Any] = shown(held) if held else {}
    context |= {
        "agreement": row,
        "coming": coming,
        "may": _may(by),
        "parts": [{"slug": slug, "title": title} for slug, (title, _) in PARTS.items()],
        "under_way": steps_queries.under_way(row),
        "documents": queries.documents(row),
        "kinds": KINDS,
    }
    return page(request, "cooperation/agreement.html", context)


def none_yet(request: HttpRequest, by: Reader) -> HttpResponse:
    """How to begin, on every page that is about an agreement while there is none."""
    return page(request, "cooperation/agreement_none.html", {"earlier": queries.earlier(by), "may": _may(by)})


def _may(by: Reader) -> bool:
    return by.may(Permission.COOPERATION_MANAGE)


@allow(Permission.COOPERATION_READ)
@require_GET
def versions(request: HttpRequest) -> HttpResponse:
    """Every version, of this agreement and of those before it."""
    by = reader(request)
    access.note_read(by, "cooperation.version")
    row = queries.agreement(by)
    held = queries.holding(row) if row else None
    rows = [*([row] if row else []), *queries.earlier(by)]
    found = [{"agreement": each, "versions": queries.versions(each)} for each in rows]
    return page(request, "cooperation/versions.html", {"found": found, "held": held})


@allow(Permission.COOPERATION_READ)
@require_GET
def version(request: HttpRequest, agreement_id: UUID, number: int) -> HttpResponse:
    """One version as it was written."""
    by = reader(request)
    found = access.version(agreement_id, number, by)
    return page(request, "cooperation/version.html", shown(found) | {"holds": _holds(found, by), "may": _may(by)})


@allow(Permission.COOPERATION_READ)
@require_GET
def version_pdf(request: HttpRequest, agreement_id: UUID, number: int) -> Any:
    """The same as a paper for the archive."""
    by = reader(request)
    found = access.version(agreement_id, number, by)
    made = paper(found, office=by.office.name, holds=_holds(found, by))
    return paper_download(made, f"samarbeidsavtale-utgave-{number}")


@allow(Permission.COOPERATION_MANAGE)
@require_POST
def version_send(request: HttpRequest, agreement_id: UUID, number: int) -> HttpResponse:
    """The version to the kommuner."""
    by = reader(request)
    found = access.version(agreement_id, number, by)
    deaf = actions.send_version(version=found, by=by)
    if deaf:
        messages.warning(request, f"Ikke klare til å få brev ennå: {', '.join(deaf)}. De andre har fått utgaven.")
    else:
        messages.success(request, f"Utgave {number} er sendt til kommunene.")
    return see_other(f"{HERE}/utgaver/{agreement_id}/{number}")


def _holds(found: queries.Version, by: Reader) -> bool:
    row = queries.agreement(by)
    held = queries.holding(row) if row else None
    return held is not None and held.row.id == found.row.id


@allow(Permission.COOPERATION_MANAGE)
@require_http_methods(READ_AND_SEND)
def new(request: HttpRequest) -> HttpResponse:
    """The first version: filled in with the kommuner that are in the region now."""
    by = reader(request)
    if request.method != "POST":
        access.note_read(by)
    terms, today = _first(by), day_of(now())
    form = BasisForm(
        request.POST or None,
        terms=terms,
        initial=basis_of(terms) | {"from_day": today, "why": "Avtalen er ført inn."},
    )
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            actions.begin(
                terms=form.made(), from_day=form.cleaned_data["from_day"], why=form.cleaned_data["why"], by=by
            )
            return back_with(request, "Avtalen er ført inn. Se over parter, andeler og oppgaver.", HERE)
    context = {"form": form, "title": "Ny avtale", "parties": terms.parties}
    return page(request, "cooperation/amend.html", context, status=422 if form.errors else 200)


def _first(by: Reader) -> Terms:
    """What a new agreement begins with: the kommuner that are in, the usual tasks, equal parts for nobody yet."""
    offices = members(by)
    parties = tuple(
        Party(
            id=office.id, name=office.name, organisation="", number=office.number, host=office.host,
            starts_on=office.started_on,
        )
        for office in offices
    )  # fmt: skip
    form = "host_admin" if any(party.host for party in parties) else "agreement_only"
    plain = Terms(title=f"Samarbeidsavtale om TryggEst i {by.office.name}", form=form, parties=parties)
    return replace(plain, tasks=usual(parties), lends=usual_lends(parties))


@allow(Permission.COOPERATION_MANAGE)
@require_http_methods(READ_AND_SEND)
def amend(request: HttpRequest, part: str) -> HttpResponse:
    """A part of the agreement as a form; what is sent is a new version."""
    if part not in PARTS:
        raise Http404
    by = reader(request)
    row = access.the_agreement(by)
    if row is None:
        return none_yet(request, by)
    title, made = PARTS[part]
    ahead = queries.ahead(row, day_of(now()))
    base = next((each for each in ahead if str(each.number) == request.GET.get("utgave")), next(iter(ahead), None))
    newest = queries.newest(row)
    if base is None or newest is None:
        raise Http404
    initial = {"from_day": max(day_of(now()), base.from_day), "seen": str(newest.number)}
    if made is BasisForm:
        initial |= basis_of(base.terms)
    form = made(request.POST or None, terms=base.terms, initial=initial)
    if request.method == "POST" and form.is_valid() and _amended(request, row, form, base, by):
        return see_other(HERE)
    later = [each for each in ahead if each.from_day > base.from_day]
    context = {"form": form, "title": title, "stands": base, "newest": newest, "later": later}
    return page(request, "cooperation/amend.html", context, status=422 if form.errors else 200)


def _amended(request: HttpRequest, row: Agreement, form: AmendForm, base: queries.Version, by: Reader) -> bool:
    data = form.cleaned_data
    try:
        version = actions.amend(
            row=row, terms=form.made(), from_day=data["from_day"], why=data["why"], by=by, seen=form.was_seen,
            base=base,
        )  # fmt: skip
    except Overtaken as error:
        newest = queries.newest(row)
        form.told(str(error), str(newest.number if newest else 0))
    except Refused as error:
        form.add_error(None, str(error))
    else:
        messages.success(request, f"Utgave {version.number} er lagret. Send den til kommunene fra Utgaver.")
        return True
    return False
