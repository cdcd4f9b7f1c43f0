"""The team's page, and the form of each place in it."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from tenants.team import actions, queries, register, register_queries, rota_queries
from tenants.team.access import member_for, note_read
from tenants.team.forms import PlaceForm
from tenants.team.partners_queries import lacks_police_contact
from tenants.team.services import POLICE
from varde import clock
from varde.access import Permission, Role, allow, reader
from varde.identity.models import User
from varde.refusal import Overtaken, Refused
from varde.ui.dates import day_of
from varde.ui.shortcuts import page


@allow(Permission.TEAM_READ)
@require_GET
def team(request: HttpRequest) -> HttpResponse:
    """Who is in the team and around it, and which services nobody comes from."""
    by = reader(request)
    note_read(by)
    today = day_of(clock.now())
    people, nearby = queries.team(today), queries.around(today)
    missing = queries.services_without_member(people, nearby)
    context = {
        "people": people,
        "around": nearby,
        # Of the police it is asked whom to ring, and a name in the directory is an answer too.
        "missing": [service for service in missing if service != POLICE],
        "lacks_police": POLICE in missing and lacks_police_contact(),
        "rota_gaps": rota_queries.gaps_ahead(clock.now()),
        "may_edit": by.may(Permission.SETTINGS),
        "may_manage": by.may(Permission.PEOPLE_MANAGE),
        "sees_register": by.may(Permission.TEAM_REGISTER),
    }
    return page(request, "team/team.html", context)


@allow(Permission.SETTINGS)
@require_http_methods(["GET", "POST"])
def place(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Service, deputy and RITE date of one person."""
    by = reader(request)
    user = member_for(by, user_id)
    form = PlaceForm(request.POST or None, initial=_place_now(user))
    if request.method != "POST" or not form.is_valid():
        return _place_page(request, form, user)
    try:
        actions.set_place(user=user, by=by, **form.cleaned_data | {"seen": form.was_seen})
    except Overtaken as error:
        stands = _place_now(user)
        form.told(str(error), stands["seen"], stands)
        return _place_page(request, form, user)
    except Refused as error:
        form.add_error(None, str(error))
        return _place_page(request, form, user)
    return HttpResponseRedirect(reverse("team.team"))


def _place_page(request: HttpRequest, form: PlaceForm, user: User) -> HttpResponse:
    """With what the person holds, for those who see matters, and the hand-over that is under way."""
    held = register.holding(user.pk) if reader(request).has(Role.COORDINATOR) else []
    context = {"form": form, "person": user, "held": held, "leaves": register_queries.handover_of(user)}
    return page(request, "team/place.html", context, 422 if form.is_bound else 200)


def _place_now(user: User) -> dict[str, Any]:
    place = queries.place_of(user)
    stands = {"service": (place.service if place else "") or user.service, "seen": queries.as_seen(place)}
    return stands | (
        {name: getattr(place, name) for name in ("since", "rite_until", "deputy", "phone")} if place else {}
    )
