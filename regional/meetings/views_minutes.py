"""Minutes and what follows: approval, addenda, and decisions until they are done."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from regional.meetings import access, held_actions, minutes_actions
from regional.meetings.forms import AddendumForm, ApproveForm, DoneForm
from regional.meetings.models import Meeting
from regional.meetings.screened import Finding, own_words
from regional.meetings.shown import Seen, seen
from regional.meetings.views import BASE, READ_AND_SEND
from regional.meetings.views_meeting import to_meeting
from varde.access import Permission, Reader, allow, reader
from varde.ui.gone import words
from varde.ui.refusals import refusal_above, refusal_on
from varde.ui.shortcuts import back_with, page, see_other


@allow(Permission.LEADERS_READ)
@require_http_methods(READ_AND_SEND)
def approve(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """The minutes to read, and the yes to them."""
    by = reader(request)
    found = access.writable_meeting(by, meeting_id)
    if found.state != "sent":
        messages.error(request, "Referatet er ikke til godkjenning.")
        return to_meeting(found)
    shown = seen(found)
    left, own = _left(found, shown), _own(found, by)
    first = next((code for code, _ in left if code in own), left[0][0] if left else "")
    posted = request.POST if request.method == "POST" else None
    form = ApproveForm(posted, initial={"seen": found.round, "office": first}, left=left, own=own)
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        with refusal_on(form):
            frozen = minutes_actions.approve(
                meeting=found, office=data["office"], how=data.get("how", ""), seen=form.was_seen, by=by
            )
            said = "Referatet er godkjent, og kan ikke endres mer." if frozen else "Godkjenningen er ført."
            messages.success(request, said)
            return to_meeting(found)
    context = {"form": form, "meeting": found, "seen": shown}
    return page(request, "meetings/approve.html", context, status=422 if form.is_bound else 200)


def _left(found: Meeting, shown: Seen) -> list[tuple[str, str]]:
    """Who has not said yes in this round, as (code, «Møteleder Kari Nordmann»)."""
    said = {one.office for one in shown.approvals}
    names = {"chair": words(found, "chair_name"), "taker": words(found, "taker_name")}
    return [
        (code, f"{label} {names[code]}".strip())
        for code, label in minutes_actions.OFFICES.items()
        if code not in said and (code == "chair" or found.both_approve)
    ]


def _own(found: Meeting, by: Reader) -> list[str]:
    """What the reader has of the two."""
    held = {"chair": found.chair_user_id, "taker": found.taker_user_id}
    return [code for code, user in held.items() if user is not None and user == by.user_id]


@allow(Permission.LEADERS_READ)
@require_http_methods(READ_AND_SEND)
def addendum(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """A correction of approved minutes."""
    by = reader(request)
    found = access.writable_meeting(by, meeting_id)
    shown = seen(found)
    form = AddendumForm(request.POST if request.method == "POST" else None, known=own_words(shown))
    if form.is_bound and form.is_valid():
        with refusal_on(form):
            minutes_actions.add_addendum(meeting=found, text=form.cleaned_data["text"], by=by)
            messages.success(request, "Tillegget er ført. Referatet selv er som det var.")
            return to_meeting(found)
    context = {
        "form": form,
        "title": "Tillegg til referatet",
        "findings": [Finding(None, form.pieces)] if form.pieces else [],
        "lead": "Det godkjente referatet endres ikke. Tillegget står sammen med det, med navn og dag.",
        "back": f"{BASE}/{found.id}",
        "button": "Før tillegget",
    }
    return page(request, "meetings/form.html", context, status=422 if form.is_bound else 200)


@allow(Permission.LEADERS_READ)
@require_http_methods(READ_AND_SEND)
def decision(request: HttpRequest, decision_id: UUID) -> HttpResponse:
    """A decision, and what came of it; the owner and whoever writes in the meeting report it as done."""
    by = reader(request)
    found = access.decision_for(by, decision_id)
    may = access.may_finish(by, found) and found.done_at is None
    form = DoneForm(request.POST if request.method == "POST" and may else None)
    if form.is_bound and form.is_valid():
        with refusal_on(form):
            minutes_actions.finish(decision=found, came_of=form.cleaned_data["came_of"], by=by)
            return back_with(request, "Beslutningen er meldt gjort.", BASE)
    context = {"decision": found, "form": form, "may": may}
    return page(request, "meetings/decision.html", context, status=422 if form.is_bound else 200)


@allow(Permission.LEADERS_READ)
@require_POST
def decision_wrong(request: HttpRequest, decision_id: UUID) -> HttpResponse:
    """It was entered by mistake."""
    by = reader(request)
    found = access.decision_for(by, decision_id)
    access.writable_meeting(by, found.meeting_id)
    with refusal_above(request):
        held_actions.take_back(decision=found, by=by)
        messages.success(request, "Beslutningen er tatt bort.")
    return see_other(f"{BASE}/{found.meeting_id}/punkt/{found.item_id}")
