"""A concern that was ended with advice, or as something for others, is taken up again."""

from django.db import transaction

from tenants.inbox.actions import move
from tenants.inbox.models import Concern
from tenants.inbox.queries import held_by_right
from tenants.triage import hooks, queries, urgency
from tenants.triage.actions import NewStep, take_up
from tenants.triage.models import Assessment
from tenants.triage.states import REOPENED, check_reopens
from varde.access import Permission, Reader, Role, require
from varde.audit.actions import Action, record
from varde.clock import now
from varde.refusal import Refused


@transaction.atomic
def reopen(*, concern: Concern, category: str, reason: str, step: NewStep, by: Reader) -> Assessment:
    """The same concern goes on with a next step, and its deadline runs anew from now. What was decided before stays.

    Raises Refused for anybody but a coordinator who sees it by right, for a concern that triage did not end or that a
    later room has taken over, and for a step whose owner does not see it.
    """
    require(by, Permission.TRIAGE)
    if not by.has(Role.COORDINATOR) or not held_by_right(concern.pk):
        raise Refused("Bare en koordinator kan gjenåpne en bekymring.")
    held = Concern.objects.select_for_update().get(pk=concern.pk)
    newest = queries.newest_assessment(held)
    check_reopens(held.progress, newest.outcome if newest and not hooks.homes([held.pk]) else "")
    moment = now()
    row = Assessment(
        concern=held, category=category, outcome=REOPENED, reason=reason, decided_at=moment, decided_by=by.user_id,
        decided_by_name=by.name,
        deadline_at=urgency.deadline(category, queries.rules(), received_at=moment, now=moment),
    )  # fmt: skip
    row.save()
    take_up(concern=held, step=step, akutt=category == urgency.AKUTT, by=by, at=moment)
    move(concern=held, to="in_progress", by=by)
    record(by=by, action=Action.CREATE, what="triage.assessment", ids=[row.id], reason="gjenåpnet")
    return row
