"""What was decided in a meeting and nobody has done, as duties that go along when its matter is joined into another."""

from collections.abc import Iterator
from functools import partial

from tenants.cases.models import Case
from tenants.inbox.models import Concern
from tenants.joined.duties import Duty
from tenants.joined.states import CARRIED_ON
from tenants.measures.actions import Plan, plan_measure
from tenants.meeting import queries
from tenants.meeting.decision_actions import finish
from tenants.meeting.models import Decision
from varde.access import Reader
from varde.identity.models import User
from varde.ui.dates import day_of
from varde.ui.gone import words

_BECOMES = "Føres den videre, blir den et tiltak der. Er det ingen sak der ennå, blir den stående hos den som har den."


def tasks(concern: Concern) -> Iterator[Duty]:
    """Each that stands open."""
    for row in queries.undone().filter(concern=concern):
        owner, due, end = row.heir or row.owner, day_of(row.due_at), partial(_end, row)
        carry = partial(_carry, row)
        yield Duty(f"oppgave-{row.id}", "Oppgave fra møte", words(row, "text"), owner, due, carry, end, _BECOMES)


def _end(row: Decision, reason: str, by: Reader) -> None:
    finish(decision=row, came_of=reason, by=by)


def _carry(row: Decision, into: Concern, owner: User, by: Reader) -> None:
    """The minutes stay with the matter that they were written of; a case takes the task on as a measure."""
    case = Case.objects.select_related("concern").filter(concern=into).first()
    if case is not None:
        plan_measure(case=case, plan=Plan("concrete", row.text, owner, day_of(row.due_at)), by=by)
        _end(row, CARRIED_ON, by)
