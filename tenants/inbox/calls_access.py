"""Whose call it is: nobody but the one who answered it sees it while it goes on."""

from collections import Counter
from uuid import UUID

from django.db.models import Count
from django.db.models.functions import TruncMonth
from django.http import Http404

from tenants.inbox.calls_models import Call, CallEnd
from tenants.inbox.calls_states import NO_MATTER
from varde.access import Reader
from varde.audit.actions import Action, record
from varde.audit.shown import logged
from varde.clock import OSLO
from varde.privacy.fields import open_together

_MONTHS = 6


def call_for(reader: Reader, call_id: UUID) -> Call:
    """The reader's own call, the look logged; Http404 (logged too) for anybody else's and for none."""
    found = Call.objects.filter(id=call_id).first()
    record(by=reader, action=Action.VIEW if found else Action.DENIED, what="inbox.call", ids=[call_id])
    if found is None:
        raise Http404
    return found


def calls_for(reader: Reader) -> list[Call]:
    """The reader's calls that are going on, the newest first; logged."""
    rows = list(logged(Call.objects.order_by("-started_at"), by=reader, what="inbox.call"))
    open_together(rows)
    return rows


def figures() -> list[dict[str, object]]:
    """By month, the newest first: how many calls were no concern, of each kind."""
    month = TruncMonth("at", tzinfo=OSLO)
    rows = CallEnd.objects.annotate(month=month).values("month", "kind").annotate(count=Count("id")).order_by()
    counted = {(row["month"], row["kind"]): row["count"] for row in rows}
    totals = Counter(month for month, _ in counted)
    months = sorted(totals, reverse=True)[:_MONTHS]
    return [{"month": each, "counts": [counted.get((each, kind), 0) for kind, _ in NO_MATTER]} for each in months]
