"""Outreach: what was done, one activity, the plan in rings, cards to print, and the year."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tenants.outreach import access, actions, queries
from tenants.outreach.forms import ActivityForm, NumbersForm, initial_of
from tenants.outreach.models import Activity
from varde.access import Permission, allow, reader
from varde.clock import now
from varde.identity.queries import people
from varde.refusal import Overtaken, Refused
from varde.ui.dates import day_of
from varde.ui.shortcuts import back_with, page

READ_AND_SEND = ["GET", "HEAD", "POST"]
PAGE_SIZE = 50


def _back(request: HttpRequest, said: str) -> HttpResponse:
    return back_with(request, said, "/informasjon")


@allow(Permission.OUTREACH_SEE)
@require_GET
def activities(request: HttpRequest) -> HttpResponse:
    """The activities, what the year still asks for, and the plan in rings."""
    by, today = reader(request), day_of(now())
    access.note_read(by)
    rows = Paginator(queries.activities(), PAGE_SIZE).get_page(request.GET.get("side"))
    context = {
        "rows": rows.object_list,
        "page": rows,
        "sentences": queries.sentences(today.year, today),
        "rings": queries.plan(today),
        "year": today.year,
        "today": today,
        "may_write": access.may_write(by),
    }
    return page(request, "outreach/list.html", context)


@allow(Permission.OUTREACH)
@require_http_methods(READ_AND_SEND)
def new(request: HttpRequest) -> HttpResponse:
    """A new activity."""
    access.note_read(reader(request))
    return _activity_page(request, None)


@allow(Permission.OUTREACH_SEE)
@require_http_methods(READ_AND_SEND)
def activity(request: HttpRequest, activity_id: UUID) -> HttpResponse:
    """One activity: to read, and for the team to change."""
    by = reader(request)
    found = access.activity_for(by, activity_id)
    if access.may_write(by):
        return _activity_page(request, found)
    if request.method == "POST":
        raise Http404
    return page(request, "outreach/activity.html", {"row": found})


def _activity_page(request: HttpRequest, found: Activity | None) -> HttpResponse:
    posted = request.POST if request.method == "POST" else None
    initial = initial_of(found) | {"seen": queries.as_seen(found)} if found else {}
    form = ActivityForm(posted, initial=initial, people=people(), today=day_of(now()))
    if posted is not None and form.is_valid():
        by, told = reader(request), form.typed()
        try:
            actions.save_activity(activity=found, told=told, responsible=form.chosen(), seen=form.was_seen, by=by)
        except Overtaken as error:
            found = access.activity_for(by, found.pk) if found else None
            if found:
                form.told(str(error), queries.as_seen(found), initial_of(found))
        except Refused as error:
            form.add_error(None, str(error))
        else:
            return _back(request, "Aktiviteten er lagret.")
    return page(request, "outreach/edit.html", {"form": form, "row": found}, status=422 if posted is not None else 200)


@allow(Permission.OUTREACH)
@require_POST
def remove(request: HttpRequest, activity_id: UUID) -> HttpResponse:
    """It did not take place."""
    by = reader(request)
    actions.remove_activity(activity=access.activity_for(by, activity_id), by=by)
    return _back(request, "Aktiviteten er slettet.")


@allow(Permission.OUTREACH)
@require_http_methods(READ_AND_SEND)
def numbers(request: HttpRequest) -> HttpResponse:
    """How many there are to reach."""
    by = reader(request)
    form = NumbersForm(request.POST if request.method == "POST" else None, initial=_numbers_now())
    if form.is_bound and form.is_valid():
        try:
            actions.set_numbers(by=by, **form.cleaned_data | {"seen": form.was_seen})
        except Overtaken as error:
            stands = _numbers_now()
            form.told(str(error), stands["seen"], stands)
        else:
            return _back(request, "Planen er lagret.")
    access.note_read(by, "outreach.plan")
    return page(request, "outreach/numbers.html", {"form": form}, status=422 if form.is_bound else 200)


def _numbers_now() -> dict[str, Any]:
    found = queries.numbers()
    if found is None:
        return {"started_on": day_of(now()), "seen": ""}
    return {name: getattr(found, name) for name in ("staff", "inhabitants", "started_on")} | {"seen": str(found.pk)}
