"""During a call: one page that saves itself, a list of those that go on, and one click for what was no concern."""

import uuid
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_http_methods, require_safe

from tenants.inbox import calls_access, calls_actions
from tenants.inbox.actions import KeyUsed
from tenants.inbox.calls_forms import CallForm, KnownForm, typed_fields
from tenants.inbox.calls_known import NUMBER, as_note, says_something
from tenants.inbox.calls_models import Call
from tenants.inbox.calls_states import NO_MATTER, Fields, TooMuch, filled
from tenants.inbox.home import home_of
from tenants.inbox.models import Concern
from varde.access import Permission, Reader, allow, reader
from varde.clock import now
from varde.ui.dates import clock_time
from varde.ui.refusals import refusal_on
from varde.ui.shortcuts import back_with, page

HOME = "/innboks/samtale"
KNOWN = "known"
NOTHING_TO_WRITE = "Skriv hva som ble sagt, så legges det i saken."
AUTOSAVE = "X-Varde-Autosave"
_ASIDE = (
    "Samtalen er skrevet på i et annet vindu samtidig. Ingenting er borte: det du skrev her, er tatt vare på, og begge "
    "tekstene blir med når samtalen registreres."
)
_PRESS_AGAIN = "Se gjennom, og trykk en gang til."
_LOAD_AGAIN = "Last inn siden for å se begge."
_MOVED = "Samtalen var allerede registrert fra et annet vindu. Det du skrev her, er lagret som en ny samtale."
_SURE = "Det du har skrevet, blir slettet når dette ikke er en sak. Trykk en gang til hvis det er riktig."


@allow(Permission.CONCERN_REGISTER)
@require_safe
def begin(request: HttpRequest) -> HttpResponse:
    """The phone rings: an empty page to write on. Nothing is stored before something has been written."""
    return _page(request, uuid.uuid4(), CallForm(), 0, {})


@allow(Permission.CONCERN_REGISTER)
@require_http_methods(["GET", "HEAD", "POST"])
def call(request: HttpRequest, call_id: UUID) -> HttpResponse:
    """One call: a POST saves it, registers it or ends it, by the button that was pressed."""
    if request.method != "POST":
        return _shown(request, calls_access.call_for(reader(request), call_id))
    pressed = request.POST.get("gjor", "lagre")
    if pressed in dict(NO_MATTER) and not (pressed == KNOWN and _has_words(request)):
        return _end(request, call_id, pressed)
    if pressed in ("registrer", KNOWN) and (again := _before(request, call_id)):
        return again
    try:
        saved = calls_actions.save(call_id=call_id, typed=_typed(request), by=reader(request))
    except TooMuch as error:
        return _too_much(request, call_id, error)
    return _kept(saved) if AUTOSAVE in request.headers else _answered(request, saved, pressed)


def _answered(request: HttpRequest, saved: calls_actions.Saved, pressed: str) -> HttpResponse:
    """What was written is kept; now what the button said."""
    if saved.moved:
        messages.warning(request, _MOVED)
    if saved.aside:
        return _shown(request, saved.call, status=409, error=f"{_ASIDE} {_PRESS_AGAIN}")
    if pressed == "registrer" and not saved.moved:
        return _register(request, saved.call)
    if pressed == KNOWN and not saved.moved:
        return _into_matter(request, saved.call)
    return back_with(request, "Lagret. Samtalen er fortsatt åpen.", f"{HOME}/{saved.call.id}")


def _typed(request: HttpRequest) -> calls_actions.Typed:
    version = request.POST.get("version", "0")
    number = int(version) if version.isascii() and version.isdigit() and len(version) < 9 else 0
    return calls_actions.Typed(typed_fields(request), number, request.POST.get("vindu", ""))


def _kept(saved: calls_actions.Saved) -> JsonResponse:
    """For the script: what it writes on from now on."""
    said = f"{_ASIDE} {_LOAD_AGAIN}" if saved.aside else _MOVED if saved.moved else ""
    content = {
        "kept": True,
        "aside": saved.aside,
        "version": None if saved.aside else saved.call.version,
        "address": f"{HOME}/{saved.call.id}",
        "said": said or f"Lagret {clock_time(saved.call.saved_at)}",
    }
    return JsonResponse(content, headers={"Cache-Control": "no-store"})


def _too_much(request: HttpRequest, call_id: UUID, error: TooMuch) -> HttpResponse:
    if AUTOSAVE in request.headers:
        return JsonResponse({"kept": False, "said": str(error)}, headers={"Cache-Control": "no-store"})
    form = CallForm(request.POST)
    form.add_error(None, str(error))
    return _page(request, call_id, form, _typed(request).version, {}, 422)


def _shown(request: HttpRequest, found: Call, *, status: int = 200, error: str = "") -> HttpResponse:
    """The call as it is kept, with what other windows wrote beside it."""
    form = CallForm(initial=found.told.get("fields", {}))
    return _page(request, found.id, form, found.version, found.told.get("aside", {}), status, error)


def _page(
    request: HttpRequest,
    call_id: UUID,
    form: CallForm,
    version: int,
    aside: dict[str, Fields],
    status: int = 200,
    error: str = "",
    sure: str = "",
) -> HttpResponse:
    by = reader(request)
    context: dict[str, Any] = {
        "call_id": call_id,
        "form": form,
        "version": version,
        "window": uuid.uuid4().hex[:12],
        "aside": _in_words(form, aside),
        "error": error,
        "sure": sure,
        "kinds": NO_MATTER,
        "known": KNOWN,
        "going_on": calls_access.calls_for(by),
        "left": calls_access.left_by_others(now()),
        "may_read": by.may(Permission.INBOX_READ),
        "figures": calls_access.figures(),
    }
    response = page(request, "inbox/call.html", context, status=status)
    response.stands = True  # type: ignore[attr-defined]  # what was written is kept, whatever is wrong with it
    return response


def _in_words(form: CallForm, aside: dict[str, Fields]) -> list[list[dict[str, str]]]:
    return [
        [{"label": str(form.fields[name].label), "value": text} for name, text in fields.items() if name in form.fields]
        for fields in aside.values()
    ]


def _before(request: HttpRequest, call_id: UUID) -> HttpResponse | None:
    """The answer was lost on the way, or the button was pressed twice."""
    key = calls_actions.laid_in(call_id, typed_fields(request), reader(request))
    there = Concern.objects.filter(id=key).first() if key else None
    return _laid(request, there) if there else _registered_before(request, call_id)


def _registered_before(request: HttpRequest, call_id: UUID) -> HttpResponse | None:
    """The same words give the same receipt. None for other words."""
    form = _form_of(call_id, typed_fields(request))
    if not calls_actions.is_over(call_id, reader(request)) or not form.is_valid():
        return None
    try:
        return _registered(request, Call(id=call_id), form)
    except KeyUsed:
        return None


def _register(request: HttpRequest, found: Call) -> HttpResponse:
    form = _form_of(found.id, found.told["fields"])
    if not form.is_valid():
        return _page(request, found.id, form, found.version, found.told.get("aside", {}), 422)
    try:
        return _registered(request, found, form)
    except KeyUsed:
        form.add_error(None, _MOVED)
        return _page(request, uuid.uuid4(), form, 0, {}, 409)


def _form_of(call_id: UUID, fields: Fields) -> CallForm:
    return CallForm(_sent(call_id, fields))


def _sent(call_id: UUID, fields: Fields) -> Fields:
    return {"reporter_kind": "privat"} | fields | {"idempotency_key": call_id.hex}


def _registered(request: HttpRequest, found: Call, form: CallForm) -> HttpResponse:
    by = reader(request)
    got = calls_actions.finish(call=found, told=form.told(), by=by)
    context = {"receipt": got.receipt, "got": got, "may_read": _sees(by, got.concern_id), "after_call": True}
    context["call_id"] = found.id
    return page(request, "inbox/registered.html", context, status=201)


def _sees(by: Reader, concern_id: UUID) -> bool:
    return by.may(Permission.INBOX_READ) and Concern.objects.filter(id=concern_id).exists()


def _has_words(request: HttpRequest) -> bool:
    return filled(
        {name: text for name, text in typed_fields(request).items() if name not in ("reporter_kind", "acute")}
    )


def _into_matter(request: HttpRequest, found: Call) -> HttpResponse:
    """The words become a note in the matter of that number. For somebody who may not read matters nothing is looked up:
    it is registered as a concern that says the number, the same whether there is such a matter or not."""
    by, fields, aside = reader(request), found.told["fields"], found.told.get("aside", {})
    form = KnownForm(_sent(found.id, fields))
    if form.is_valid() and not by.may(Permission.INBOX_READ):
        return _register(request, found)
    windows = [form.in_words(each) for each in (fields, *aside.values())]
    if form.is_valid() and not says_something(windows):
        form.add_error("what", NOTHING_TO_WRITE)
    if form.is_valid():
        with refusal_on(form, NUMBER):
            concern = calls_access.named_for(by, fields[NUMBER])
            calls_actions.into_matter(call=found, concern=concern, note=as_note(windows, found.started_at), by=by)
            return _laid(request, concern)
    return _page(request, found.id, form, found.version, aside, 422)


def _laid(request: HttpRequest, concern: Concern) -> HttpResponse:
    home = home_of(concern)
    return back_with(
        request, f"Samtalen er lagt som notat i {home.name[0].lower()}{home.name[1:]}, og er talt.", home.address
    )


def _end(request: HttpRequest, call_id: UUID, kind: str) -> HttpResponse:
    """One click when nothing was written; with words on the page the second click says that they may go."""
    if _has_words(request) and request.POST.get("sikker") != kind:
        return _page(
            request, call_id, CallForm(initial=typed_fields(request)), _typed(request).version, {}, 422, _SURE, kind
        )
    calls_actions.end(call_id=call_id, kind=kind, by=reader(request))
    return back_with(
        request, f"Talt som «{dict(NO_MATTER)[kind]}» {clock_time(now())}. Ingenting av samtalen er lagret.", HOME
    )
