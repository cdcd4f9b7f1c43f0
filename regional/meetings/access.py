"""Who may see and write in which meeting. The getter is the guard; the database says the same."""

from collections.abc import Sequence
from uuid import UUID

from django.http import Http404

from regional.meetings.models import Decision, Item, Meeting, MeetingPaper
from varde.access import Permission, Reader
from varde.audit.actions import Action, record


def may_manage(by: Reader) -> bool:
    """Does the reader plan and call meetings?"""
    return by.may(Permission.LEADERS_MANAGE)


def may_write(by: Reader, meeting: Meeting) -> bool:
    """The secretary, and whoever leads this meeting or writes at it."""
    led = by.user_id is not None and by.user_id in (meeting.chair_user_id, meeting.taker_user_id)
    return may_manage(by) or (led and by.may(Permission.LEADERS_READ))


def meeting_for(by: Reader, meeting_id: UUID) -> Meeting:
    """A meeting of the leader team, the look logged; Http404 (logged too) when there is none."""
    found = Meeting.objects.filter(pk=meeting_id).first() if by.may(Permission.LEADERS_READ) else None
    if found is None:
        raise _denied(by, "meetings.meeting", meeting_id)
    record(by=by, action=Action.VIEW, what="meetings.meeting", ids=[found.id])
    return found


def writable_meeting(by: Reader, meeting_id: UUID) -> Meeting:
    """The same for whoever may write in it."""
    found = meeting_for(by, meeting_id)
    if not may_write(by, found):
        raise _denied(by, "meetings.meeting", meeting_id)
    return found


def item_for(by: Reader, meeting: Meeting, item_id: UUID) -> Item:
    """A point of a meeting that was let through; Http404 (logged too) otherwise."""
    found = Item.objects.filter(meeting=meeting, pk=item_id).first()
    if found is None:
        raise _denied(by, "meetings.item", item_id)
    found.meeting = meeting
    return found


def paper_for(by: Reader, meeting: Meeting, paper_id: UUID) -> MeetingPaper:
    """A file of a meeting that was let through, the look logged; Http404 (logged too) otherwise."""
    rows = MeetingPaper.objects.filter(meeting=meeting, gone_at__isnull=True)
    found = rows.filter(pk=paper_id).first()
    if found is None:
        raise _denied(by, "meetings.paper", paper_id)
    record(by=by, action=Action.EXPORT, what="meetings.paper", ids=[found.id])
    return found


def decision_for(by: Reader, decision_id: UUID) -> Decision:
    """A decision that stands, the look logged; Http404 (logged too) when there is none."""
    rows = Decision.objects.select_related("meeting", "item").filter(gone_at__isnull=True)
    found = rows.filter(pk=decision_id).first() if by.may(Permission.LEADERS_READ) else None
    if found is None:
        raise _denied(by, "meetings.decision", decision_id)
    record(by=by, action=Action.VIEW, what="meetings.decision", ids=[found.id])
    return found


def may_finish(by: Reader, decision: Decision) -> bool:
    """May the reader say that it is done: whoever writes in the meeting, and the owner."""
    return may_write(by, decision.meeting) or (by.user_id is not None and by.user_id == decision.owner_user_id)


def note_list(by: Reader, meetings: Sequence[Meeting], decisions: Sequence[Decision]) -> None:
    """Log what a list showed."""
    record(by=by, action=Action.LIST, what="meetings.meeting", ids=[one.id for one in meetings])
    if decisions:
        record(by=by, action=Action.LIST, what="meetings.decision", ids=[one.id for one in decisions])


def _denied(by: Reader, what: str, about: UUID) -> Http404:
    record(by=by, action=Action.DENIED, what=what, ids=[about])
    return Http404()
