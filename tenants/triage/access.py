"""Who may see which step. Concerns are guarded by the inbox."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from tenants.inbox.access import concern_for, visible
from tenants.inbox.models import Concern
from tenants.triage import hooks, queries
from tenants.triage.models import NextStep
from varde.access import Reader
from varde.audit.actions import Action, record


def matter_for(reader: Reader, concern_id: UUID) -> tuple[Concern, str]:
    """A concern to decide on, and where it lives now ("" for the inbox).

    Http404 also when it has become something that the reader may not see.
    """
    concern = concern_for(reader, concern_id)
    home = hooks.homes([concern.id], reader).get(concern.id)
    if home == "":
        raise Http404
    return concern, home or ""


def step_for(concern: Concern) -> NextStep:
    """The open step of a concern that `matter_for` has let through; Http404 when nothing is open."""
    step = queries.open_step(concern)
    if step is None:
        raise Http404
    return step


def steps_for(reader: Reader, *, everybody: bool) -> QuerySet[NextStep]:
    """Open steps on a page, logged as one look. A step of a matter that is hidden from its own owner does not show."""
    record(by=reader, action=Action.LIST, what="triage.step")
    seen = visible(reader, Concern.objects.all())
    return queries.open_steps(reader, everybody=everybody).filter(concern__in=seen.values("pk"))
