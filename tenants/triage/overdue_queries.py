"""What came by letter, that no person has opened, and that is past the hours of its kind."""

from collections.abc import Iterable
from datetime import datetime

from tenants.inbox.models import Concern, Cover
from tenants.inbox.queries import is_denied
from tenants.triage import escalation, queries, urgency
from varde.access import Reader, Role
from varde.identity.models import User
from varde.identity.queries import people


def unopened(at: datetime) -> list[Concern]:
    """The oldest first, held for the task."""
    rows = Concern.objects.filter(progress="received").select_for_update(skip_locked=True)
    return _late(rows.order_by("received_at", "id"), at)


def late(by: Reader, at: datetime) -> int:
    """For the delivery ledger: how many that came by letter nobody has opened in time."""
    return len(_late(Concern.objects.filter(progress="received"), at))


def _late(rows: Iterable[Concern], at: datetime) -> list[Concern]:
    known = queries.rules()
    return [row for row in rows if urgency.must_be_open(row.received_at, known, at, acute=row.acute) < at]


def given_up(concern: Concern, at: datetime) -> bool:
    """Has it waited so long after its time that those who could not be told are waited for no more?"""
    due = urgency.must_be_open(concern.received_at, queries.rules(), at, acute=concern.acute)
    return at - due >= escalation.SPACING


def leaders(concern: Concern) -> list[User]:
    """Who may hear that something waits: nobody who is shut out of it, and no leader of what is about staff."""
    if Cover.objects.filter(concern=concern).exists():
        return []
    return [person for person in people(Role.LEADER) if not is_denied(concern, person)]
