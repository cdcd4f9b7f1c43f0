"""Meetings: the list, calling one, its page, who comes, and how far it has come."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tenants.inbox.home import homes_of
from tenants.meeting import access, actions, queries
from tenants.meeting.agenda import KINDS
from tenants.meeting.forms import CallForm, InviteForm, MeetingForm, MinutesForm, PointForm, initial_of
from tenants.meeting.models import Meeting
from tenants.meeting.shown import name_of, seen
from tenants.meeting.states import MOVES, OPEN, check_open
from tenants.triage.queries import owners
from varde.access import Permission, Reader, allow, reader
from varde.clock import now
from varde.privacy.fields import open_together
from varde.refusal import Overtaken, Refused
from varde.ui.refusals import refusal_above, refusal_on
from varde.ui.shortcuts import page, see_other

READ_AND_SEND = ["GET", "HEAD", "POST"]
PAGE_SIZE = 25
_MOVE_WORDS = {
    "planned": "Møtet er planlagt igjen.",
    "held": "Møtet er meldt holdt.",
    "approved": "Referatet er godkjent.",
    "cancelled": "Møtet er avlyst. Send invitasjonen på nytt, så blir det avlyst i kalenderne også.",
}
# The page that asks first: what is asked, what follows, and the button.
_ASKED = {
    "planned": ("Er møtet planlagt likevel?", "Det som er skrevet og bestemt, blir stående.", "Ja, møtet er planlagt"),
    "held": (
        "Er møtet holdt?",
        "Da står det som tatt opp i sakene. Det kan tas tilbake til referatet er godkjent.",
        "Ja, møtet er holdt",
    ),
    "approved": (
        "Skal referatet godkjennes?",
        "Da kan ingen endre det mer: ikke tekst, beslutninger eller hvem som fikk høre. Det kan ikke tas tilbake.",
        "Ja, godkjenn referatet",
    ),
    "cancelled": (
        "Skal møtet avlyses?",
        "Hent invitasjonen etterpå og send den, så blir møtet avlyst i kalenderne. Det kan tas tilbake.",
        "Ja, avlys møtet",
    ),
}


def to_meeting(meeting: Meeting, part: str = "") -> HttpResponse:
    """Back to the meeting."""
    return see_other(f"/mote/{meeting.id}{part}")


@allow(Permission.CASES)
@require_GET
def meetings(request: HttpRequest) -> HttpResponse:
    """Meetings to come and earlier ones, and what was decided and nobody has done."""
    by = reader(request)
    rows = Paginator(queries.earlier(), PAGE_SIZE).get_page(request.GET.get("side"))
    coming, earlier, undone = list(queries.coming()[:PAGE_SIZE]), list(rows.object_list), list(queries.undone()[:50])
    access.note_meetings(by, [*coming, *earlier])
    access.note_matters(by, [one.concern_id for one in undone])
    open_together([*coming, *earlier, *undone])
    homes = homes_of({one.concern_id for one in undone if one.concern_id})
    tasks = [(one, homes.get(one.concern_id) if one.concern_id else None) for one in undone]
    context = {"coming": coming, "earlier": earlier, "page": rows, "undone": tasks}
    return page(request, "meeting/list.html", context)


@allow(Permission.CASES)
@require_http_methods(READ_AND_SEND)
def new(request: HttpRequest) -> HttpResponse:
    """Call a meeting; the agenda is made at once."""
    by, team = reader(request), owners()
    everyone = [str(person.id) for person in team]
    initial = {"chair": str(by.user_id or ""), "people_asked": everyone}
    form = CallForm(request.POST if request.method == "POST" else None, initial=initial, team=team, now=now())
    if form.is_bound and form.is_valid():
        with refusal_on(form):
            made = actions.call_meeting(wish=form.wish(), people=form.asked(), by=by)
            messages.success(request, "Møtet er lagt inn, og saklisten er laget av det du ser.")
            return to_meeting(made)
    return page(request, "meeting/edit.html", {"form": form}, status=422 if form.is_bound else 200)


@allow(Permission.CASES)
@require_http_methods(READ_AND_SEND)
def change(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Another time, place, chair or minute-taker."""
    by = reader(request)
    found = access.meeting_for(by, meeting_id)
    try:
        check_open(found.state)
    except Refused as error:
        messages.error(request, str(error))
        return to_meeting(found)
    posted = request.POST if request.method == "POST" else None
    initial = initial_of(found) | {"seen": queries.as_seen(found)}
    form = MeetingForm(posted, initial=initial, team=owners(), now=now(), kept=found.starts_at)
    if form.is_bound and form.is_valid():
        try:
            actions.change_meeting(meeting=found, wish=form.wish(), seen=form.was_seen, by=by)
        except Overtaken as error:
            found = access.meeting_for(by, meeting_id)
            form.told(str(error), queries.as_seen(found), initial_of(found))
        except Refused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "Møtet er endret. Send invitasjonen på nytt hvis tid eller sted er nytt.")
            return to_meeting(found)
    context = {"form": form, "meeting": found}
    return page(request, "meeting/edit.html", context, status=422 if form.is_bound else 200)


@allow(Permission.CASES)
@require_GET
def meeting(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """One meeting, as this reader sees it."""
    return meeting_page(request, access.meeting_for(reader(request), meeting_id))


def meeting_page(request: HttpRequest, found: Meeting, *, status: int = 200, **bound: object) -> HttpResponse:
    """The page of a meeting; `bound` forms keep what was typed."""
    by = reader(request)
    shown = seen(found)
    here = [point.item.concern_id for point in (*shown.points, *shown.off)]
    put_forward = _put_forward(by, here, now()) if found.state == "planned" else []
    access.note_matters(by, [*here, *(matter for matter, *_ in put_forward)])
    on_it = {one.user_id for one in shown.people}
    context = {
        "meeting": found,
        "seen": shown,
        "people": [{"row": one, "name": name_of(one)} for one in shown.people],
        "put_forward": put_forward,
        "open": found.state in OPEN,
        "moves": _moves(found),
        "point_form": PointForm(),
        "invite_form": InviteForm(team=[one for one in owners() if one.id not in on_it]),
        "general_form": MinutesForm(initial={"text": found.general, "seen": found.version}, prefix="g"),
    }
    return page(request, "meeting/meeting.html", context | bound, status=status)


def _moves(found: Meeting) -> list[str]:
    """Where it can go from here; a meeting that has not begun is not held yet."""
    every = [to for to in ("held", "cancelled", "approved", "planned") if to in MOVES[found.state]]
    return [to for to in every if to != "held" or found.starts_at <= now()]


def _put_forward(by: Reader, here: list[UUID | None], at: datetime) -> list[tuple[UUID, str, str, str]]:
    found = queries.suggested(by, {one for one in here if one}, at)
    names = queries.names([one.matter for one in found])
    return [(one.matter, *names[one.matter], dict(KINDS)[one.why]) for one in found if one.matter in names]


@allow(Permission.CASES)
@require_POST
def people(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Somebody comes too."""
    by = reader(request)
    found = access.meeting_for(by, meeting_id)
    form = InviteForm(request.POST, team=owners())
    if form.is_valid():
        with refusal_on(form):
            actions.invite(meeting=found, by=by, **form.chosen())
            return to_meeting(found, "#deltakere")
    return meeting_page(request, found, status=422, invite_form=form)


@allow(Permission.CASES)
@require_POST
def take_out(request: HttpRequest, meeting_id: UUID, participant_id: UUID) -> HttpResponse:
    """Somebody does not come after all."""
    by = reader(request)
    found = access.meeting_for(by, meeting_id)
    with refusal_above(request):
        actions.uninvite(meeting=found, participant=access.participant_for(by, found, participant_id), by=by)
    return to_meeting(found, "#deltakere")


@allow(Permission.CASES)
@require_http_methods(READ_AND_SEND)
def move(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """GET asks whether it is so (`til`); POST: held, called off, planned after all, or approved."""
    by = reader(request)
    found = access.meeting_for(by, meeting_id)
    if request.method != "POST":
        to = request.GET.get("til", "")
        if to not in _moves(found):
            messages.error(request, "Det kan ikke gjøres med møtet slik det står nå.")
            return to_meeting(found)
        question, follows, button = _ASKED[to]
        context = {"meeting": found, "to": to, "question": question, "follows": follows, "button": button}
        return page(request, "meeting/move.html", context)
    to = request.POST.get("tilstand", "")
    with refusal_above(request):
        actions.move_meeting(meeting=found, to=to, by=by)
        messages.success(request, _MOVE_WORDS[to])
    return to_meeting(found)


@allow(Permission.CASES)
@require_POST
def general(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """The part of the minutes that is about no matter. Whoever was second gets both texts."""
    by = reader(request)
    found = access.meeting_for(by, meeting_id)
    form = MinutesForm(request.POST, prefix="g")
    if form.is_valid():
        text = form.cleaned_data["text"]
        try:
            actions.write_general(meeting=found, text=text, version=form.seen_version(found.version), by=by)
        except Overtaken as error:
            found = access.meeting_for(by, meeting_id)
            form.told(str(error), str(found.version), {"text": found.general})
        except Refused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "Referatet er lagret.")
            return to_meeting(found, "#generelt")
    return meeting_page(request, found, status=422, general_form=form)
