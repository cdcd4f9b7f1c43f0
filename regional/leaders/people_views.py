"""Who sits: everybody in every place, the ones after them, and the places outside the rotation."""

from contextlib import suppress
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from regional.leaders import access, people_actions, people_queries, queries
from regional.leaders.people_forms import PersonForm, PlaceForm, initial_of_place, initial_of_term
from regional.leaders.people_models import Place, Term
from varde.access import Permission, allow, reader
from varde.clock import now
from varde.identity.models import User
from varde.refusal import Overtaken, Refused
from varde.ui.dates import day_of
from varde.ui.refusals import refusal_above, refusal_on
from varde.ui.shortcuts import back_with, page, see_other

READ_AND_SEND = ["GET", "HEAD", "POST"]
HERE = "/lederteam/folk"


@allow(Permission.LEADERS_READ)
@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """Every place today with who is in it, who is next, and what is to come."""
    by, today = reader(request), day_of(now())
    access.note_people(by)
    context = {
        "slots": queries.slots(by, today),
        "coming": people_queries.coming(today),
        "next": people_queries.next_period(by, today),
        "may": by.may(Permission.LEADERS_MANAGE),
        "table": queries.table_on(today),
        "phone": Place.objects.filter(answers_phone=True).exists(),
    }
    return page(request, "leaders/people.html", context)


@allow(Permission.LEADERS_MANAGE)
@require_http_methods(READ_AND_SEND)
def person_new(request: HttpRequest) -> HttpResponse:
    """Somebody in the place `?plass=`: its id, or a seat's name and kommune with a stroke between; else choose one."""
    by = reader(request)
    if request.method != "POST" and "plass" not in request.GET:
        return page(request, "leaders/person.html", {"slots": queries.slots(by, day_of(now()))})
    slot = people_queries.slot_of(request.GET.get("plass", ""))
    if slot is None:
        raise Http404
    since = _day(request.GET.get("fra", "")) or day_of(now())
    form = PersonForm(request.POST if request.method == "POST" else None, **_choices(), initial={"since": since})
    if form.is_bound and form.is_valid():
        with refusal_on(form):
            people_actions.seat_person(slot=slot, person=form.person(), by=by)
            return back_with(request, f"{form.cleaned_data['name']} er ført.", HERE)
    return page(request, "leaders/person.html", {"form": form, "slot": slot}, status=422 if form.errors else 200)


@allow(Permission.LEADERS_MANAGE)
@require_http_methods(READ_AND_SEND)
def person(request: HttpRequest, term_id: UUID) -> HttpResponse:
    """Correct who it is, or until when."""
    by = reader(request)
    term = access.term_for(by, term_id)
    data = request.POST if request.method == "POST" else None
    form = PersonForm(data, **_choices(), new=False, initial=initial_of_term(term))
    if form.is_bound and form.is_valid():
        try:
            people_actions.change_term(term=term, person=form.person(), by=by, seen=form.was_seen)
        except Overtaken as error:
            stands = initial_of_term(Term.objects.get(pk=term.pk))
            form.told(str(error), stands["seen"], stands)
        except Refused as error:
            form.add_error(None, str(error))
        else:
            return back_with(request, "Lagret.", HERE)
    return page(request, "leaders/person.html", {"form": form, "term": term}, status=422 if form.errors else 200)


@allow(Permission.LEADERS_MANAGE)
@require_POST
def person_wrong(request: HttpRequest, term_id: UUID) -> HttpResponse:
    """It was entered by mistake."""
    by = reader(request)
    with refusal_above(request):
        people_actions.take_back_term(term=access.term_for(by, term_id), by=by)
        messages.success(request, "Merket som feilført. Det teller ikke lenger, men blir stående.")
    return see_other(HERE)


@allow(Permission.LEADERS_MANAGE)
@require_http_methods(READ_AND_SEND)
def place_new(request: HttpRequest) -> HttpResponse:
    """A body or an office gets a place."""
    by = reader(request)
    data = request.POST if request.method == "POST" else None
    form = PlaceForm(data, kommuner=queries.kommuner_of(by), initial={"since": day_of(now()), "capacity": "fixed"})
    if form.is_bound and form.is_valid():
        with refusal_on(form):
            people_actions.add_place(asked=form.asked(), by=by)
            return back_with(request, "Plassen er lagt inn. Legg inn hvem som sitter i den.", HERE)
    return page(request, "leaders/place.html", {"form": form}, status=422 if form.errors else 200)


@allow(Permission.LEADERS_MANAGE)
@require_http_methods(READ_AND_SEND)
def place(request: HttpRequest, place_id: UUID) -> HttpResponse:
    """Correct a place, or end it with its last day."""
    by = reader(request)
    row = access.place_for(by, place_id)
    names = sorted({*queries.kommuner_of(by), *([row.kommune] if row.kommune else [])})
    form = PlaceForm(request.POST if request.method == "POST" else None, kommuner=names, initial=initial_of_place(row))
    if form.is_bound and form.is_valid():
        try:
            people_actions.change_place(place=row, asked=form.asked(), by=by, seen=form.was_seen)
        except Overtaken as error:
            stands = initial_of_place(Place.objects.get(pk=row.pk))
            form.told(str(error), stands["seen"], stands)
        except Refused as error:
            form.add_error(None, str(error))
        else:
            return back_with(request, "Lagret.", HERE)
    return page(request, "leaders/place.html", {"form": form, "row": row}, status=422 if form.errors else 200)


def _day(said: str) -> date | None:
    """From a link: the first day of a period to come."""
    with suppress(ValueError):
        return date.fromisoformat(said)
    return None


def _choices() -> dict[str, Any]:
    table = queries.newest_table()
    users = User.objects.here().order_by("name")
    return {"users": users, "kommuner": queries.names_in(table) if table else ()}
