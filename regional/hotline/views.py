"""The operator's console: one page per call, and a list that shows no content."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from regional.hotline import access, actions, desk_actions, queue_views
from regional.hotline.desk import (
    CHOSEN,
    SEEN,
    Desk,
    desk_of,
    language_of,
    offices,
    page_mark,
    seen_of,
    unlike,
    with_place,
)
from regional.hotline.forms import TOLD, CallForm, as_letter, has_words, of_earlier, typed
from regional.hotline.line import LANGUAGES, chosen, offered, said_on
from regional.hotline.models import Call
from regional.hotline.panels import above_console
from regional.hotline.rows import check_page
from regional.hotline.states import KINDS, UPDATE, WrongMove
from regional.phone.access import declared
from shared.post.keys import NoKey
from varde.access import Permission, Reader, allow, reader
from varde.clock import now
from varde.refusal import Overtaken, Refused
from varde.ui.shortcuts import page

CONSOLE = "/vakttelefon"
# Before the kind, on the button that says that the text goes.
SURE = "slett-"
# What a call was, with the letter that presses the button together with Alt.
ENDS = [(kind, dict(KINDS)[kind], letter) for kind, letter in (("wrong_number", "f"), ("advice", "d"), ("spam", "p"))]


def shown(
    request: HttpRequest, desk: Desk | None = None, status: int = 200, error: str = "", sure: str = ""
) -> HttpResponse:
    """The console, with a call or without."""
    by = reader(request)
    context: dict[str, Any] = {
        "desk": desk,
        "call": desk.call if desk else None,
        "languages": list(LANGUAGES.items()),
        "error": error,
        "kinds": ENDS,
        "update": UPDATE,
        "sure": sure,
        "above": above_console(request, by),
        "past": [] if desk else access.list_past(by),
    }
    context |= {"said": desk.said} if desk else _before_a_call(request, by)
    return page(request, "hotline/console.html", context | queue_views.context(request, desk), status=status)


def _before_a_call(request: HttpRequest, by: Reader) -> dict[str, Any]:
    """What is said on the line that is answered now, and the lines to choose between where there are several."""
    lines, on = offered(), chosen(request.GET.get("telefon", ""), by, now())
    said = said_on(on.id, language_of(request), by, on.service)
    return {"said": said, "lines_offered": lines if len(lines) > 1 else [], "line": on.id}


@require_GET
@allow(Permission.HOTLINE)
@declared
def console(request: HttpRequest) -> HttpResponse:
    """Own open calls, and what became of the latest ones."""
    return shown(request)


@require_POST
@allow(Permission.HOTLINE)
@declared
def new(request: HttpRequest) -> HttpResponse:
    """The phone rings."""
    by = reader(request)
    call = actions.start_call(by=by, line=request.POST.get("telefon", ""))
    if has_words(typed(request.POST, {})):  # written in a call that was over
        form = CallForm(request.POST, recipients=offices(request)[1])
        form.forgive()
        if form.errors:
            return queue_views.over_page(request, form)
        actions.save_draft(call_id=call.id, told=form.told({}), by=by)
    return redirect(f"{CONSOLE}/{call.id}")


@allow(Permission.HOTLINE)
@declared
def call(request: HttpRequest, call_id: UUID) -> HttpResponse:
    """One call; a POST saves it, sends it, gives it away or ends it, by the button that was pressed."""
    by = reader(request)
    if request.method != "POST":
        try:
            found = access.readable_call(call_id, by)
        except Http404:
            return queue_views.no_more(request, call_id)
        if found.state == "sent":
            return queue_views.sent_page(request, found)
        return shown(request, desk_of(request, found, own=access.list_open(by)))
    own = access.own_call_locked(call_id, by)
    pressed = request.POST.get("gjor", "lagre")
    if own.state == "sent" and pressed == "send-igjen":
        return queue_views.send_again(request, own)
    if own.state != "open":
        return queue_views.over(request, own)
    try:
        check_page(own, page=page_mark(request), seen=_seen(request))
    except Overtaken as problem:
        return _elsewhere(request, own, str(problem))
    return _pressed(request, own, pressed)


def _pressed(request: HttpRequest, own: Call, pressed: str) -> HttpResponse:
    if pressed == "lagre" or pressed.startswith(CHOSEN):
        return _save(request, own, with_place(request.POST, pressed.removeprefix(CHOSEN)))
    if pressed in desk_actions.BUTTONS or pressed.startswith(desk_actions.REMOVE):
        return _besides(request, own, pressed)
    written = typed(request.POST, own.told)
    if pressed == "send" or (pressed == UPDATE and has_words(written)):
        return _forward(request, own, earlier=pressed == UPDATE)
    if pressed in dict(KINDS) and (has_words(written) or own.acts):
        return _ask(request, own, pressed)
    return _end(request, own, pressed.removeprefix(SURE))


def _seen(request: HttpRequest) -> int | None:
    return seen_of(request, -1) if SEEN in request.POST else None


@require_POST
@allow(Permission.HOTLINE)
@declared
def draft(request: HttpRequest, call_id: UUID) -> HttpResponse:
    """What has been told so far, kept while the operator writes; answers with the time and the proposal."""
    by = reader(request)
    try:
        own = access.own_call_locked(call_id, by)
    except Http404:
        return _answer(request, {"unsaved": "Du har ikke lenger denne samtalen. Det du skrev nå, er ikke lagret."})
    form = CallForm(request.POST, initial=own.told, recipients=offices(request)[1])
    form.full_clean()
    told = form.told(own.told)
    try:
        saved = actions.save_draft(call_id=own.id, told=told, by=by, page=page_mark(request), seen=_seen(request))
    except WrongMove:
        return _answer(request, {"unsaved": "Samtalen er avsluttet. Det du skrev nå, er ikke lagret.", "over": True})
    except Overtaken:
        return _answer(
            request, {"unsaved": "Ikke lagret: samtalen er skrevet i fra en annen fane. Trykk «Lagre» for å se begge."}
        )
    kept = {"call": saved, "desk": desk_of(request, saved), "saved_at": now()}
    return _answer(request, kept | {"unkept": form.unkept, "against": form.errors.get("anonymous")})


def _answer(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    return page(request, "hotline/_saved.html", context)


def _elsewhere(request: HttpRequest, own: Call, sentence: str) -> HttpResponse:
    """Another page has saved: both texts are shown, and what is sent from here next counts."""
    desk = _to_keep(request, own, request.POST)
    desk = replace(desk, seen=own.revision, theirs=unlike(desk.form, own.told))
    return shown(request, desk, status=422, error=sentence)


def _save(request: HttpRequest, own: Call, sent: QueryDict) -> HttpResponse:
    desk = _to_keep(request, own, sent)
    if desk.form.errors:
        return shown(request, desk, status=422)
    _keep(request, own, desk)
    messages.success(request, "Lagret. Samtalen er fortsatt åpen.")
    return redirect(f"{CONSOLE}/{own.id}")


def _to_keep(request: HttpRequest, own: Call, sent: QueryDict) -> Desk:
    """The desk with what was sent, of which nothing is missing yet."""
    desk = desk_of(request, own, sent)
    desk.form.forgive()
    return desk


def _keep(request: HttpRequest, own: Call, desk: Desk) -> None:
    told = desk.form.told(own.told)
    actions.save_draft(call_id=own.id, told=told, by=reader(request), page=page_mark(request), seen=_seen(request))


def _besides(request: HttpRequest, own: Call, pressed: str) -> HttpResponse:
    """What is done beside the talk: first what is written is kept."""
    desk = _to_keep(request, own, request.POST)
    if desk.form.errors:
        return shown(request, desk, status=422)
    _keep(request, own, desk)
    try:
        where, said = desk_actions.do(request, own, pressed)
    except (Refused, ValueError) as problem:
        # Refused, the request leaves nothing: the call stands as it did, and the page keeps what was typed.
        return shown(request, replace(desk, seen=own.revision), status=422, error=str(problem))
    if said:
        messages.success(request, said)
    return redirect(where or f"{CONSOLE}/{own.id}")


def _ask(request: HttpRequest, own: Call, kind: str) -> HttpResponse:
    """Something is written: the second click, on a button that says so, lets it go."""
    posted = {name: request.POST[name] for name in (*TOLD, "kommune") if name in request.POST}
    desk = desk_of(request, own, asked=own.told | posted)
    error = f"Det er skrevet noe i samtalen. Trykk «Ja, slett teksten» hvis den var «{dict(KINDS)[kind].lower()}»."
    return shown(request, desk, status=422, error=error, sure=kind)


def _forward(request: HttpRequest, own: Call, *, earlier: bool = False) -> HttpResponse:
    desk = desk_of(request, own, request.POST)
    chosen, error = _recipient(request, desk)
    if error or not desk.form.is_valid():
        return shown(request, desk, status=422, error=error if desk.form.is_valid() else "")
    try:
        said = as_letter(desk.form.told({}))
        told = of_earlier(said) if earlier else said
        sent = actions.forward(call_id=own.id, told=told, to=chosen, by=reader(request), earlier=earlier)
    except (actions.NotARecipient, NoKey) as problem:
        return shown(
            request, desk, status=422, error=f"{problem} Ingenting er sendt, og alt du skrev, står her fortsatt."
        )
    messages.success(request, f"Sendt til {desk.names.get(chosen, 'kommunen')}. Referanse {sent.reference}.")
    return redirect(CONSOLE)


def _recipient(request: HttpRequest, desk: Desk) -> tuple[UUID, str]:
    """The chosen kommune, or the proposal that stood on the page; never one that the operator has not seen."""
    chosen = desk.form.cleaned_data.get("kommune", "")
    if chosen:
        return UUID(chosen), ""
    if not desk.proposed:
        return UUID(int=0), "Velg hvilken kommune bekymringen skal sendes til."
    if request.POST.get("foreslatt", "") != desk.proposed:
        area = desk.route.area
        return UUID(int=0), f"Forslaget er nå {area.name if area else ''}. Se over, og send én gang til."
    return UUID(desk.proposed), ""


def _end(request: HttpRequest, own: Call, kind: str) -> HttpResponse:
    desk = desk_of(request, own, request.POST)
    place = desk.contact.number if kind == "no_team" and desk.contact else ""
    try:
        ended = actions.end(call_id=own.id, kind=kind, by=reader(request), place=place)
    except ValueError as problem:
        return shown(request, desk, status=422, error=str(problem))
    messages.success(request, f"Samtalen {ended.reference} er avsluttet: {dict(KINDS)[kind].lower()}.")
    return HttpResponseRedirect(CONSOLE)
