"""What leaves of a meeting: the call and the minutes as PDF, and the meeting for a calendar."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.views.decorators.http import require_GET

from regional.meetings import access, calendar_file, papers
from regional.meetings.shown import seen
from varde.access import Permission, allow, reader
from varde.audit.actions import Action, record
from varde.clock import now
from varde.documents.serving import CALENDAR, download, paper_download


@allow(Permission.LEADERS_READ)
@require_GET
def call_pdf(request: HttpRequest, meeting_id: UUID) -> Any:
    """The call with its agenda."""
    by = reader(request)
    found = access.meeting_for(by, meeting_id)
    record(by=by, action=Action.PRINT, what="meetings.meeting", ids=[found.id])
    return paper_download(papers.call_paper(found, seen(found), office=by.office.name, now=now()), "innkalling")


@allow(Permission.LEADERS_READ)
@require_GET
def minutes_pdf(request: HttpRequest, meeting_id: UUID) -> Any:
    """The minutes."""
    by = reader(request)
    found = access.meeting_for(by, meeting_id)
    record(by=by, action=Action.PRINT, what="meetings.meeting", ids=[found.id])
    return paper_download(papers.minutes_paper(found, seen(found), office=by.office.name, now=now()), "referat")


@allow(Permission.LEADERS_READ)
@require_GET
def calendar(request: HttpRequest, meeting_id: UUID) -> Any:
    """The meeting for a calendar."""
    by = reader(request)
    found = access.meeting_for(by, meeting_id)
    record(by=by, action=Action.EXPORT, what="meetings.meeting", ids=[found.id])
    made = calendar_file.one(found, now(), office=by.office.name)
    return download([made], size=len(made), stem="mote", kind=CALENDAR)
