"""«Hvem kan se dette?»: who sees a matter, who is shut out, and the cover over suspicion against staff."""

from collections.abc import Callable
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST, require_safe

from tenants.inbox import queries, shutting
from tenants.inbox.access import concern_for
from tenants.inbox.forms_who import DenyForm, SubstituteForm
from tenants.inbox.home import home_of
from tenants.inbox.models import Concern, Denial
from varde.access import Permission, Role, allow, reader
from varde.audit.actions import Action, record
from varde.identity.models import User
from varde.identity.queries import people
from varde.refusal import Refused
from varde.ui.refusals import refusal_above, refusal_on
from varde.ui.shortcuts import back_with, page, see_other


@allow(Permission.TRIAGE)
@require_safe
def who(request: HttpRequest, concern_id: UUID) -> HttpResponse:
    """Who sees the matter, and the ways to let fewer."""
    return _page(request, concern_for(reader(request), concern_id))


def _page(request: HttpRequest, concern: Concern, status: int = 200, **bound: Any) -> HttpResponse:
    by = reader(request)
    cover = queries.cover_of(concern)
    context = {
        "concern": concern,
        "home": home_of(concern),
        "readers": queries.readers_of(concern.id),
        "denials": queries.denials(concern),
        "cover": cover,
        "holds": cover is not None and cover.holder_id == by.user_id,
        "coordinator": by.has(Role.COORDINATOR),
        "me": str(by.user_id),
        "deny_form": DenyForm(people=_everybody_else(by.user_id)),
        "substitute_form": SubstituteForm(people=shutting.choosable(concern, by)),
    }
    return page(request, "inbox/who.html", context | bound, status=status)


def _everybody_else(me: UUID | None) -> list[User]:
    return [person for person in people() if person.id != me]


@allow(Permission.TRIAGE)
@require_POST
def deny(request: HttpRequest, concern_id: UUID) -> HttpResponse:
    """Shut a person or a service out."""
    by = reader(request)
    concern = concern_for(by, concern_id)
    form = DenyForm(request.POST, people=_everybody_else(by.user_id))
    if form.is_valid():
        with refusal_on(form):
            data = form.cleaned_data
            shutting.deny(concern=concern, user=form.chosen, service=data["service"], kind=data["kind"], by=by)
            messages.success(request, "Stengt ute fra nå av. Den det gjelder, får ikke vite det.")
            return _back(concern) if _still_there(concern) else see_other("/innboks")
    return _page(request, concern, 422, deny_form=form)


@allow(Permission.TRIAGE)
@require_POST
def step_back(request: HttpRequest, concern_id: UUID) -> HttpResponse:
    """«Jeg er inhabil»: the reader is out, and what they held is in other hands."""
    by = reader(request)
    concern = concern_for(by, concern_id)
    try:
        shutting.deny(concern=concern, user=cast(User, request.user), kind="habilitet", by=by)
    except Refused as error:
        messages.error(request, str(error))
        return _back(concern)
    return back_with(request, "Du har trådt til side og ser ikke bekymringen lenger.", "/innboks")


@allow(Permission.TRIAGE)
@require_POST
def lift(request: HttpRequest, concern_id: UUID, denial_id: UUID) -> HttpResponse:
    """Take a deny row back."""
    by = reader(request)
    concern = concern_for(by, concern_id)
    found = Denial.objects.filter(id=denial_id, concern=concern).first()
    if found is None:
        record(by=by, action=Action.DENIED, what="inbox.denial", ids=[denial_id])
        raise Http404
    return _tried(request, concern, lambda: shutting.lift(denial=found, by=by), "Opphevet.")


@allow(Permission.TRIAGE)
@require_POST
def cover(request: HttpRequest, concern_id: UUID) -> HttpResponse:
    """Cover the matter, or choose another substitute for one that is covered."""
    by = reader(request)
    concern = concern_for(by, concern_id)
    form = SubstituteForm(request.POST, people=shutting.choosable(concern, by))
    if form.is_valid():
        act = shutting.name_substitute if queries.cover_of(concern) else shutting.cover
        with refusal_on(form):
            act(concern=concern, substitute=form.chosen, by=by)
            messages.success(request, f"Nå ser bare du og {form.chosen.name} bekymringen.")
            return _back(concern)
    return _page(request, concern, 422, substitute_form=form)


@allow(Permission.TRIAGE)
@require_POST
def uncover(request: HttpRequest, concern_id: UUID) -> HttpResponse:
    """Let the team see it again."""
    by = reader(request)
    concern = concern_for(by, concern_id)
    return _tried(request, concern, lambda: shutting.uncover(concern=concern, by=by), "Teamet ser bekymringen igjen.")


def _tried(request: HttpRequest, concern: Concern, act: Callable[[], None], done: str) -> HttpResponse:
    with refusal_above(request):
        act()
        messages.success(request, done)
    return _back(concern)


def _still_there(concern: Concern) -> bool:
    return Concern.objects.filter(pk=concern.pk).exists()


def _back(concern: Concern) -> HttpResponse:
    return see_other(f"/innboks/{concern.id}/tilgang")
