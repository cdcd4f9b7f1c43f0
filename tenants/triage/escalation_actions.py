"""Keeping who was told that something is overdue."""

from datetime import datetime

from django.db import transaction

from tenants.inbox.models import Concern
from tenants.triage.escalation import Call
from tenants.triage.escalation_models import Escalation
from tenants.triage.models import NextStep, Nudge
from varde.access import Reader
from varde.audit.actions import Action, record
from varde.identity.models import User


@transaction.atomic
def note_told(
    *, concern: Concern, step: NextStep | None, about: str, call: Call[User], at: datetime, by: Reader
) -> None:
    """These people have been told; once per level."""
    rows = [
        Escalation(
            concern=concern, step=step, about=about, level=call.level, told=person.id, told_name=person.name, at=at
        )
        for person in call.people
    ]  # fmt: skip
    for row in rows:
        row.save()
    record(by=by, action=Action.SEND, what="triage.escalation", ids=[concern.id])


@transaction.atomic
def note_nudged(*, concern: Concern, at: datetime, by: Reader) -> None:
    """Everybody whom there is to tell has been told that nobody has opened the concern."""
    Nudge(concern=concern, at=at).save()
    record(by=by, action=Action.SEND, what="inbox.concern", ids=[concern.id])
