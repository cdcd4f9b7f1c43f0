"""This room's part of «I dag»: what waits for the coordinator, what must be changed, and what has come."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q

from tenants.inbox.due import Due
from tenants.raising import queries, states
from tenants.raising.models import Raised, RaisedWord
from varde.access import Permission, Reader


def waiting(reader: Reader, until: datetime, most: int) -> Iterator[Due]:
    """Without a date: the leader team's meeting has one, the matter has none."""
    if not reader.may(Permission.MATTER_RAISE):
        return
    if queries.may_approve(reader):
        words = RaisedWord.objects.filter(raised=OuterRef("pk"), way="out", sent_at=None)
        rows = queries.matters().filter(Q(state=states.WAITING) | Exists(words))
        yield from (_due(row, "Systemsak som venter på deg", "Godkjenn, eller be om en endring") for row in rows[:most])
    mine = queries.matters().filter(made_by=reader.user_id)
    yield from (_due(row, "Systemsak som må endres", "") for row in mine.filter(state=states.BACK)[:most])
    news = RaisedWord.objects.filter(raised=OuterRef("pk"), way="in")
    news = news.filter(Q(raised__read_at=None) | Q(at__gt=F("raised__read_at")))
    rows = queries.matters() if queries.may_approve(reader) else mine
    yield from (_due(row, "Svar fra lederteamet", "") for row in rows.filter(Exists(news))[:most])


def _due(row: Raised, kind: str, note: str) -> Due:
    return Due(kind, f"/systemsaker/{row.pk}", "raising.matter", row.pk, row=row, field="title", note=note)
