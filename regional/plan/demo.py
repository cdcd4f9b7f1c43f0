"""Gjøvikregionen's action plan: adopted, under way, with something done, something late and something stopped."""

import json
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from regional.plan import actions, adoption_actions, progress_actions, queries
from regional.plan.models import Goal, Measure, Plan
from regional.plan.told import GoalTold, MeasureTold, Owner, PlanTold, ProgressTold
from varde.access import Reader, Role
from varde.clock import now
from varde.demo_cast import NobodyHere, acting, then
from varde.tenancy.door import OfficeRef
from varde.ui.dates import day_of

_FILE = Path(__file__).parent / "data" / "plan.json"
_WRITTEN, _DECIDED, _SAID = 90, 80, 6  # days ago


def seed(region: OfficeRef) -> bool:
    """Lay it down; False when there is a plan, or the region is another."""
    data: dict[str, Any] = json.loads(_FILE.read_text(encoding="utf-8"))
    if region.slug != data["region"]:
        return False
    try:
        with acting(region, Role.HOST_ADMINISTRATOR) as by:
            if queries.plans():
                return False
            with then(days=_WRITTEN):
                plan, laid = _plan(data, by)
            with then(days=_DECIDED):
                adoption_actions.adopt(plan=plan, decision=data["decision"], decided_on=day_of(now()), by=by)
            with then(days=_SAID):
                for row, said in laid:
                    _report(row, said, by)
    except NobodyHere:
        return False
    return True


def _plan(data: Mapping[str, Any], by: Reader) -> tuple[Plan, list[tuple[Measure, Mapping[str, Any]]]]:
    """The plan, and each measure with what the file says of it."""
    year = day_of(now()).year
    told = PlanTold(title=data["title"], first_year=year, last_year=year + 1, about=data["about"])
    plan, laid = actions.start_plan(told=told, carry=None, by=by), []
    refs = {ref.slug: ref for ref in queries.kommuner(by)}
    for goal in data["goals"]:
        row = actions.add_goal(plan=plan, told=GoalTold(title=goal["title"], about=goal["about"]), by=by)
        laid += [(_measure(row, said, refs, data["decision"], by), said) for said in goal["measures"]]
    return plan, laid


def _measure(goal: Goal, said: Mapping[str, Any], refs: Mapping[str, OfficeRef], origin: str, by: Reader) -> Measure:
    chosen = [refs[slug] for slug in said.get("for", ()) if slug in refs]
    body = Owner(kind="body", name=said.get("owner", "Lederteamet"))
    home = Owner(kind="kommune", name=chosen[0].name, kommune=chosen[0].id) if chosen else body
    told = MeasureTold(
        what=said["what"],
        owner=body if "owner" in said else home,
        due_on=day_of(now() + timedelta(days=_WRITTEN + said["days"])),
        effect=said.get("effect", ""),
        kommuner=tuple(ref.id for ref in chosen),
        cost=said.get("cost"),
        origin_kind="decision",
        origin=origin,
    )
    return actions.add_measure(plan=goal.plan, goal=goal, told=told, by=by)


def _report(row: Measure, said: Mapping[str, Any], by: Reader) -> None:
    if "status" in said:
        told = ProgressTold(status=said["status"], text=said.get("text", ""), reason=said.get("reason", ""))
        progress_actions.report(measure=row, told=told, by=by)
    if "evidence" in said:
        progress_actions.add_evidence(measure=row, text=said["evidence"], filed=None, by=by)
