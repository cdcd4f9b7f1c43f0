"""Keeping that somebody was told of what is due."""

from collections.abc import Sequence

from django.db import transaction

from tenants.triage.reminded_models import Reminded
from tenants.triage.reminders import Due
from varde.access import Reader
from varde.audit.actions import Action, record
from varde.clock import now


@transaction.atomic
def note_told(*, told: Sequence[Due], by: Reader) -> None:
    """Of these somebody was told; once each."""
    for one in told:
        row = Reminded(concern_id=one.concern_id, row_id=one.row_id, owner=one.owner_id, due_on=one.due_on, at=now())
        row.save()
    if told:
        ids = [one.concern_id or one.row_id for one in told]
        record(by=by, action=Action.SEND, what="triage.reminder", ids=list(dict.fromkeys(ids)))
