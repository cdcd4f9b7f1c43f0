"""Giving on what somebody who leaves has of the team's own."""

from django.db import transaction

from tenants.team.register_models import Routine
from varde.access import Permission, Reader, require
from varde.audit.actions import Action, record
from varde.identity.models import User


@transaction.atomic
def give_routines(*, leaving: User, heir: User, by: Reader) -> None:
    """The routines that somebody owns get another owner."""
    require(by, Permission.SETTINGS)
    for row in Routine.objects.select_for_update().filter(owner=leaving).order_by("id"):
        row.owner = heir
        row.save(update_fields=["owner"])
        record(by=by, action=Action.CHANGE, what="team.routine", ids=[row.id], reason="ny eier")
