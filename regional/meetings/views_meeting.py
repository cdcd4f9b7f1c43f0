"""One meeting: its page, calling it, changing it, who came, and how far it has come."""

from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from regional.meetings import (
    access,
    actions,
    agenda_actions,
    held_actions,
    minutes_actions,
    notices,
    outcomes,
    people,
    queries,
    suggest,
)
from regional.meetings.attendance_form import AttendanceForm
from regional.meetings.forms import CallForm, MeetingForm, OfficesForm, PointForm, initial_of, warning_of
from regional.meetings.models import Meeting
from regional.meetings.screened import findings_in
from regional.meetings.shown import Seen, is_quorate, seen, steps
from regional.meetings.states import AHEAD, OPEN, WRITTEN
from regional.meetings.unsaved import waiting
from regional.meetings.views import BASE, READ_AND_SEND
from varde.access import Permission, Reader, allow, reader
from varde.clock import now
from varde.refusal import Overtaken, Refused
from varde.ui.dates import day_of
from varde.ui.gone import words
from varde.ui.refusals import refusal_above, refusal_on
from varde.ui.shortcuts import page, see_other


def to_meeting(meeting: Meeting, part: str = "") -> HttpResponse:
    """Back to the meeting."""
    return see_other(f"{BASE}/{meeting.id}{part}")


@allow(Permission.LEADERS_READ)
@require_GET
def meeting(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """One meeting: what is to be done with it now comes first."""
    return meeting_page(request, access.meeting_for(reader(request), meeting_id))


def meeting_page(request: HttpRequest, found: Meeting, *, status: int = 200, **bound: object) -> HttpResponse:
    """The page of a meeting; a `bound` form keeps what was typed."""
    by, shown = reader(request), seen(found)
    writes, ahead = access.may_write(by, found), found.state in AHEAD
    context = {
        "meeting": found,
        "seen": shown,
        "steps": steps(found.state, entered=found.entered_at is not None) if found.state != "cancelled" else [],
        "writes": writes,
        "manages": access.may_manage(by),
        "ahead": ahead,
        "open": found.state in OPEN,
        "writing": found.state in WRITTEN,
        "begun": day_of(found.starts_at) <= day_of(now()),
        "warning": warning_of(found) if ahead else "",
        "suggested": suggest.suggested(found, by) if writes and (ahead or _is_entered(found)) else [],
        "point_form": PointForm(),
        "turn": people.in_turn(by, found, day_of(found.starts_at)) if found.state == "planned" else None,
        "over": found.starts_at <= now(),
        "todo": _todo(found, shown),
        "last": queries.last_before(found),
        # Once they have met, who should have been called is no longer what is to be done.
        "vacant": people.without_name(by, day_of(found.starts_at)) if ahead and not shown.noted else [],
        "behind": people.behind(by, found) if found.state == "called" and access.may_manage(by) else None,
        "quorate": is_quorate(found, shown) if shown.noted else None,
        **_by_hand(found, shown),
        "waits_for": _waits_for(found, shown),
    }
    return page(request, "meetings/meeting.html", context | bound, status=status)


# What those without an account here must be sent or told by somebody.
_TOLD_BY_HAND = {
    "called": "Send innkallingen til disse selv",
    "approved": "Send referatet til disse selv",
    "cancelled": "Si fra til disse selv at møtet er avlyst",
}


def _by_hand(found: Meeting, shown: Seen) -> dict[str, Any]:
    """Those without an account, who must be sent or told this by somebody, and the address of a mail to all of them."""
    said = _TOLD_BY_HAND.get(found.state, "")
    if not said or (found.state == "called" and shown.noted):
        return {}
    told = {one.id for one in notices.with_account(shown.people)}
    rows = [one for one in shown.people if one.id not in told]
    to = ",".join(quote(mail) for one in rows if (mail := words(one, "email")))
    mail = f"mailto:{to}?subject={quote(outcomes.label(found))}" if to else ""
    return {"by_hand": said, "without_account": rows, "mail": mail}


def _is_entered(found: Meeting) -> bool:
    return found.state == "held" and found.entered_at is not None


def _todo(found: Meeting, shown: Seen) -> str:
    """What comes next at a meeting that has begun: "attend", "write" on the first point without a word, or "on"."""
    if found.state not in WRITTEN:
        return ""
    return "attend" if not shown.noted else "write" if shown.unwritten else "on"


def _waits_for(found: Meeting, shown: Seen) -> list[str]:
    """Whose yes the minutes wait for."""
    if found.state != "sent":
        return []
    said = {one.office for one in shown.approvals}
    wanted = ["chair", *(["taker"] if found.both_approve and found.taker_name not in ("", found.chair_name) else [])]
    return [f"{minutes_actions.OFFICES[one]} {getattr(found, f'{one}_name')}" for one in wanted if one not in said]


@allow(Permission.LEADERS_MANAGE)
@require_http_methods(READ_AND_SEND)
def change(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Another time or place."""
    by = reader(request)
    found = access.meeting_for(by, meeting_id)
    initial = initial_of(found) | {"seen": queries.as_seen(found)}
    posted = request.POST if request.method == "POST" else None
    called_at = found.called_at if found.state == "called" else None
    form = MeetingForm(posted, initial=initial, now=now(), kept=found.starts_at, called_at=called_at)
    if form.is_bound and form.is_valid():
        try:
            actions.change_meeting(meeting=found, wish=form.wish(), seen=form.was_seen, by=by)
        except Overtaken as error:
            found = access.meeting_for(by, meeting_id)
            form.told(str(error), queries.as_seen(found), initial_of(found))
        except Refused as error:
            form.add_error(None, str(error))
        else:
            told = " De som har konto her, får varsel. Resten må du si fra til selv." if found.state == "called" else ""
            messages.success(request, f"Møtet er endret.{told}")
            return to_meeting(found)
    context = {"form": form, "title": "Endre tid og sted", "back": f"{BASE}/{found.id}", "button": "Lagre"}
    return page(request, "meetings/form.html", context, status=422 if form.is_bound else 200)


@allow(Permission.LEADERS_MANAGE)
@require_http_methods(READ_AND_SEND)
def call(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Who is called, who leads and who writes; POST sends the call."""
    by = reader(request)
    found = access.meeting_for(by, meeting_id)
    on = day_of(found.starts_at)
    there, turn = people.offices(by, on), people.in_turn(by, found, on)
    posted = request.POST if request.method == "POST" else None
    form = CallForm(posted, offices=there, others=people.others(by, on), turn=turn)
    if form.is_bound and form.is_valid():
        turn = people.in_turn(by, found, on, [UUID(one) for one in form.cleaned_data["away"]])
        with refusal_on(form):
            _call(form, found, turn, by)
            messages.success(request, "Møtet er kalt inn, og de som har konto her, har fått varsel.")
            return to_meeting(found)
    context = {
        "form": form,
        "meeting": found,
        "called": people.called(by, on),
        "vacant": people.without_name(by, on),
        "items": seen(found).points,
        "nowhere": not words(found, "place") and not words(found, "link"),
        "warning": warning_of(found),
        "findings": findings_in(seen(found)),
    }
    return page(request, "meetings/call.html", context, status=422 if form.is_bound else 200)


@allow(Permission.LEADERS_MANAGE)
@require_POST
def call_more(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Those who have got a place since the call are called too."""
    by = reader(request)
    found = access.meeting_for(by, meeting_id)
    with refusal_above(request):
        new = actions.call_more(meeting=found, by=by)
        said = f"{new} til er kalt inn. De som har konto her, har fått varsel." if new else "Listen er oppdatert."
        messages.success(request, said)
    return to_meeting(found, "#deltakere")


def _call(form: CallForm, found: Meeting, turn: people.InTurn, by: Reader) -> None:
    offices = form.chosen(turn)
    if offices is None:
        raise Refused("Velg møteleder og referent. Koordinatorene får tur når de er lagt inn under Lederteam.")
    actions.call_meeting(meeting=found, offices=offices, by=by)


@allow(Permission.LEADERS_READ)
@require_http_methods(READ_AND_SEND)
def attendance(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Who came."""
    by = reader(request)
    found = access.writable_meeting(by, meeting_id)
    shown = seen(found)
    initial = {"seen": found.people_version}
    posted = request.POST if request.method == "POST" else None
    form = AttendanceForm(posted, initial=initial, people=shown.people, noted=shown.noted)
    if form.is_bound and form.is_valid():
        try:
            given = held_actions.attend(meeting=found, came=form.came(), seen=form.was_seen, by=by)
        except Overtaken as error:
            fresh = access.writable_meeting(by, meeting_id)
            stands = AttendanceForm(people=seen(fresh).people, noted=True)
            now_said = {name: field.initial for name, field in stands.fields.items()}
            form.told(str(error), str(fresh.people_version), now_said)
        except Refused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _ATTENDED[given])
            return to_meeting(found, "#saklisten")
    context = {"form": form, "meeting": found, "noted": shown.noted}
    return page(request, "meetings/attendance.html", context, status=422 if form.is_bound else 200)


_ATTENDED = {
    False: "Oppmøtet er ført.",
    True: "Oppmøtet er ført. Den som skulle lede eller skrive, kom ikke. Neste i tur har overtatt, og ingen mister "
    "turen sin.",
}


@allow(Permission.LEADERS_READ)
@require_POST
def agenda(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Put on all that is suggested (`fyll`), one of it (`nr`), or a point of one's own."""
    by = reader(request)
    found = access.writable_meeting(by, meeting_id)
    form = PointForm(request.POST)
    with refusal_above(request):
        if "fyll" in request.POST:
            agenda_actions.fill(meeting=found, by=by)
        elif "ta" in request.POST:
            chosen = _chosen(suggest.suggested(found, by), request.POST["ta"])
            agenda_actions.add(meeting=found, candidate=chosen, by=by)
        elif form.is_valid():
            own = suggest.Candidate("own", form.cleaned_data["title"])
            agenda_actions.add(meeting=found, candidate=own, by=by)
        else:
            return meeting_page(request, found, status=422, point_form=form)
    return to_meeting(found, "#saklisten")


def _chosen(candidates: list[suggest.Candidate], typed: str) -> suggest.Candidate:
    """By what it is about, or by its title; Refused when it is no longer suggested."""
    for one in candidates:
        if typed in (str(one.about or ""), one.title):
            return one
    raise Refused("Forslaget er ikke der lenger. Se på listen igjen.")


@allow(Permission.LEADERS_READ)
@require_http_methods(READ_AND_SEND)
def offices(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Somebody else leads or writes."""
    by = reader(request)
    found = access.writable_meeting(by, meeting_id)
    on = day_of(found.starts_at)
    there = people.offices(by, on) | people.others(by, on)
    named = {one.name: key for key, one in there.items()}
    initial = {each: named.get(words(found, f"{each}_name")) for each in ("chair", "taker")}
    initial["seen"] = queries.as_seen(found)
    form = OfficesForm(request.POST if request.method == "POST" else None, initial=initial, offices=there)
    if form.is_bound and form.is_valid():
        chair, taker = form.chosen()
        try:
            held_actions.give_offices(meeting=found, chair=chair, taker=taker, seen=form.was_seen, by=by)
        except Overtaken as error:
            fresh = access.writable_meeting(by, meeting_id)
            form.told(str(error), queries.as_seen(fresh))
        except Refused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "Møteleder og referent er endret.")
            return to_meeting(found)
    lead = "Den som leder eller skriver, har hatt turen sin. De andre beholder sin plass i køen."
    context = {"form": form, "title": "Møteleder og referent", "lead": lead, "button": "Lagre"}
    context["back"] = f"{BASE}/{found.id}"
    return page(request, "meetings/form.html", context, status=422 if form.is_bound else 200)


# Where a meeting can go: what is asked, what follows, and the button.
_ASKED = {
    "cancelled": (
        "Skal møtet avlyses?",
        "De som er kalt inn og har konto, får varsel. Det kan angres, men da må det kalles inn på nytt.",
        "Ja, avlys møtet",
    ),
    "planned": ("Blir møtet noe av likevel?", "Det må kalles inn på nytt.", "Ja, møtet er planlagt igjen"),
    "held": ("Er møtet ferdig?", "Saklisten er da fast. Du kan fortsatt skrive på referatet.", "Ja, møtet er holdt"),
    "sent": (
        "Skal referatet sendes til godkjenning?",
        "Ingen kan endre det før det er godkjent eller tatt tilbake. Møteleder og referent med konto får varsel.",
        "Ja, send til godkjenning",
    ),
    "back": ("Skal det tas tilbake?", "Da kan det skrives på igjen. Godkjenninger som er gitt, gjelder ikke lenger.",
             "Ja, ta det tilbake"),
}  # fmt: skip
_WRONG = (
    "Ble møtet ført inn ved en feil?",
    "Da teller det ikke lenger, men blir stående som avlyst. Ingen får varsel.",
    "Ja, det ble ført ved en feil",
)
_WAYS = {
    "planned": ("cancelled",),
    "called": ("held", "cancelled"),
    "held": ("sent", "back"),
    "sent": ("back",),
    "cancelled": ("planned",),
}
_ENTERED = ("sent", "cancelled")
_DID = {
    "cancelled": "Møtet er avlyst.",
    "planned": "Møtet er planlagt igjen.",
    "held": "Møtet er holdt. Gjør referatet ferdig, og send det til godkjenning.",
    "sent": "Referatet er sendt til godkjenning.",
    "back": "Tatt tilbake. Nå kan det endres igjen.",
}
_MOVE = {
    "cancelled": actions.cancel_meeting,
    "planned": actions.restore_meeting,
    "held": held_actions.end_meeting,
    "sent": minutes_actions.send,
    "back": minutes_actions.take_back,
}


@allow(Permission.LEADERS_READ)
@require_http_methods(READ_AND_SEND)
def move(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """GET asks whether it is so (`til`); POST does it."""
    by = reader(request)
    found = access.writable_meeting(by, meeting_id)
    to = request.POST.get("til", "") if request.method == "POST" else request.GET.get("til", "")
    if to not in (_ENTERED if _is_entered(found) else _WAYS.get(found.state, ())):
        messages.error(request, "Det kan ikke gjøres med møtet slik det står nå.")
        return to_meeting(found)
    if request.method != "POST":
        question, follows, button = _WRONG if _is_entered(found) and to == "cancelled" else _ASKED[to]
        context: dict[str, Any] = {
            "meeting": found,
            "to": to,
            "question": question,
            "follows": follows,
            "button": button,
        }
        if to == "sent":
            shown = seen(found)
            context |= {"findings": findings_in(shown), "unsaved": waiting(found), "silence": shown.in_silence}
        return page(request, "meetings/move.html", context)
    with refusal_above(request):
        _MOVE[to](meeting=found, by=by)
        messages.success(request, _DID[to])
    return to_meeting(found)
