"""Writing down what was done, and the plan's numbers."""

from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction

from tenants.outreach import queries
from tenants.outreach.models import Activity, PlanNumbers
from varde import turn
from varde.access import Permission, Reader, require
from varde.audit.actions import Action, record
from varde.clock import now
from varde.identity.models import User
from varde.refusal import Refused, check_seen, overtaken


@dataclass(frozen=True, slots=True)
class Told:
    """An activity as it is typed. Raises ValueError for a reach or a cost below nothing."""

    kind: str
    title: str
    held_on: date
    audience: str
    reach: int | None = None
    place: str = ""
    material: str = ""
    cost: int | None = None
    evaluation: str = ""

    def __post_init__(self) -> None:
        if min(self.reach or 0, self.cost or 0) < 0:
            raise ValueError("Tallet kan ikke være mindre enn null.")


@transaction.atomic
def save_activity(
    *, activity: Activity | None, told: Told, responsible: User | None, by: Reader, seen: str | None = None
) -> Activity:
    """A new activity, or a change of one; what was planned gets its reach and evaluation afterwards.

    `seen` is what the page showed (`queries.as_seen`). Raises Overtaken when somebody else was first.
    """
    require(by, Permission.OUTREACH)
    row = Activity(made_at=now(), made_by_name=by.name[:200])
    if activity is not None:
        row = _held(activity)
        check_seen(seen, queries.as_seen(row))
    for name, value in asdict(told).items():
        setattr(row, name, value)
    row.responsible = responsible
    row.save(force_insert=activity is None)
    record(by=by, action=Action.CHANGE if activity else Action.CREATE, what="outreach.activity", ids=[row.id])
    return row


def _held(activity: Activity) -> Activity:
    found = Activity.objects.select_for_update().filter(pk=activity.pk).first()
    if found is None:
        raise Refused("Noen andre har slettet aktiviteten. Det du har skrevet, står her fortsatt.")
    return found


@transaction.atomic
def remove_activity(*, activity: Activity, by: Reader) -> None:
    """It was written down by mistake, or did not take place."""
    require(by, Permission.OUTREACH)
    record(by=by, action=Action.CHANGE, what="outreach.activity", ids=[activity.id], reason="slettet")
    Activity.objects.filter(pk=activity.pk).delete()


@transaction.atomic
def set_numbers(*, staff: int, inhabitants: int, started_on: date, by: Reader, seen: str | None = None) -> None:
    """How many there are to reach from now on, after those `seen` (the id, "" for none). Raises Overtaken."""
    require(by, Permission.OUTREACH)
    turn.wait_for("outreach.plan")
    newest = queries.numbers()
    did = overtaken(newest.set_by, newest.set_at) if newest else ""
    check_seen(seen, str(newest.pk) if newest else "", did)
    row = PlanNumbers(staff=staff, inhabitants=inhabitants, started_on=started_on, set_at=now(), set_by=by.name[:200])
    row.save()
    record(by=by, action=Action.CHANGE, what="outreach.plan", ids=[row.id])
