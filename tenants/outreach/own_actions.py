"""Registering a matter that a service handled itself, and taking one away that was registered by mistake."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from tenants.outreach import own
from tenants.outreach.own_models import OwnMatter
from varde.access import Permission, Reader, require
from varde.audit.actions import Action, record
from varde.clock import now
from varde.refusal import Refused


@dataclass(frozen=True, slots=True)
class Handled:
    """What is counted of it."""

    service: str
    handled_on: date
    kinds: Sequence[str]
    outcome: str
    advised: bool


@transaction.atomic
def register_own(*, handled: Handled, by: Reader) -> OwnMatter:
    """Write it down. Raises Refused for a kind or an outcome that does not exist, or without any kind."""
    require(by, Permission.CONCERN_REGISTER)
    if not handled.kinds or set(handled.kinds) - dict(own.kinds()).keys():
        raise Refused("Velg hva slags overgrep det var.")
    if handled.outcome not in dict(own.OUTCOMES):
        raise Refused("Velg hvordan det gikk.")
    row = OwnMatter(
        service=handled.service,
        handled_on=handled.handled_on,
        kinds=sorted(set(handled.kinds)),
        outcome=handled.outcome,
        advised=handled.advised,
        made_at=now(),
        made_by_name=by.name[:200],
    )
    row.save(force_insert=True)
    record(by=by, action=Action.CREATE, what="outreach.own", ids=[row.id])
    return row


@transaction.atomic
def remove_own(*, row: OwnMatter, by: Reader) -> None:
    """It was registered by mistake."""
    require(by, Permission.CASES)
    OwnMatter.objects.filter(pk=row.pk).delete()
    record(by=by, action=Action.CHANGE, what="outreach.own", ids=[row.pk], reason="slettet")
