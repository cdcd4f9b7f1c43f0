"""This room's part of «I dag»: measures, requests without an answer, and what a kontaktperson is asked."""

from collections.abc import Iterator
from datetime import datetime

from tenants.inbox.due import Due, end_of
from tenants.measures.models import Measure, Request
from tenants.measures.requests_access import GIVEN
from tenants.measures.requests_states import WAITING
from tenants.measures.states import OPEN
from varde.access import Permission, Reader
from varde.ui.dates import day_of


def measures(reader: Reader, until: datetime, most: int) -> Iterator[Due]:
    """Measures of open cases that this person owns."""
    rows = Measure.objects.filter(owner_id=reader.user_id, status__in=OPEN, due_on__lte=day_of(until))
    for row in rows.filter(case__state="open").select_related("case").order_by("due_on", "id")[:most]:
        yield Due(
            "Tiltak", f"/tiltak/{row.id}", "measures.measure", row.id, at=end_of(row.due_on), whole_day=True,
            row=row, field="title", concern_id=row.case.concern_id,
        )  # fmt: skip


def unanswered(reader: Reader, until: datetime, most: int) -> Iterator[Due]:
    """Requests to others that this person follows up."""
    rows = Request.objects.filter(owner_id=reader.user_id, state__in=WAITING, due_on__lte=day_of(until))
    for row in rows.order_by("due_on", "id")[:most]:
        yield Due(
            "Forespørsel uten svar", f"/saker/{row.case_id}/foresporsler/{row.id}", "measures.request", row.case_id,
            at=end_of(row.due_on), whole_day=True, row=row, field="asked", concern_id=row.concern_id,
        )  # fmt: skip


def given(reader: Reader, until: datetime, most: int) -> Iterator[Due]:
    """What this person is asked to do, and nothing of the matter."""
    if not reader.may(Permission.REQUESTS_ANSWER):
        return
    rows = Request.objects.filter(recipient_id=reader.user_id, state__in=WAITING).order_by("due_on", "id")
    for row in rows[:most]:
        yield Due(
            "Svar på forespørsel", f"/foresporsler/{row.id}", "measures.request", row.case_id, ground=GIVEN,
            at=end_of(row.due_on), whole_day=True, row=row, field="asked",
        )  # fmt: skip
