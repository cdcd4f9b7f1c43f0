"""Asking for a step that is done, to put right what it says."""

from uuid import UUID

from tenants.inbox.models import Concern
from tenants.triage.models import NextStep
from tenants.triage.step_text_models import StepWas
from varde.privacy.fields import open_together


def address(step: NextStep) -> str:
    """Where the words of a step that is done are put right."""
    return f"/innboks/{step.concern_id}/steg/{step.pk}/rett"


def done_step(concern: Concern, step_id: UUID) -> NextStep | None:
    """A step of the matter that is done; None for every other."""
    return NextStep.objects.filter(concern=concern, pk=step_id, done_at__isnull=False).first()


def earlier(step: NextStep) -> list[StepWas]:
    """What it said before, the newest first."""
    rows = list(StepWas.objects.filter(step=step).order_by("-at", "-id"))
    open_together(rows)
    return rows
