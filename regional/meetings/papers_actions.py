"""Files that go with the agenda: the cleaned copy, never what was sent."""

import base64

from django.core.exceptions import PermissionDenied
from django.db import transaction

from regional.meetings import access, queries
from regional.meetings.models import Item, MeetingPaper
from regional.meetings.states import OPEN, check_in
from varde.access import Reader
from varde.audit.actions import Action, record
from varde.clock import now
from varde.documents.beside import Filed
from varde.refusal import Refused

MOST = 10


@transaction.atomic
def lay(*, item: Item, title: str, filed: Filed, by: Reader) -> MeetingPaper:
    """A file beside a point. Raises Refused when there are too many."""
    fresh = queries.locked(item.meeting)
    if not access.may_write(by, fresh):
        raise PermissionDenied
    check_in(fresh.state, OPEN)
    if MeetingPaper.objects.filter(item=item, gone_at__isnull=True).count() >= MOST:
        raise Refused(f"Et punkt kan ha {MOST} vedlegg. Ta bort et først.")
    row = MeetingPaper(meeting=fresh, item=item, title=title, kind=filed.kind, size=len(filed.body))
    row.file, row.at, row.by_name = base64.b64encode(filed.body).decode(), now(), by.name[:200]
    row.save(force_insert=True)
    record(by=by, action=Action.CREATE, what="meetings.paper", ids=[row.id])
    return row


@transaction.atomic
def take_away(*, paper: MeetingPaper, by: Reader) -> None:
    """It goes with no agenda any more: the file is emptied, that it was there stays. Raises Refused."""
    fresh = queries.locked(paper.meeting)
    if not access.may_write(by, fresh):
        raise PermissionDenied
    check_in(fresh.state, OPEN)
    row = MeetingPaper.objects.select_for_update().get(pk=paper.pk)
    row.file, row.gone_at = "", row.gone_at or now()
    row.save(update_fields=["file", "gone_at"])
    record(by=by, action=Action.CHANGE, what="meetings.paper", ids=[row.id], reason="tatt bort")


def opened(paper: MeetingPaper) -> bytes:
    """The file."""
    return base64.b64decode(paper.file)
