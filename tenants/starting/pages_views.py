"""The steps that have pages of their own: the public page, the number, the test, the letter to Bufdir, and opening."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods

from shared.codes.starting import by_code
from shared.registry.facts_actions import facts_seen, own_facts
from shared.registry.queries import facts, region_of
from tenants.starting import access, actions, queries
from tenants.starting.forms import BackForm, LetterForm, LooksForm, NumberForm, WordForm
from tenants.starting.papers import Start, letter
from tenants.starting.steps import Known, in_the_way, unanswered
from varde.access import Permission, Role, allow, reader
from varde.audit.actions import Action, record
from varde.clock import now
from varde.documents.serving import paper_download
from varde.identity.queries import people
from varde.notify.mail import address
from varde.refusal import Overtaken, Refused
from varde.tenancy.directory import facts_of
from varde.ui.dates import day_of
from varde.ui.seen import SeenForm
from varde.ui.shortcuts import back_with, page

READ_AND_SEND = ["GET", "HEAD", "POST"]
HERE = "/oppstart"
_LOOKS, _PHONE = tuple(sorted(actions.LOOKS)), tuple(sorted(actions.PHONE))


def _stands(request: HttpRequest, names: tuple[str, ...]) -> dict[str, Any]:
    known = own_facts(reader(request))
    return {name: getattr(known, name) for name in names} | {"seen": facts_seen(known, names)}


@allow(Permission.STARTING)
@require_http_methods(READ_AND_SEND)
def looks(request: HttpRequest) -> HttpResponse:
    """Colours, ordinary contact and the accessibility statement."""
    by, stands = reader(request), _stands(request, _LOOKS)
    form = LooksForm(request.POST if request.method == "POST" else None, initial=stands)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            actions.set_looks(facts=given, text="Siden er sett over.", seen=form.was_seen, by=by)
        except Overtaken as error:
            stands = _stands(request, _LOOKS)
            form.told(str(error), stands["seen"], stands)
        except Refused as error:
            form.add_error(None, str(error))
        else:
            return back_with(request, "Siden er lagret, og innbyggerne ser den slik nå.", HERE)
    access.note_read(by)
    context = {"form": form, "cards": by.may(Permission.OUTREACH_SEE)}
    return page(request, "starting/looks.html", context, status=422 if form.is_bound else 200)


@allow(Permission.STARTING)
@require_http_methods(READ_AND_SEND)
def phone(request: HttpRequest) -> HttpResponse:
    """The number and when it is answered; what the region has published stands above, and goes before."""
    by, stands = reader(request), _stands(request, _PHONE)
    form = NumberForm(request.POST if request.method == "POST" else None, initial=stands)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            actions.set_phone(phone=given["phone"], hours=given["phone_hours"], seen=form.was_seen, by=by)
        except Overtaken as error:
            stands = _stands(request, _PHONE)
            form.told(str(error), stands["seen"], stands)
        except Refused as error:
            form.add_error(None, str(error))
        else:
            return back_with(request, "Nummeret er lagret.", HERE)
    access.note_read(by)
    context = {"form": form, "published": bool(facts_of(by.office).get("phone_service")), "shown": facts(by.office)}
    return page(request, "starting/phone.html", context, status=422 if form.is_bound else 200)


@allow(Permission.STARTING)
@require_http_methods(READ_AND_SEND)
def trial(request: HttpRequest) -> HttpResponse:
    """What was asked for, what came and who opened it. POST asks for one."""
    by = reader(request)
    status = 200
    if request.method == "POST":
        try:
            actions.ask_for_test(by=by)
        except Refused as error:
            messages.error(request, str(error))
            status = 422
        else:
            return back_with(
                request,
                "Prøvemeldingen er bestilt. Den kommer på forsiden til teamet om et minutt eller to.",
                f"{HERE}/prove",
            )
    access.note_read(by)
    context = {
        "asked": queries.asked(),
        "trials": queries.trials(),
        "region": region_of(by.office),
        "opens": by.may(Permission.INBOX_READ),
    }
    return page(request, "starting/trial.html", context, status=status)


@allow(Permission.STARTING)
@require_http_methods(READ_AND_SEND)
def bufdir(request: HttpRequest) -> HttpResponse:
    """The letter, and whether somebody has sent it. POST says so, or takes it back."""
    by, chosen = reader(request), by_code()["bufdir"]
    back = "tilbake" in request.POST
    initial = {"seen": queries.seen_of("bufdir")}
    posted = request.POST if request.method == "POST" else None
    form: SeenForm = BackForm(posted) if back else WordForm(posted, initial=initial, step=chosen)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        said = {"text": given.get("text", ""), "day": given.get("day"), "state": "open" if back else "done"}
        try:
            actions.say(step=chosen, seen=form.was_seen, by=by, **said)
        except Overtaken as error:
            form.told(str(error), queries.seen_of("bufdir"), {})
        except Refused as error:
            form.add_error(None, str(error))
        else:
            return back_with(request, "Lagret.", HERE)
    access.note_read(by)
    return page(request, "starting/bufdir.html", _bufdir(request, form), status=422 if form.is_bound else 200)


def _bufdir(request: HttpRequest, form: SeenForm) -> dict[str, Any]:
    by = reader(request)
    known, words = queries.known(by, day_of(now())), queries.words()
    seen = {"seen": queries.seen_of("bufdir")}
    return {
        "form": form if isinstance(form, WordForm) else WordForm(initial=seen, step=by_code()["bufdir"]),
        "back": BackForm(initial=seen, auto_id="back_%s"),
        "day": LetterForm(initial={"dag": known.started_on or day_of(now())}),
        "word": words.get("bufdir"),
        "lacks": _lacks(known),
    }


def _lacks(known: Known) -> list[str]:
    wanted = ((known.coordinators, "koordinator"), (known.phone, "telefonnummer"))
    return [name for has, name in wanted if not has]


@allow(Permission.STARTING)
@require_GET
def bufdir_letter(request: HttpRequest) -> Any:
    """The letter as PDF, with the day that `dag` says."""
    by, form = reader(request), LetterForm(request.GET)
    if not form.is_valid():
        access.note_read(by)
        context = _bufdir(request, BackForm()) | {"day": form}
        return page(request, "starting/bufdir.html", context)
    record(by=by, action=Action.PRINT, what="starting.letter", ids=[by.office.id])
    return paper_download(letter(_start(request, form.cleaned_data["dag"]), now()), "brev-til-bufdir")


def _start(request: HttpRequest, day: date) -> Start:
    by = reader(request)
    registry, region = facts(by.office), region_of(by.office)
    return Start(
        kommune=by.office.name, number=by.office.number, region=region.name if region else "",
        coordinators=tuple((one.name, one.email) for one in people(Role.COORDINATOR)),
        phone=registry.phone, hours=registry.phone_hours, address=address(by.office), starts_on=day,
    )  # fmt: skip


@allow(Permission.STARTING)
@require_http_methods(READ_AND_SEND)
def open_here(request: HttpRequest) -> HttpResponse:
    """What happens when the phone opens, and what is in the way. POST opens it."""
    by, said = reader(request), ""
    if request.method == "POST":
        try:
            actions.open_phone(by=by)
        except Refused as error:
            said = str(error)
        else:
            return back_with(request, "TryggEst er i gang her. Innbyggerne ser nummeret, og meldinger kan komme.", HERE)
    access.note_read(by)
    known = queries.known(by, day_of(now()))
    context = {
        "left": in_the_way(queries.standing(by)),
        "shown": facts(by.office),
        "open": bool(known.has_team and known.started_on),
        "unanswered": unanswered(known),
        "said": said,
    }
    return page(request, "starting/open.html", context, status=422 if said else 200)
