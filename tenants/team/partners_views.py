"""The partner directory: the list, one partner with its contact log, and the form."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shared.codes.partners import partner_kind, secrecy
from tenants.team import partners as rules
from tenants.team import partners_actions as actions
from tenants.team import partners_queries as queries
from tenants.team.partners_access import KEEPING, may_keep, note_listed, partner_for
from tenants.team.partners_forms import ContactForm, PartnerForm, initial_of
from tenants.team.partners_models import Partner
from varde.access import Permission, allow, reader
from varde.clock import now
from varde.refusal import Overtaken
from varde.ui.dates import day_of
from varde.ui.refusals import refusal_on
from varde.ui.shortcuts import back_with, page

READ_AND_SEND = ["GET", "HEAD", "POST"]
SAID = {
    "reviewed": "Samarbeidsparten er merket som gjennomgått i dag.",
    "remove": "Samarbeidsparten er tatt ut av bruk.",
    "restore": "Samarbeidsparten er i bruk igjen.",
}


@allow(Permission.TEAM_READ)
@require_GET
def partners(request: HttpRequest) -> HttpResponse:
    """The directory, and a warning when nobody at the police is named."""
    return _list_page(request)


def _list_page(request: HttpRequest, form: ContactForm | None = None) -> HttpResponse:
    by, today = reader(request), day_of(now())
    words, kind = request.GET.get("sok", "")[:100], request.GET.get("slags", "")
    removed = request.GET.get("vis") == "fjernet"
    found = queries.partners(words=words, kind=kind if kind in dict(rules.KINDS) else "", removed=removed)
    note_listed(by, found)
    lacking = queries.lacks_police_contact()
    context = {
        "rows": [{"partner": row, "stale": rules.is_stale(row.reviewed_on, today)} for row in found],
        "kinds": rules.KINDS,
        "words": words,
        "kind": kind,
        "removed": removed,
        "may_keep": may_keep(by),
        "lacking": lacking,
        "tries": queries.tries_for(rules.POLICE) if lacking and may_keep(by) else [],
        "form": form or ContactForm(now=now()),
        "form_open": form is not None,
    }
    return page(request, "team/partners.html", context, status=422 if form else 200)


@allow(*KEEPING)
@require_POST
def police_try(request: HttpRequest) -> HttpResponse:
    """Note a try to get a police contact."""
    form = ContactForm(request.POST, now=now())
    if not form.is_valid():
        return _list_page(request, form)
    actions.note_contact(partner=None, kind=rules.POLICE, contact=form.contact(), by=reader(request))
    return back_with(request, "Forsøket er loggført.", "/team/partnere")


@allow(Permission.TEAM_READ)
@require_GET
def partner(request: HttpRequest, partner_id: UUID) -> HttpResponse:
    """One partner."""
    return _partner_page(request, partner_for(reader(request), partner_id))


def _partner_page(request: HttpRequest, found: Partner, form: ContactForm | None = None) -> HttpResponse:
    keeps = may_keep(reader(request))
    context = _shown(found) | {
        "may_keep": keeps,
        "contacts": queries.contact_with(found) if keeps else [],
        "form": form or ContactForm(now=now()),
    }
    return page(request, "team/partner.html", context, status=422 if form else 200)


def _shown(found: Partner) -> dict[str, Any]:
    return {
        "partner": found,
        "kind": partner_kind(found.kind),
        "secrecy": secrecy(found.secrecy),
        "stale": rules.is_stale(found.reviewed_on, day_of(now())),
    }


@allow(*KEEPING)
@require_http_methods(READ_AND_SEND)
def new(request: HttpRequest) -> HttpResponse:
    """A new partner."""
    form = PartnerForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        made = actions.add_partner(entry=form.entry(), by=reader(request))
        return back_with(request, f"{made.name} er lagt til.", f"/team/partnere/{made.id}")
    return page(request, "team/partner_form.html", {"form": form}, status=422 if form.is_bound else 200)


@allow(*KEEPING)
@require_http_methods(READ_AND_SEND)
def change(request: HttpRequest, partner_id: UUID) -> HttpResponse:
    """Change a partner; the second of two who do it at once is shown what the first wrote."""
    found = partner_for(reader(request), partner_id)
    form = PartnerForm(request.POST if request.method == "POST" else None, initial=initial_of(found))
    if form.is_bound and form.is_valid():
        try:
            actions.change_partner(partner=found, entry=form.entry(), seen=form.was_seen or "", by=reader(request))
        except Overtaken as error:
            found = partner_for(reader(request), partner_id)
            form.told(str(error), actions.stamp(found), initial_of(found))
        else:
            return back_with(request, "Endringen er lagret.", f"/team/partnere/{found.id}")
    context = _shown(found) | {"form": form}
    return page(request, "team/partner_form.html", context, status=422 if form.is_bound else 200)


@allow(*KEEPING)
@require_POST
def state(request: HttpRequest, partner_id: UUID) -> HttpResponse:
    """Reviewed, out of use, in use again."""
    found, by, wanted = partner_for(reader(request), partner_id), reader(request), request.POST.get("do", "")
    if wanted == "reviewed":
        actions.review_partner(partner=found, by=by)
    elif wanted in ("remove", "restore"):
        actions.use_partner(partner=found, used=wanted == "restore", by=by)
    else:
        messages.error(request, "Velg hva som skal gjøres.")
        return _partner_page(request, found, ContactForm(now=now()))
    return back_with(request, SAID[wanted], f"/team/partnere/{found.id}")


@allow(*KEEPING)
@require_POST
def contact(request: HttpRequest, partner_id: UUID) -> HttpResponse:
    """Note contact in general."""
    found = partner_for(reader(request), partner_id)
    form = ContactForm(request.POST, now=now())
    if form.is_valid():
        with refusal_on(form):
            actions.note_contact(partner=found, kind=found.kind, contact=form.contact(), by=reader(request))
            return back_with(request, "Kontakten er loggført.", f"/team/partnere/{found.id}")
    return _partner_page(request, found, form)
