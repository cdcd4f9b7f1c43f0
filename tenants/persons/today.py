"""This room's part of «I dag»: warnings to those who visit that somebody is to look at again."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from tenants.inbox.due import Due, end_of
from tenants.persons.spoken import SafetyWarning
from varde.access import Reader, Role
from varde.identity.models import User
from varde.ui.dates import day_of


def warnings(reader: Reader, until: datetime, most: int) -> Iterator[Due]:
    """Those that this person laid; for a coordinator also those of somebody who does not work here any more."""
    mine = Q(by_user=reader.user_id)
    if reader.has(Role.COORDINATOR):
        mine |= Q(~Exists(User.objects.here().filter(id=OuterRef("by_user"))))
    rows = SafetyWarning.objects.filter(mine, ended_at__isnull=True, review_on__lte=day_of(until))
    for row in rows.order_by("review_on", "id")[:most]:
        yield Due(
            "Se på advarselen igjen", "", "persons.warning", row.concern_id, at=end_of(row.review_on), whole_day=True,
            row=row, field="text", concern_id=row.concern_id, in_matter=True,
        )  # fmt: skip
