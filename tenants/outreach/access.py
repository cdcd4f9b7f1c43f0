"""Who may look at which activity: those whose role sees the room."""

from uuid import UUID

from django.http import Http404

from tenants.outreach.models import Activity
from varde.access import Permission, Reader
from varde.audit.actions import Action, record


def note_read(reader: Reader, what: str = "outreach.activity") -> None:
    """A page of the room was read."""
    record(by=reader, action=Action.LIST, what=what)


def activity_for(reader: Reader, activity_id: UUID) -> Activity:
    """An activity; Http404 when there is none."""
    found = Activity.objects.select_related("responsible").filter(pk=activity_id).first()
    if found is None:
        record(by=reader, action=Action.DENIED, what="outreach.activity", ids=[activity_id])
        raise Http404
    record(by=reader, action=Action.VIEW, what="outreach.activity", ids=[found.id])
    return found


def may_write(reader: Reader) -> bool:
    """May this reader write activities down? The reference group and leaders only read."""
    return reader.may(Permission.OUTREACH)
