"""This room's part of «I dag»: closed cases that somebody is to ask about again."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Exists, OuterRef

from tenants.cases.models import CaseMember
from tenants.closing import after_queries
from tenants.inbox.due import Due, end_of
from tenants.triage.queries import NOBODY
from varde.access import Reader, Role
from varde.ui.dates import day_of


def followups(reader: Reader, until: datetime, most: int) -> Iterator[Due]:
    """Those of cases that this person is on; for a coordinator of all that they see."""
    rows = after_queries.waiting().filter(due_on__lte=day_of(until))
    if not reader.has(Role.COORDINATOR):
        rows = rows.filter(Exists(CaseMember.objects.filter(case=OuterRef("case"), user_id=reader.user_id or NOBODY)))
    for row in rows[:most]:
        yield Due(
            "Spør hvordan det går", f"/saker/{row.case_id}/oppfolging", "closing.followup", row.case_id,
            at=end_of(row.due_on), whole_day=True, concern_id=row.case.concern_id,
        )  # fmt: skip
