"""New kommuner: how far each has come, inviting one, and one of them against what Bufdir expects."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from regional.cooperation.agreement_queries import agreement
from regional.onboarding import access, actions, queries
from regional.onboarding.forms import InviteForm, SearchForm, initial_of
from shared.codes.kommuner import Kommune, kommuner, search
from shared.orders.forms import LinkForm
from shared.orders.queries import standing_with
from varde.access import Permission, Reader, allow, reader
from varde.audit.actions import Action, record
from varde.ui.refusals import refusal_above, refusal_on
from varde.ui.shortcuts import back_with, page, see_other

READ_AND_SEND = ["GET", "HEAD", "POST"]
HERE = "/samarbeid/nye-kommuner"
_MOST = 30


@allow(Permission.ONBOARDING)
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """Invitations that are under way, and every kommune's standing."""
    by = reader(request)
    access.note_read(by)
    found = queries.health(by)
    context = {
        "invitations": queries.under_way(by),
        "kommuner": found,
        "agreement": agreement(by) is not None,
    }
    return page(request, "onboarding/overview.html", context)


@allow(Permission.ONBOARDING)
@require_GET
def kommune(request: HttpRequest, kommune_id: UUID) -> HttpResponse:
    """One kommune, step by step."""
    by = reader(request)
    found = access.kommune_for(by, kommune_id)
    return page(request, "onboarding/kommune.html", {"kommune": found, "phone": by.may(Permission.HOTLINE_MANAGE)})


@allow(Permission.ONBOARDING)
@require_http_methods(READ_AND_SEND)
def invite(request: HttpRequest) -> HttpResponse:
    """Find the kommune (`sok`, `nummer`), then say who leads it there. POST asks for the office."""
    by = reader(request)
    chosen = next((one for one in kommuner() if one.number == request.GET.get("nummer")), None)
    form = InviteForm(
        request.POST if request.method == "POST" else None, initial=initial_of(chosen) if chosen else None
    )
    if form.is_bound and form.is_valid():
        with refusal_on(form):
            row = actions.invite(wanted=form.wanted(), starts_on=form.cleaned_data["starts_on"], by=by)
            return back_with(
                request, f"{row.name} er invitert. Drift lager kontoret, og administratoren får en lenke.", HERE
            )
    record(by=by, action=Action.VIEW, what="onboarding.invited")
    words = request.GET.get("sok", "").strip()
    context = {
        "form": form,
        "search": SearchForm(initial={"sok": words}),
        "words": words,
        "found": _found(words, by),
        "chosen": chosen,
        "typed": form.is_bound or "nummer" in request.GET,
    }
    return page(request, "onboarding/invite.html", context, status=422 if form.is_bound else 200)


def _found(words: str, by: Reader) -> list[tuple[Kommune, str]]:
    """Kommuner that fit, each with why it cannot be invited ("" for one that can)."""
    if not words:
        return []
    numbered = [one for one in kommuner() if one.number.startswith(words)] if words.isdigit() else []
    fits = list(dict.fromkeys([*numbered, *search(words)]))[:_MOST]
    taken = [office.number for office in standing_with("", [one.number for one in fits])]
    why = queries.ordered(by) | dict.fromkeys(taken, "har alt et kontor")
    return [(one, why.get(one.number, "")) for one in fits]


@allow(Permission.ONBOARDING)
@require_POST
def take_back(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """The invitation is taken back."""
    with refusal_above(request):
        actions.take_back(order_id=order_id, by=reader(request))
        messages.success(request, "Invitasjonen er trukket.")
    return see_other(HERE)


@allow(Permission.ONBOARDING)
@require_http_methods(READ_AND_SEND)
def new_link(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """Another link to the first administrator. POST asks drift for it."""
    by = reader(request)
    found = access.invitation_for(by, order_id)
    form = LinkForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        name, email = form.cleaned_data["administrator_name"], form.cleaned_data["administrator_email"]
        with refusal_on(form):
            actions.new_link(office=found.office, name=name, email=email, by=by)
            return back_with(
                request, "Bestillingen er sendt. Når drift har godkjent, får administratoren lenken.", HERE
            )
    context = {"form": form, "name": found.row.name}
    return page(request, "onboarding/new_link.html", context, status=422 if form.is_bound else 200)
