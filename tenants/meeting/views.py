"""Meetings: the list, calling one, its page, who comes, and how far it has come."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tenants.meeting import access, actions, queries
from tenants.meeting.agenda import KINDS
from tenants.meeting.agenda_actions import finish
from tenants.meeting.forms import CallForm, InviteForm, MeetingForm, MinutesForm, PointForm, initial_of
from tenants.meeting.models import Meeting
from tenants.meeting.shown import name_of, seen
from tenants.meeting.states import MOVES, OPEN, Refused, check_open
from tenants.triage.queries import owners
from varde.access import Permission, Reader, allow, reader
from varde.clock import now
from varde.privacy.fields import open_together
from varde.ui.shortcuts import page

READ_AND_SEND = ["GET", "HEAD", "POST"]
PAGE_SIZE = 25
_MOVE_WORDS = {"held": "Møtet er meldt holdt.", "approved": "Referatet er godkjent.", "cancelled": "Møtet er avlyst."}


def see_other(meeting: Meeting, part: str = "") -> HttpResponse:
    """Back to the meeting."""
    return HttpResponseRedirect(f"/mote/{meeting.id}{part}", status=303)


@allow(Permission.CASES)
@require_GET
def meetings(request: HttpRequest) -> HttpResponse:
    """Meetings to come and earlier ones, and what was decided about no matter and is not done."""
    by = reader(request)
    rows = Paginator(queries.earlier(), PAGE_SIZE).get_page(request.GET.get("side"))
    coming, earlier, undone = list(queries.coming()[:PAGE_SIZE]), list(rows.object_list), list(queries.undone()[:50])
    access.note_meetings(by, [*coming, *earlier])
    open_together([*coming, *earlier, *undone])
    context = {"coming": coming, "earlier": earlier, "page": rows, "undone": undone}
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
        try:
            made = actions.call_meeting(wish=form.wish(), people=form.asked(), by=by)
        except Refused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "Møtet er lagt inn, og saklista er laget av det du ser.")
            return see_other(made)
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
        return see_other(found)
    posted = request.POST if request.method == "POST" else None
    form = MeetingForm(posted, initial=initial_of(found), team=owners(), now=now(), kept=found.starts_at)
    if form.is_bound and form.is_valid():
        try:
            actions.change_meeting(meeting=found, wish=form.wish(), by=by)
        except Refused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "Møtet er endret. Send invitasjonen på nytt hvis tid eller sted er nytt.")
            return see_other(found)
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
        "moves": [to for to in ("held", "cancelled", "approved") if to in MOVES[found.state] and _may_be(found, to)],
        "point_form": PointForm(),
        "invite_form": InviteForm(team=[one for one in owners() if one.id not in on_it]),
        "general_form": MinutesForm(initial={"text": found.general, "version": found.version}, prefix="g"),
    }
    return page(request, "meeting/meeting.html", context | bound, status=status)


def _may_be(found: Meeting, to: str) -> bool:
    """A meeting that has not begun is not held yet."""
    return to != "held" or found.starts_at <= now()


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
        try:
            actions.invite(meeting=found, by=by, **form.chosen())
        except Refused as error:
            form.add_error(None, str(error))
        else:
            return see_other(found, "#deltakere")
    return meeting_page(request, found, status=422, invite_form=form)


@allow(Permission.CASES)
@require_POST
def take_out(request: HttpRequest, meeting_id: UUID, participant_id: UUID) -> HttpResponse:
    """Somebody does not come after all."""
    by = reader(request)
    found = access.meeting_for(by, meeting_id)
    try:
        actions.uninvite(meeting=found, participant=access.participant_for(by, found, participant_id), by=by)
    except Refused as error:
        messages.error(request, str(error))
    return see_other(found, "#deltakere")


@allow(Permission.CASES)
@require_POST
def move(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Held, called off, or approved."""
    by = reader(request)
    found = access.meeting_for(by, meeting_id)
    to = request.POST.get("tilstand", "")
    try:
        actions.move_meeting(meeting=found, to=to, by=by)
    except Refused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _MOVE_WORDS[to])
    return see_other(found)


@allow(Permission.CASES)
@require_POST
def general(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """The part of the minutes that is about no matter. Whoever was second gets both texts."""
    by = reader(request)
    found = access.meeting_for(by, meeting_id)
    form = MinutesForm(request.POST, prefix="g")
    if form.is_valid():
        data = form.cleaned_data
        try:
            actions.write_general(meeting=found, text=data["text"], version=data["version"], by=by)
        except Refused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "Referatet er lagret.")
            return see_other(found, "#generelt")
    return meeting_page(request, found, status=422, general_form=fresh(form, found.version), theirs=found.general)


def fresh(form: MinutesForm, version: int) -> MinutesForm:
    """The form with what was typed, for the version that is there now: sent once more it stands."""
    data = {**form.data.dict(), form.add_prefix("version"): str(version)}  # type: ignore[attr-defined]  # a QueryDict
    again = MinutesForm(data, prefix=form.prefix)
    again.is_valid()
    for field, errors in form.errors.items():
        for error in errors if field == "__all__" else []:
            again.add_error(None, error)
    return again


@allow(Permission.CASES)
@require_POST
def done(request: HttpRequest, decision_id: UUID) -> HttpResponse:
    """What was decided about no matter has been done."""
    by = reader(request)
    found = access.decision_for(by, decision_id)
    try:
        finish(decision=found, by=by)
    except Refused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "Meldt som gjort.")
    return HttpResponseRedirect("/mote", status=303)
