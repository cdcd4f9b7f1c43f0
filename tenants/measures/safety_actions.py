"""Writing a new version of the safety plan."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from tenants.cases.access import require_case
from tenants.cases.models import Case
from tenants.cases.queries import locked
from tenants.cases.states import check_open
from tenants.measures import safety, safety_queries
from tenants.measures.safety_models import SafetyPlan
from varde.access import Reader
from varde.audit.actions import Action, record
from varde.clock import now
from varde.refusal import check_seen, overtaken
from varde.ui.dates import day_of


@transaction.atomic
def write_plan(*, case: Case, parts: Mapping[str, str], agreed_on: date | None, seen: str, by: Reader) -> SafetyPlan:
    """A version after the one that was `seen` ("0" for none). Earlier versions stay.

    Raises Refused for an empty plan, an agreement to come and a closed case, Overtaken for a version that somebody else
    wrote meanwhile.
    """
    require_case(by, case)
    check_open(locked(case).state)
    moment = now()
    safety.check_parts(parts)
    safety.check_agreed(agreed_on, day_of(moment))
    last = safety_queries.newest(case)
    version = last.version if last else 0
    check_seen(seen, str(version), overtaken(last.made_by_name, last.made_at) if last else overtaken())
    plan = SafetyPlan(case=case, version=version + 1, parts=dict(parts), agreed_on=agreed_on, made_at=moment)
    plan.made_by_name = by.name
    plan.save()
    record(by=by, action=Action.CREATE, what="measures.safety_plan", ids=[case.id])
    return plan
