"""The letter to the region: codes of the steps, and counts of the staff. Never anything about a case."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from django.db import transaction

from shared.codes.starting import steps as listed
from shared.codes.starting import version
from shared.contracts import OfficeHealth
from shared.contracts.fields import to_json
from shared.post.actions import send
from shared.registry.queries import office_by_id
from tenants.starting import queries
from tenants.starting.models import HealthSent
from tenants.starting.steps import Known, Standing, standings
from varde import turn
from varde.access import Reader
from varde.audit.actions import Action, record
from varde.clock import now
from varde.refusal import print_of_values
from varde.ui.dates import day_of

# Said anew though nothing has changed, so that the region sees that the figures are alive.
ANEW = timedelta(hours=20)
START = datetime(2000, 1, 1, tzinfo=UTC)


@transaction.atomic
def tell(*, by: Reader) -> bool:
    """Tell the region how we stand, when that has changed or was said long ago; was anything sent? For a purpose.

    Nothing is sent while no agreement is in force.
    """
    if by.office.region_id is None:
        return False
    turn.wait_for("starting.health")
    moment = now()
    known = queries.known(by, day_of(moment))
    letter = letter_of(known, standings(listed(), known, queries.words(), queries.documented()), moment)
    digest = digest_of(letter)
    newest = HealthSent.objects.order_by("-at", "-id").first()
    told = newest is not None and (newest.digest, newest.region) == (digest, by.office.region_id)
    if told and newest is not None and moment - newest.at < ANEW:
        return False
    letter_id = send(letter, to=office_by_id(by.office.region_id), by=by)
    HealthSent(id=letter_id, digest=digest, region=by.office.region_id, at=moment).save()
    record(by=by, action=Action.SEND, what="starting.health", ids=[letter_id])
    return True


def letter_of(known: Known, found: Sequence[Standing], at: datetime) -> OfficeHealth:
    """The letter."""
    return OfficeHealth(
        list_version=version(), steps={one.step.code: one.state for one in found}, team=known.team,
        certified=known.certified, trained=known.trained, police=known.police, started_on=known.started_on, as_of=at,
    )  # fmt: skip


def digest_of(letter: OfficeHealth) -> str:
    """What it says, whenever it is said."""
    said = to_json(OfficeHealth, replace(letter, as_of=START), "letter")
    return print_of_values(said)
