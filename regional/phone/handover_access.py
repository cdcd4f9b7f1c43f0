"""Notes between shifts, each look logged."""

from uuid import UUID

from django.http import Http404

from regional.phone import handover_queries as queries
from regional.phone.handover_models import ShiftNote
from varde.access import Reader
from varde.audit.actions import Action, record


def note_for(note_id: UUID, by: Reader) -> ShiftNote:
    """A note that the reader may see; 404 for others."""
    note = ShiftNote.objects.filter(id=note_id).first()
    if note is None:
        record(by=by, action=Action.DENIED, what="phone.note", ids=[note_id])
        raise Http404
    return note


def recent(by: Reader) -> list[ShiftNote]:
    """Those of the last two weeks."""
    rows = queries.recent()
    record(by=by, action=Action.LIST, what="phone.note", ids=[row.id for row in rows])
    return rows


def unread(by: Reader) -> list[ShiftNote]:
    """Those that others have written and the reader has not read."""
    rows = queries.unread(by)
    if rows:
        record(by=by, action=Action.LIST, what="phone.note", ids=[row.id for row in rows])
    return rows
