"""Who may see and change the plan. The getters are the guards; row rights say the same."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404

from regional.leaders.queries import members
from regional.plan import queries
from regional.plan.forms import Person
from regional.plan.models import Evidence, Goal, Measure, Plan
from varde.access import Permission, Reader
from varde.access.roles import roles_with
from varde.audit.actions import Action, record
from varde.clock import now
from varde.identity.queries import people
from varde.ui.dates import day_of


def may_edit(by: Reader) -> bool:
    """Those who write the plan."""
    return by.may(Permission.PLAN_EDIT)


def may_report(by: Reader, measure: Measure) -> bool:
    """Those who write the plan, and a member of the leader team for what the kommune that lends them does itself."""
    if may_edit(by):
        return True
    home = by.for_office
    if home is None or not by.may(Permission.LEADERS_READ):
        return False
    return bool(queries.of_kommune([queries.line_of(measure, measure.due_on)], home))


def owners(by: Reader) -> list[Person]:
    """People who may be given a measure: the leader team, and those of the office who see the plan."""
    sit = [Person(str(one.id), one.name, one.user_id) for one in members(by, day_of(now()))]
    known = {one.user for one in sit}
    able = people(*roles_with(Permission.LEADERS_READ))
    return sit + [Person(str(user.id), user.name, user.id) for user in able if user.id not in known]


def me(by: Reader) -> UUID:
    """The person's id; a purpose writes no plan."""
    if by.user_id is None:
        raise PermissionDenied
    return by.user_id


def _found[T: (Plan, Goal, Measure, Evidence)](row: T | None, what: str, wanted: UUID, by: Reader) -> T:
    if row is None or not by.may(Permission.LEADERS_READ):
        record(by=by, action=Action.DENIED, what=what, ids=[wanted])
        raise Http404
    record(by=by, action=Action.VIEW, what=what, ids=[row.id])
    return row


def plan_for(by: Reader, plan_id: UUID) -> Plan:
    """One plan, draft or adopted. Http404, logged."""
    found = Plan.objects.select_related("adoption").filter(pk=plan_id).first()
    return _found(found, "plan.plan", plan_id, by)


def draft_for(by: Reader, plan_id: UUID) -> Plan:
    """One that may still be changed. Http404, logged, for one that is adopted."""
    found = plan_for(by, plan_id)
    if not may_edit(by) or queries.adoption_of(found) is not None:
        record(by=by, action=Action.DENIED, what="plan.plan", ids=[plan_id])
        raise Http404
    return found


def goal_for(by: Reader, goal_id: UUID) -> Goal:
    """One goal. Http404, logged."""
    return _found(Goal.objects.select_related("plan").filter(pk=goal_id).first(), "plan.goal", goal_id, by)


def measure_for(by: Reader, measure_id: UUID) -> Measure:
    """One measure. Http404, logged."""
    found = Measure.objects.select_related("plan", "goal").filter(pk=measure_id).first()
    return _found(found, "plan.measure", measure_id, by)


def evidence_for(by: Reader, evidence_id: UUID) -> Evidence:
    """One with a file. Http404, logged."""
    found = Evidence.objects.select_related("measure").filter(pk=evidence_id).exclude(kind="").first()
    return _found(found, "plan.evidence", evidence_id, by)
