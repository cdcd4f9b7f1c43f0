"""The team's register: what everybody has learnt, what ends, who has how much, and how the team is run."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_GET, require_http_methods

from shared.codes.elearning import as_typed
from tenants.team import register, register_access, register_actions, register_queries
from tenants.team.queries import TEAM
from tenants.team.register import Refused
from tenants.team.register_forms import (
    ChecklistForm,
    HandOverForm,
    HoursForm,
    MandateForm,
    ModulesForm,
    RoutineForm,
    TrainingForm,
)
from varde.access import Permission, allow, reader
from varde.clock import now
from varde.identity.models import User
from varde.identity.queries import people
from varde.ui.dates import day_of
from varde.ui.shortcuts import page

READ_AND_SEND = ["GET", "HEAD", "POST"]


def _today() -> date:
    return day_of(now())


def _team() -> list[User]:
    return people(*TEAM)


def _see_other(said: str, request: HttpRequest, part: str = "") -> HttpResponse:
    messages.success(request, said)
    return HttpResponseRedirect(f"/team/register{part}", status=303)


def _form_page(request: HttpRequest, form: Form, heading: str, lead: str = "") -> HttpResponse:
    context = {"form": form, "heading": heading, "lead": lead}
    return page(request, "team/register_form.html", context, status=422 if form.is_bound else 200)


@allow(Permission.TEAM_REGISTER)
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """Everything in the register."""
    by, today = reader(request), _today()
    register_access.note_read(by)
    loads = register.loads([one.id for one in _team()]) if by.may(Permission.CASES) else []
    found = register_queries.people(today, loads)
    context = {
        "people": found,
        "warnings": register_queries.warnings(found, today),
        "loads": loads,
        "mandates": register_queries.mandates(),
        "routines": [(one, register.standing(one.review_on, today)) for one in register_queries.routines()],
        "handovers": register_queries.handovers(),
        "hours": register_queries.hours(today),
        "modules": register_queries.modules(),
        "may_edit": by.may(Permission.SETTINGS),
    }
    return page(request, "team/register.html", context)


@allow(Permission.SETTINGS)
@require_http_methods(READ_AND_SEND)
def training(request: HttpRequest) -> HttpResponse:
    """Somebody has done something."""
    posted = request.POST if request.method == "POST" else None
    form = TrainingForm(posted, people=_team(), today=_today(), modules=register_queries.modules())
    if posted is not None and form.is_valid():
        try:
            register_actions.add_training(user=form.chosen("user"), done=form.done(), by=reader(request))
        except Refused as error:
            form.add_error(None, str(error))
        else:
            return _see_other("Opplæringen er ført.", request)
    register_access.note_read(reader(request))
    return _form_page(request, form, "Før opplæring")


@allow(Permission.SETTINGS)
@require_http_methods(READ_AND_SEND)
def modules(request: HttpRequest) -> HttpResponse:
    """The kommune's own list of modules."""
    posted = request.POST if request.method == "POST" else None
    form = ModulesForm(posted, initial={"modules": as_typed(register_queries.modules())})
    if posted is not None and form.is_valid():
        register_actions.load_modules(modules=form.cleaned_data["modules"], by=reader(request))
        return _see_other("Lista er byttet.", request)
    register_access.note_read(reader(request))
    lead = "Måneder er hvor lenge modulen gjelder, 0 for alltid. Det som er ført før, blir stående."
    return _form_page(request, form, "E-læringsmoduler", lead)


@allow(Permission.SETTINGS)
@require_http_methods(READ_AND_SEND)
def hours(request: HttpRequest) -> HttpResponse:
    """Hours a week of a role."""
    posted = request.POST if request.method == "POST" else None
    form = HoursForm(posted, initial={"valid_from": _today()})
    if posted is not None and form.is_valid():
        register_actions.set_hours(by=reader(request), **form.cleaned_data)
        return _see_other("Timene er ført.", request, "#timer")
    register_access.note_read(reader(request))
    return _form_page(request, form, "Timer per rolle")


@allow(Permission.SETTINGS)
@require_http_methods(READ_AND_SEND)
def mandate(request: HttpRequest) -> HttpResponse:
    """A new version of the mandate."""
    posted = request.POST if request.method == "POST" else None
    newest = next(iter(register_queries.mandates()), None)
    form = MandateForm(posted, initial={"text": newest.text if newest else ""}, today=_today())
    if posted is not None and form.is_valid():
        register_actions.write_mandate(by=reader(request), **form.cleaned_data)
        return _see_other("Mandatet er lagret. De tidligere utgavene står fortsatt.", request, "#mandat")
    register_access.note_read(reader(request))
    return _form_page(request, form, "Mandat")


@allow(Permission.SETTINGS)
@require_http_methods(READ_AND_SEND)
def routine(request: HttpRequest, routine_id: UUID | None = None) -> HttpResponse:
    """A new routine, or one to change."""
    by = reader(request)
    found = register_access.routine_for(by, routine_id) if routine_id else None
    names = ("title", "place", "review_on")
    initial = {name: getattr(found, name) for name in names} | {"owner": str(found.owner_id)} if found else {}
    posted = request.POST if request.method == "POST" else None
    form = RoutineForm(posted, initial=initial, people=people(), today=_today())
    if posted is not None and form.is_valid():
        plain = {name: form.cleaned_data[name] for name in (*names, "reviewed")}
        register_actions.save_routine(routine=found, owner=form.chosen("owner"), by=by, **plain)
        return _see_other("Rutinen er lagret.", request, "#rutiner")
    register_access.note_read(by)
    return _form_page(request, form, "Endre rutine" if found else "Ny rutine")


@allow(Permission.SETTINGS)
@require_http_methods(READ_AND_SEND)
def leave(request: HttpRequest) -> HttpResponse:
    """A coordinator is to leave."""
    posted = request.POST if request.method == "POST" else None
    form = HandOverForm(posted, people=_team(), today=_today())
    if posted is not None and form.is_valid():
        values = {"leaving": form.chosen("leaving"), "heir": form.chosen("heir")}
        try:
            row = register_actions.begin_handover(last_day=form.cleaned_data["last_day"], by=reader(request), **values)
        except Refused as error:
            form.add_error(None, str(error))
        else:
            return _see_other("Overleveringen er i gang.", request, f"/overlevering/{row.id}")
    register_access.note_read(reader(request))
    return _form_page(request, form, "Koordinator slutter", "Sjekklista må være gjort før overleveringen er fullført.")


@allow(Permission.SETTINGS)
@require_http_methods(READ_AND_SEND)
def handover(request: HttpRequest, handover_id: UUID) -> HttpResponse:
    """The checklist of a hand-over: save what is done, or (`fullfor`) end it."""
    by = reader(request)
    found = register_access.handover_for(by, handover_id)
    posted = request.POST if request.method == "POST" else None
    form = ChecklistForm(posted, initial={"done": list(found.done)})
    if posted is not None and form.is_valid():
        try:
            register_actions.tick(handover=found, codes=form.cleaned_data["done"], by=by)
            if "fullfor" in posted:
                found.refresh_from_db()
                register_actions.end_handover(handover=found, by=by)
        except Refused as error:
            form.add_error(None, str(error))
        else:
            return _see_other("Lagret.", request, f"/overlevering/{found.id}")
    context = {"form": form, "row": found, "held": register.held_by(found.leaving_id)}
    return page(request, "team/handover.html", context, status=422 if posted is not None else 200)
