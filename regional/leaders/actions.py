"""Laying down the leader team's table."""

from dataclasses import dataclass

from django.db import transaction

from regional.leaders.models import RotationTable
from regional.leaders.rotation import rotate
from varde.access import Reader
from varde.audit.actions import Action, record
from varde.clock import now


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What the engine makes the table from, and who else belongs to the team."""

    source: str
    kommuner: list[str]
    seats: list[str]
    first_year: int
    years: int
    fixed_members: list[str]
    by_request: list[str]
    proposal: bool


@transaction.atomic
def set_table(*, plan: Plan, by: Reader) -> RotationTable:
    """A new table; the ones before it stay as history. Raises ValueError with a sentence for names or years."""
    rotate(plan.kommuner, plan.seats, first_year=plan.first_year, years=plan.years)
    row = RotationTable(
        source=plan.source,
        kommuner=plan.kommuner,
        seats=plan.seats,
        first_year=plan.first_year,
        years=plan.years,
        fixed_members=plan.fixed_members,
        by_request=plan.by_request,
        proposal=plan.proposal,
        made_at=now(),
    )
    row.save(force_insert=True)
    record(by=by, action=Action.CREATE, what="leaders.rotation", ids=[row.id])
    return row
