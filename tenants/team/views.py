"""The team's page, and the form of each place in it."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from tenants.team import actions, queries, rota_queries
from tenants.team.access import member_for, note_read
from tenants.team.forms import PlaceForm
from varde import clock
from varde.access import Permission, allow, reader
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
    people = queries.team(today)
    context = {
        "people": people,
        "around": queries.around(today),
        "missing": queries.services_without_member(people),
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
        return page(request, "team/place.html", {"form": form, "person": user}, 422 if form.is_bound else 200)
    try:
        actions.set_place(user=user, by=by, **form.cleaned_data | {"seen": form.was_seen})
    except Overtaken as error:
        stands = _place_now(user)
        form.told(str(error), stands["seen"], stands)
        return page(request, "team/place.html", {"form": form, "person": user}, 422)
    except Refused as error:
        form.add_error(None, str(error))
        return page(request, "team/place.html", {"form": form, "person": user}, 422)
    return HttpResponseRedirect(reverse("team.team"))


def _place_now(user: User) -> dict[str, Any]:
    place = queries.place_of(user)
    stands = {"service": (place.service if place else "") or user.service, "seen": queries.as_seen(place)}
    return stands | ({"since": place.since, "rite_until": place.rite_until, "deputy": place.deputy} if place else {})
