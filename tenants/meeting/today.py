"""This room's part of «I dag»: meetings to come to, minutes to write, and what was decided and is not a next step."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q

from tenants.inbox.due import Due
from tenants.meeting.models import Meeting, Participant
from tenants.meeting.queries import theirs, undone
from tenants.triage.queries import NOBODY
from varde.access import Permission, Reader, Role
from varde.clock import now

_LONG_AGO = timedelta(days=1)


def meetings(reader: Reader, until: datetime, most: int) -> Iterator[Due]:
    """Those that this person comes to, and those whose minutes are theirs to write."""
    if not reader.may(Permission.CASES):
        return
    comes = Participant.objects.filter(meeting=OuterRef("pk"), user_id=reader.user_id or NOBODY, gone_at__isnull=True)
    coming = Meeting.objects.filter(Exists(comes), state="planned", starts_at__range=(now() - _LONG_AGO, until))
    for row in coming.order_by("starts_at", "id")[:most]:
        yield Due("Møte", f"/mote/{row.id}", "meeting.meeting", row.id, at=row.starts_at, row=row, field="place")
    unwritten = Meeting.objects.filter(minute_taker_id=reader.user_id, state="held").order_by("starts_at", "id")
    for row in unwritten[:most]:
        yield Due("Skriv ferdig referatet", f"/mote/{row.id}", "meeting.meeting", row.id, at=row.starts_at)


def decisions(reader: Reader, until: datetime, most: int) -> Iterator[Due]:
    """What this person is to do, each on the page where it is reported done; for a coordinator also what somebody was
    to do who does not work here any more."""
    if not reader.may(Permission.CASES):
        return
    mine = theirs(reader.user_id or NOBODY)
    if reader.has(Role.COORDINATOR):
        mine |= Q(heir__is_active=False) | Q(heir__isnull=True, owner__is_active=False)
    for row in undone().filter(mine, due_at__lte=until)[:most]:
        yield Due(
            "Oppgave fra møte", f"/mote/oppfolging/{row.id}", "meeting.decision", row.concern_id or row.meeting_id,
            at=row.due_at, row=row, field="text", concern_id=row.concern_id,
        )  # fmt: skip
