"""Asking about measures; seen by those who see the case."""

from datetime import date, timedelta

from django.db.models import QuerySet

from tenants.cases.models import Case
from tenants.measures.models import Measure
from tenants.measures.states import OPEN
from varde.access import Reader
from varde.identity.models import User
from varde.refusal import print_of

SOON = timedelta(days=1)


def as_seen(measure: Measure) -> str:
    """The plan of a measure, for the page to send back."""
    return print_of(measure, ("kind", "legal_ground", "owner_id", "due_on", "title", "service"))


def of_case(case: Case) -> list[Measure]:
    """The measures of a case, the first due first."""
    return list(Measure.objects.filter(case=case).select_related("owner").order_by("due_on", "made_at"))


def open_in(case: Case) -> list[Measure]:
    """Those that have not been ended."""
    return [measure for measure in of_case(case) if measure.status in OPEN]


def due(reader: Reader, *, mine: bool = False) -> QuerySet[Measure]:
    """Measures not ended in open cases, the longest overdue first. What a closed case left goes on elsewhere."""
    rows = Measure.objects.filter(status__in=OPEN, case__state="open")
    if mine and reader.user_id is not None:
        rows = rows.filter(owner_id=reader.user_id)
    return rows.select_related("owner", "case").order_by("due_on", "id")


def to_remind(reader: Reader, today: date) -> QuerySet[Measure]:
    """Measures that are overdue or due by tomorrow and whose owner has not been told; locked for the task."""
    rows = due(reader).filter(due_on__lte=today + SOON, reminded_at__isnull=True)
    return rows.select_for_update(of=("self",))


def held(case: Case, user: User) -> str | None:
    """Why a person cannot leave a case, or None."""
    if Measure.objects.filter(case=case, owner=user, status__in=OPEN).exists():
        return f"{user.name} eier et tiltak som ikke er avsluttet. Gi det til en annen først."
    return None


def reached(case: Case) -> bool:
    """Has the case come to its measures?"""
    return Measure.objects.filter(case=case).exists()
