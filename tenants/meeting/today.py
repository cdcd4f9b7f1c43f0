"""This room's part of «I dag»: meetings to come to, minutes to write, and what was decided about no matter."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef

from tenants.inbox.due import Due
from tenants.meeting.models import Decision, Meeting, Participant
from tenants.triage.queries import NOBODY
from varde.access import Permission, Reader
from varde.clock import now

_LONG_AGO = timedelta(days=1)


def meetings(reader: Reader, until: datetime, most: int) -> Iterator[Due]:
    """Those that this person comes to, and those whose minutes are theirs to write."""
    if not reader.may(Permission.CASES):
        return
    comes = Participant.objects.filter(meeting=OuterRef("pk"), user_id=reader.user_id or NOBODY, gone_at__isnull=True)
    coming = Meeting.objects.filter(Exists(comes), state="planned", starts_at__range=(now() - _LONG_AGO, until))
    for row in coming.order_by("starts_at", "id")[:most]:
        yield Due("Møte", f"/mote/{row.id}", "meeting.meeting", row.id, at=row.starts_at)
    unwritten = Meeting.objects.filter(minute_taker_id=reader.user_id, state="held").order_by("starts_at", "id")
    for row in unwritten[:most]:
        yield Due("Skriv ferdig referatet", f"/mote/{row.id}", "meeting.meeting", row.id, at=row.starts_at)


def decisions(reader: Reader, until: datetime, most: int) -> Iterator[Due]:
    """What this person is to do that is about no matter; in a matter it is a next step."""
    if not reader.may(Permission.CASES):
        return
    rows = Decision.objects.filter(
        owner_id=reader.user_id, done_at__isnull=True, concern__isnull=True, due_at__lte=until
    )
    for row in rows.order_by("due_at", "id")[:most]:
        yield Due(
            "Vedtak fra møte", f"/mote/{row.meeting_id}", "meeting.meeting", row.meeting_id, at=row.due_at,
            row=row, field="text",
        )  # fmt: skip
