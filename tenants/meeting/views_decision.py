"""What came of what was decided, and taking back what was entered by mistake."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from tenants.inbox.home import home_of
from tenants.meeting import access, decision_actions
from tenants.meeting.forms import DoneForm, WrongForm
from tenants.meeting.models import Decision, Hearing
from tenants.meeting.views import READ_AND_SEND, to_meeting
from varde.access import Permission, allow, reader
from varde.privacy.errors import Destroyed
from varde.refusal import Refused
from varde.ui.shortcuts import back_with, page, see_other

REFUSALS = (Refused, Destroyed)


@allow(Permission.CASES)
@require_http_methods(READ_AND_SEND)
def done(request: HttpRequest, decision_id: UUID) -> HttpResponse:
    """What was decided has been done, and what came of it."""
    by = reader(request)
    found = access.task_for(by, decision_id)
    home = home_of(found.concern) if found.concern else None
    back = home.address if home else "/mote"
    if found.done_at is not None and request.method != "POST":
        messages.error(request, f"{found.done_by_name} har alt meldt dette som gjort.")
        return see_other(back)
    form = DoneForm(request.POST if request.method == "POST" else None, must=found.concern_id is not None)
    if form.is_bound and form.is_valid():
        try:
            decision_actions.finish(decision=found, came_of=form.cleaned_data["came_of"], by=by)
        except REFUSALS as error:
            form.add_error(None, str(error))
        else:
            return back_with(request, "Meldt som gjort.", back)
    context = {"decision": found, "home": home, "back": back, "form": form}
    return page(request, "meeting/done.html", context, status=422 if form.is_bound else 200)


@allow(Permission.CASES)
@require_http_methods(READ_AND_SEND)
def wrong_decision(request: HttpRequest, meeting_id: UUID, item_id: UUID, decision_id: UUID) -> HttpResponse:
    """A decision was entered by mistake."""
    return _wrong(request, meeting_id, item_id, Decision, decision_id)


@allow(Permission.CASES)
@require_http_methods(READ_AND_SEND)
def wrong_hearing(request: HttpRequest, meeting_id: UUID, item_id: UUID, hearing_id: UUID) -> HttpResponse:
    """On whom, or why, somebody may hear a point was entered by mistake."""
    return _wrong(request, meeting_id, item_id, Hearing, hearing_id)


def _wrong[R: (Decision, Hearing)](
    request: HttpRequest, meeting_id: UUID, item_id: UUID, kind: type[R], row_id: UUID
) -> HttpResponse:
    by = reader(request)
    meeting = access.meeting_for(by, meeting_id)
    item = access.item_for(by, meeting, item_id)
    row = access.entered_for(by, item, kind, row_id)
    form = WrongForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            decision_actions.take_back(row=row, reason=form.cleaned_data["reason"], by=by)
        except REFUSALS as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "Merket som feilført. Før det på nytt slik det skal være.")
            return to_meeting(meeting, f"/punkt/{item.id}")
    context = {"meeting": meeting, "item": item, "row": row, "form": form, "is_decision": isinstance(row, Decision)}
    return page(request, "meeting/wrong.html", context, status=422 if form.is_bound else 200)
