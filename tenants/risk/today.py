"""This room's part of «I dag»: risk assessments that are to be made anew."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from tenants.inbox.due import Due, end_of
from tenants.risk.models import Assessment
from varde.access import Reader, Role
from varde.identity.models import User
from varde.ui.dates import day_of


def anew(reader: Reader, until: datetime, most: int) -> Iterator[Due]:
    """Those of open cases that this person signed last; for a coordinator also those of people who are here no more."""
    own = Q(signed_by=reader.user_id)
    if reader.has(Role.COORDINATOR):
        own |= Q(~Exists(User.objects.here().filter(pk=OuterRef("signed_by"))))
    newer = Assessment.objects.filter(case=OuterRef("case"), signed_at__gt=OuterRef("signed_at"))
    rows = Assessment.objects.filter(own, ~Exists(newer), next_on__lte=day_of(until), case__state="open")
    for row in rows.select_related("case").order_by("next_on", "id")[:most]:
        if row.next_on is not None:
            yield Due(
                "Vurder risikoen på nytt", f"/saker/{row.case_id}", "risk.assessment", row.case_id,
                at=end_of(row.next_on), whole_day=True, concern_id=row.case.concern_id,
            )  # fmt: skip
