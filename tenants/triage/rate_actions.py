"""A case hurries more or less than was decided: a new assessment, while step, owner and date carry on."""

from django.db import transaction

from tenants.inbox.models import Concern
from tenants.triage import actions, hooks, queries, states, urgency
from tenants.triage.models import Assessment, NextStep
from varde.access import Reader
from varde.audit.actions import Action, record
from varde.clock import now


@transaction.atomic
def rate(*, concern: Concern, category: str, reason: str, seen: str | None, by: Reader) -> Assessment:
    """How much the case hurries from now on. What was decided before stays; later rooms are told.

    Raises Refused for a category that stands already and for a matter that is over or no case, Overtaken when somebody
    else decided meanwhile (`seen` as in `actions.check_first`).
    """
    held = actions.check_first(concern=concern, seen=seen, by=by)
    newest = queries.newest_assessment(held)
    states.check_rated(category, newest.category if newest and hooks.homes([held.pk]) else "")
    row = actions.assess(concern=held, category=category, outcome=states.RATED, reason=reason, at=now(), by=by)
    akutt = category == urgency.AKUTT
    for step in NextStep.objects.select_for_update().filter(concern=held, done_at__isnull=True, akutt=not akutt):
        step.akutt = akutt
        step.save(update_fields=["akutt"])
        record(by=by, action=Action.CHANGE, what="triage.step", ids=[step.id], reason="ny hastegrad")
    hooks.tell_decided(assessment=row, owner=None, by=by)
    return row
