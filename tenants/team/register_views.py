"""The team's register: what everybody has learnt, what ends, who has how much, and how the team is run."""

from uuid import UUID

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods

from shared.codes.elearning import as_typed
from tenants.team import register, register_access, register_actions, register_queries
from tenants.team.queries import TEAM
from tenants.team.register_forms import (
    ChecklistForm,
    HandOverForm,
    HeirForm,
    HoursForm,
    MandateForm,
    ModulesForm,
    RoutineForm,
    TrainingForm,
    WrongForm,
)
from tenants.team.register_models import Routine, Training
from varde.access import Permission, Role, allow, reader
from varde.clock import now
from varde.identity.models import User
from varde.identity.queries import people
from varde.refusal import Overtaken, Refused
from varde.ui.dates import day_of, short_date
from varde.ui.refusals import refusal_on
from varde.ui.shortcuts import back_with, page

READ_AND_SEND = ["GET", "HEAD", "POST"]
_ROUTINE = ("title", "place", "review_on")


def _team() -> list[User]:
    return people(*TEAM)


def _back(said: str, request: HttpRequest, part: str = "") -> HttpResponse:
    return back_with(request, said, f"/team/register{part}")


def _form_page(request: HttpRequest, form: Form, heading: str, lead: str = "") -> HttpResponse:
    context = {"form": form, "heading": heading, "lead": lead}
    return page(request, "team/register_form.html", context, status=422 if form.is_bound else 200)


@allow(Permission.TEAM_REGISTER)
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """Everything in the register."""
    by, today = reader(request), day_of(now())
    register_access.note_read(by)
    loads = register.loads([one.id for one in _team()]) if by.may(Permission.CASES) else []
    found = register_queries.people(today, loads)
    context = {
        "people": found,
        "warnings": register_queries.warnings(found, today),
        "wrong": register_queries.wrong(),
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
    form = TrainingForm(posted, people=_team(), today=day_of(now()), modules=register_queries.modules())
    if posted is not None and form.is_valid():
        with refusal_on(form):
            register_actions.add_training(user=form.chosen("user"), done=form.done(), by=reader(request))
            return _back("Opplæringen er ført.", request)
    register_access.note_read(reader(request))
    return _form_page(request, form, "Før opplæring")


@allow(Permission.SETTINGS)
@require_http_methods(READ_AND_SEND)
def wrong_training(request: HttpRequest, training_id: UUID) -> HttpResponse:
    """A training was entered by mistake, for instance on somebody else."""
    row = register_access.training_for(reader(request), training_id)
    form = WrongForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        with refusal_on(form):
            register_actions.take_back_training(training=row, reason=form.cleaned_data["reason"], by=reader(request))
            return _back(_gone(row), request)
    context = {"form": form, "row": row, "label": register_queries.label_of(row)}
    return page(request, "team/training_wrong.html", context, status=422 if form.is_bound else 200)


def _gone(row: Training) -> str:
    if row.kind != "rite":
        return "Merket som feilført."
    until = register_queries.place_until(row.user)
    return f"Merket som feilført. RITE for {row.user.name}: {f'til {short_date(until)}' if until else 'ikke oppgitt'}."


@allow(Permission.SETTINGS)
@require_http_methods(READ_AND_SEND)
def modules(request: HttpRequest) -> HttpResponse:
    """The kommune's own list of modules."""
    posted = request.POST if request.method == "POST" else None
    form = ModulesForm(posted, initial=_modules_now())
    if posted is not None and form.is_valid():
        try:
            register_actions.load_modules(modules=form.cleaned_data["modules"], seen=form.was_seen, by=reader(request))
        except Overtaken as error:
            stands = _modules_now()
            form.told(str(error), stands["seen"], stands)
        else:
            return _back("Listen er byttet.", request)
    register_access.note_read(reader(request))
    lead = "Måneder er hvor lenge modulen gjelder, 0 for alltid. Det som er ført før, blir stående."
    return _form_page(request, form, "E-læringsmoduler", lead)


@allow(Permission.SETTINGS)
@require_http_methods(READ_AND_SEND)
def hours(request: HttpRequest) -> HttpResponse:
    """Hours a week of a role."""
    posted = request.POST if request.method == "POST" else None
    form = HoursForm(posted, initial={"valid_from": day_of(now())})
    if posted is not None and form.is_valid():
        register_actions.set_hours(by=reader(request), **form.cleaned_data)
        return _back("Timene er ført.", request, "#timer")
    register_access.note_read(reader(request))
    return _form_page(request, form, "Timer per rolle")


@allow(Permission.SETTINGS)
@require_http_methods(READ_AND_SEND)
def mandate(request: HttpRequest) -> HttpResponse:
    """A new version of the mandate."""
    posted = request.POST if request.method == "POST" else None
    form = MandateForm(posted, initial=_mandate_now(), today=day_of(now()))
    if posted is not None and form.is_valid():
        try:
            register_actions.write_mandate(by=reader(request), **form.cleaned_data | {"seen": form.was_seen})
        except Overtaken as error:
            stands = _mandate_now()
            form.told(str(error), stands["seen"], stands)
        else:
            return _back("Mandatet er lagret. De tidligere utgavene står fortsatt.", request, "#mandat")
    register_access.note_read(reader(request))
    return _form_page(request, form, "Mandat")


@allow(Permission.SETTINGS)
@require_http_methods(READ_AND_SEND)
def routine(request: HttpRequest, routine_id: UUID | None = None) -> HttpResponse:
    """A new routine, or one to change."""
    by = reader(request)
    found = register_access.routine_for(by, routine_id) if routine_id else None
    initial = _routine_now(found) | {"seen": register_queries.as_seen(found)} if found else {}
    posted = request.POST if request.method == "POST" else None
    form = RoutineForm(posted, initial=initial, people=people(), today=day_of(now()))
    if posted is not None and form.is_valid():
        plain = {name: form.cleaned_data[name] for name in (*_ROUTINE, "reviewed")}
        owner = form.chosen("owner")
        try:
            register_actions.save_routine(routine=found, owner=owner, seen=form.was_seen, by=by, **plain)
        except Overtaken as error:
            found = register_access.routine_for(by, found.pk) if found else None
            if found:
                form.told(str(error), register_queries.as_seen(found), _routine_now(found))
        else:
            return _back("Rutinen er lagret.", request, "#rutiner")
    register_access.note_read(by)
    return _form_page(request, form, "Endre rutine" if found else "Ny rutine")


def _modules_now() -> dict[str, str]:
    own = register_queries.newest_modules()
    return {"modules": as_typed(register_queries.modules()), "seen": str(own.pk) if own else ""}


def _mandate_now() -> dict[str, str]:
    newest = register_queries.newest_mandate()
    return {"text": newest.text, "seen": str(newest.pk)} if newest else {"text": "", "seen": ""}


def _routine_now(found: Routine) -> dict[str, object]:
    return {name: getattr(found, name) for name in _ROUTINE} | {"owner": str(found.owner_id)}


@allow(Permission.SETTINGS)
@require_http_methods(READ_AND_SEND)
def leave(request: HttpRequest) -> HttpResponse:
    """A coordinator is to leave."""
    posted = request.POST if request.method == "POST" else None
    form = HandOverForm(posted, people=_team(), today=day_of(now()))
    if posted is not None and form.is_valid():
        values = {"leaving": form.chosen("leaving"), "heir": form.chosen("heir")}
        with refusal_on(form):
            row = register_actions.begin_handover(last_day=form.cleaned_data["last_day"], by=reader(request), **values)
            return _back("Overleveringen er i gang.", request, f"/overlevering/{row.id}")
    register_access.note_read(reader(request))
    return _form_page(request, form, "Koordinator slutter", "Sjekklisten må være gjort før overleveringen er fullført.")


@allow(Permission.SETTINGS)
@require_http_methods(READ_AND_SEND)
def handover(request: HttpRequest, handover_id: UUID) -> HttpResponse:
    """The checklist of a hand-over: save what is done, or (`fullfor`) end it."""
    by = reader(request)
    found = register_access.handover_for(by, handover_id)
    posted = request.POST if request.method == "POST" else None
    form = ChecklistForm(posted, initial={"done": list(found.done), "seen": register_queries.ticked(found)})
    if posted is not None and form.is_valid():
        try:
            register_actions.tick(handover=found, codes=form.cleaned_data["done"], seen=form.was_seen, by=by)
            if "fullfor" in posted:
                found.refresh_from_db()
                register_actions.end_handover(handover=found, by=by)
        except Overtaken as error:
            found = register_access.handover_for(by, handover_id)
            form.told(str(error), register_queries.ticked(found), {"done": list(found.done)})
        except Refused as error:
            form.add_error(None, str(error))
        else:
            return _back("Lagret.", request, f"/overlevering/{found.id}")
    sees, held = by.has(Role.COORDINATOR), register.holding(found.leaving_id)
    context = {"form": form, "row": found, "held": held if sees else [], "sees": sees}
    return page(request, "team/handover.html", context, status=422 if posted is not None else 200)


@allow(Permission.SETTINGS)
@require_http_methods(READ_AND_SEND)
def handover_change(request: HttpRequest, handover_id: UUID) -> HttpResponse:
    """Another heir or another day; `avbryt` calls it off."""
    by = reader(request)
    found = register_access.handover_for(by, handover_id)
    posted = request.POST if request.method == "POST" else None
    now_said = {"heir": str(found.heir_id), "last_day": found.last_day}
    form = HeirForm(posted, people=_team(), today=day_of(now()), initial=now_said)
    with refusal_on(form):
        if posted is not None and "avbryt" in posted:
            register_actions.call_off_handover(handover=found, by=by)
            return _back("Overleveringen er avbrutt.", request)
        if posted is not None and form.is_valid():
            heir, last_day = form.chosen("heir"), form.cleaned_data["last_day"]
            register_actions.change_handover(handover=found, heir=heir, last_day=last_day, by=by)
            return _back("Overleveringen er endret.", request, f"/overlevering/{found.id}")
    context = {"form": form, "row": found}
    return page(request, "team/handover_change.html", context, status=422 if posted is not None else 200)
