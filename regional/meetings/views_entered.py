"""A meeting that was held without having been called here."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from regional.meetings import access, queries
from regional.meetings.entered_actions import enter
from regional.meetings.forms import EnteredForm, initial_of
from regional.meetings.models import Meeting
from regional.meetings.views import BASE, READ_AND_SEND
from regional.meetings.views_meeting import to_meeting
from varde.access import Permission, Reader, allow, reader
from varde.clock import now
from varde.refusal import Overtaken, Refused
from varde.ui.shortcuts import page

_LEAD = "Medlemmene i lederteamet den dagen kommer på listen, så du kan føre hvem som møtte. Ingen får varsel."


@allow(Permission.LEADERS_MANAGE)
@require_http_methods(READ_AND_SEND)
def entered(request: HttpRequest, meeting_id: UUID | None = None) -> HttpResponse:
    """A planned meeting was held, or one that nobody planned."""
    by = reader(request)
    found = access.meeting_for(by, meeting_id) if meeting_id else None
    if found is not None and found.state != "planned":
        messages.error(request, "Det kan ikke gjøres med møtet slik det står nå.")
        return to_meeting(found)
    form = EnteredForm(request.POST if request.method == "POST" else None, initial=_initial(found), now=now())
    if form.is_bound and form.is_valid():
        made = _entered(form, found, by)
        if made is not None:
            messages.success(request, "Møtet er ført inn. Før hvem som møtte, og skriv referatet.")
            return to_meeting(made)
    context: dict[str, Any] = {"form": form, "title": "Før inn et møte som er holdt", "lead": _LEAD}
    context |= {"back": f"{BASE}/{found.id}" if found else BASE, "button": "Før inn møtet"}
    return page(request, "meetings/form.html", context, status=422 if form.is_bound else 200)


def _initial(found: Meeting | None) -> dict[str, Any]:
    if found is not None:
        return initial_of(found) | {"seen": queries.as_seen(found)}
    stands = queries.rules()
    return {"hour": stands.starts, "minutes": stands.minutes, "place": stands.place}


def _entered(form: EnteredForm, found: Meeting | None, by: Reader) -> Meeting | None:
    try:
        seen = form.was_seen if found else None
        return enter(meeting=found, wish=form.wish(), why=form.cleaned_data["why"], seen=seen, by=by)
    except Overtaken as error:
        fresh = access.meeting_for(by, found.id) if found else None
        form.told(str(error), queries.as_seen(fresh) if fresh else "", initial_of(fresh) if fresh else None)
    except Refused as error:
        form.add_error(None, str(error))
    return None
