"""What came by letter, that no person has opened, and that is past the hours of its kind."""

from datetime import datetime

from tenants.inbox.models import Concern, Cover
from tenants.inbox.queries import is_denied
from tenants.triage import queries, urgency
from varde.access import Role
from varde.identity.models import User
from varde.identity.queries import people


def unopened(at: datetime) -> list[Concern]:
    """The oldest first, held for the task."""
    known = queries.rules()
    rows = Concern.objects.filter(progress="received").select_for_update(skip_locked=True)
    return [
        row
        for row in rows.order_by("received_at", "id")
        if urgency.must_be_open(row.received_at, known, at, acute=row.acute) < at
    ]


def leaders(concern: Concern) -> list[User]:
    """Who may hear that something waits: nobody who is shut out of it, and no leader of what is about staff."""
    if Cover.objects.filter(concern=concern).exists():
        return []
    return [person for person in people(Role.LEADER) if not is_denied(concern, person)]
