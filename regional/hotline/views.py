"""The operator's console: one page per call, and a list that shows no content."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from regional.hotline import access, actions, queries
from regional.hotline.forms import TOLD, CallForm, as_letter, has_words, of_earlier, typed
from regional.hotline.models import Call
from regional.hotline.routing import Route, propose
from regional.hotline.states import KINDS, UPDATE, WrongMove
from shared.post.keys import NoKey
from shared.registry.models import Office
from shared.registry.queries import facts
from varde.access import Permission, allow, reader
from varde.audit.actions import Action, record
from varde.clock import now
from varde.ui.shortcuts import page

DAYS_COUNTED = 90
CONSOLE = "/vakttelefon"
# Before the kind, on the button that says that the text goes.
SURE = "slett-"


@dataclass(frozen=True, slots=True)
class Desk:
    """A call on the page: its form, where it may go and what is proposed."""

    call: Call
    form: CallForm
    route: Route
    contact: Office | None
    names: dict[UUID, str]

    @property
    def proposed(self) -> str:
        """The id of the kommune that the page proposes; "" when the operator must choose."""
        area = self.route.area
        return str(area.office) if area and self.route.state == "one" else ""


def _offices(request: HttpRequest) -> tuple[list[Office], list[Office]]:
    """Every kommune on the platform, and those of this region that can receive."""
    offices = queries.kommune_offices()
    ours = [o for o in offices if o.region_id == reader(request).office.id and o.has_team]
    return offices, ours


def _desk(request: HttpRequest, call: Call, data: Any = None) -> Desk:
    offices, ours = _offices(request)
    form = CallForm(data, initial=call.told, recipients=ours)
    told = call.told
    if data is not None:
        form.full_clean()
        told = form.told(call.told)
    route = propose(
        queries.areas(offices, reader(request)),
        lives=str(told.get("where_lives", "")),
        happened=str(told.get("where_happened", "")),
    )
    area = route.area
    contact = next((o for o in offices if area and o.id == area.office), None)
    return Desk(call, form, route, contact, {office.id: office.name for office in ours})


def _console(
    request: HttpRequest, desk: Desk | None = None, status: int = 200, error: str = "", sure: str = ""
) -> HttpResponse:
    by = reader(request)
    context: dict[str, Any] = {
        "desk": desk,
        "call": desk.call if desk else None,
        "error": error,
        "kinds": [each for each in KINDS if each[0] != UPDATE],
        "update": UPDATE,
        "sure": sure,
        "open_calls": access.list_open(by),
        "past": access.list_past(by),
        "region": facts(by.office),
    }
    return page(request, "hotline/console.html", context, status=status)


@require_GET
@allow(Permission.HOTLINE)
def console(request: HttpRequest) -> HttpResponse:
    """Own open calls, and what became of the latest ones."""
    return _console(request)


@require_POST
@allow(Permission.HOTLINE)
def new(request: HttpRequest) -> HttpResponse:
    """The phone rings."""
    call = actions.start_call(by=reader(request))
    return redirect(f"{CONSOLE}/{call.id}")


@allow(Permission.HOTLINE)
def call(request: HttpRequest, call_id: UUID) -> HttpResponse:
    """One open call; a POST saves it, sends it or ends it, by the button that was pressed."""
    if request.method != "POST":
        return _console(request, _desk(request, access.open_call(call_id, reader(request))))
    done = access.own_call_locked(call_id, reader(request))
    if done.state != "open":
        messages.info(request, f"Samtalen {done.reference} er allerede avsluttet. Ingenting er sendt på nytt.")
        return redirect(CONSOLE)
    pressed = request.POST.get("gjor", "lagre")
    if pressed == "lagre":
        return _save(request, done)
    written = typed(request.POST, done.told)
    if pressed == "send" or (pressed == UPDATE and has_words(written)):
        return _forward(request, done, earlier=pressed == UPDATE)
    if pressed in dict(KINDS) and has_words(written):
        return _ask(request, done, pressed)
    return _end(request, done, pressed.removeprefix(SURE))


@require_POST
@allow(Permission.HOTLINE)
def draft(request: HttpRequest, call_id: UUID) -> HttpResponse:
    """What has been told so far, kept while the operator writes; answers with the time and the proposal."""
    own = access.own_call_locked(call_id, reader(request))
    desk = _desk(request, own, request.POST)
    try:
        actions.save_draft(call_id=own.id, told=desk.form.told(own.told), by=reader(request))
    except WrongMove:
        return page(request, "hotline/console.html#route", {"call": own, "over": True})
    return page(request, "hotline/console.html#route", {"call": own, "desk": desk, "saved_at": now()})


def _save(request: HttpRequest, own: Call) -> HttpResponse:
    desk = _desk(request, own, request.POST)
    if any(name not in ("what", "reporter_kind") for name in desk.form.errors):
        return _console(request, desk, status=422)
    actions.save_draft(call_id=own.id, told=desk.form.told(own.told), by=reader(request))
    messages.success(request, "Lagret. Samtalen er fortsatt åpen.")
    return redirect(f"{CONSOLE}/{own.id}")


def _ask(request: HttpRequest, own: Call, kind: str) -> HttpResponse:
    """Something is written: the second click, on a button that says so, lets it go."""
    posted = {name: request.POST[name] for name in (*TOLD, "kommune") if name in request.POST}
    form = CallForm(initial=own.told | posted, recipients=_offices(request)[1])
    desk = replace(_desk(request, own, request.POST), form=form)
    error = f"Det er skrevet noe i samtalen. Trykk «Ja, slett teksten» hvis den var «{dict(KINDS)[kind].lower()}»."
    return _console(request, desk, status=422, error=error, sure=kind)


def _forward(request: HttpRequest, own: Call, *, earlier: bool = False) -> HttpResponse:
    desk = _desk(request, own, request.POST)
    chosen, error = _recipient(request, desk)
    if error or not desk.form.is_valid():
        return _console(request, desk, status=422, error=error if desk.form.is_valid() else "")
    try:
        said = as_letter(desk.form.told({}))
        told = of_earlier(said) if earlier else said
        sent = actions.forward(call_id=own.id, told=told, to=chosen, by=reader(request))
    except (actions.NotARecipient, NoKey) as problem:
        return _console(
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
    try:
        ended = actions.end(call_id=own.id, kind=kind, by=reader(request))
    except ValueError as problem:
        return _console(request, _desk(request, own, request.POST), status=422, error=str(problem))
    messages.success(request, f"Samtalen {ended.reference} er avsluttet: {dict(KINDS)[kind].lower()}.")
    return HttpResponseRedirect(CONSOLE)


@require_GET
@allow(Permission.HOTLINE_MANAGE)
def figures(request: HttpRequest) -> HttpResponse:
    """How much the phone is used, for the host: counts only."""
    record(by=reader(request), action=Action.VIEW, what="hotline.figures")
    found = queries.figures(now() - timedelta(days=DAYS_COUNTED))
    tables = [
        ("Hva samtalene førte til", "Utfall", found.by_outcome),
        ("Sendt til", "Kommune", found.by_kommune),
        ("Samtaler per dag", "Dag", found.by_day),
    ]
    return page(request, "hotline/figures.html", {"figures": found, "days": DAYS_COUNTED, "tables": tables})
