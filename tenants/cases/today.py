"""This room's part of «I dag»: somebody asks to be let into a case, and this person is the one to answer."""

from collections.abc import Iterator
from datetime import datetime

from tenants.cases import glass
from tenants.cases.models import GlassRequest
from tenants.inbox.due import Due, end_of
from varde.access import Reader
from varde.clock import now
from varde.ui.dates import day_of


def asked(reader: Reader, until: datetime, most: int) -> Iterator[Due]:
    """Requests that can still be answered; today, because they are of no use tomorrow."""
    rows = GlassRequest.objects.filter(
        approver_id=reader.user_id, answered_at__isnull=True, asked_at__gt=now() - glass.WAITS
    )
    today = end_of(day_of(now()))
    for row in rows.select_related("asked_by").order_by("asked_at")[:most]:
        yield Due(
            "Nødåpning", "/nodapning", "cases.glass", row.id, at=today, whole_day=True,
            text=f"{row.asked_by.name} ber deg godkjenne",
        )  # fmt: skip
