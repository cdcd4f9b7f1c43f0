"""Who may see which step. Concerns are guarded by the inbox."""

from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404

from tenants.inbox.access import concern_for
from tenants.inbox.models import Concern
from tenants.triage import hooks, queries, step_text_queries
from tenants.triage.models import NextStep
from varde.access import Reader
from varde.audit.actions import Action, record
from varde.audit.shown import logged


def matter_for(reader: Reader, concern_id: UUID) -> tuple[Concern, str]:
    """A concern to decide on, and where it lives now ("" for the inbox)."""
    concern = concern_for(reader, concern_id)
    return concern, hooks.homes([concern.id]).get(concern.id, "")


def step_for(concern: Concern) -> NextStep:
    """The open step of a concern that `matter_for` has let through; Http404 when nothing is open."""
    step = queries.open_step(concern)
    if step is None:
        raise Http404
    return step


def done_step_for(reader: Reader, concern: Concern, step_id: UUID) -> NextStep:
    """A step that is done, of a concern that `matter_for` has let through; Http404 (logged) for every other."""
    step = step_text_queries.done_step(concern, step_id)
    if step is None:
        record(by=reader, action=Action.DENIED, what="triage.step", ids=[step_id])
        raise Http404
    return step


def steps_for(reader: Reader, *, everybody: bool, among: Q | None = None) -> QuerySet[NextStep]:
    """Open steps; those that a page fetches are logged. A step of a matter hidden from its own owner does not show."""
    rows = queries.open_steps(reader, everybody=everybody).filter(among or Q())
    return logged(rows, by=reader, what="triage.step")


def undecided_for(reader: Reader) -> QuerySet[Concern]:
    """Concerns that nobody has decided on, the oldest first; those that a page fetches are logged."""
    return logged(queries.undecided(), by=reader, what="inbox.concern")
