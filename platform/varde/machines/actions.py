"""Giving a machine a token, and taking it back."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from varde.access import Permission, Reader
from varde.access.reader import require
from varde.audit.actions import Action, record
from varde.clock import now
from varde.machines.access import machine_locked
from varde.machines.models import Machine
from varde.machines.states import LABELS
from varde.machines.tokens import hash_of, new_token
from varde.refusal import Refused

LONGEST_DAYS = 2 * 366


@transaction.atomic
def give(*, name: str, scopes: Iterable[str], days: int, by: Reader) -> tuple[Machine, str]:
    """A machine and its token, which nobody sees again. Refused without a scope or for longer than two years."""
    if by.purpose != "setup":
        require(by, Permission.HOTLINE_MANAGE)
    chosen = [code for code in LABELS if code in set(scopes)]
    if not chosen or not 1 <= days <= LONGEST_DAYS:
        raise Refused("Velg hva systemet skal kunne, og hvor lenge, høyst to år.")
    at, token = now(), new_token()
    machine = Machine(
        name=name,
        scopes=" ".join(chosen),
        token_hash=hash_of(token),
        created_at=at,
        created_by=by.user_id,
        created_by_name=by.name,
        expires_at=at + timedelta(days=days),
    )
    machine.save(force_insert=True)
    record(by=by, action=Action.CREATE, what="machines.machine", ids=[machine.id])
    return machine, token


@transaction.atomic
def revoke(*, machine_id: UUID, by: Reader) -> Machine:
    """From the next request on its token opens nothing. Revoked before: as it is."""
    require(by, Permission.HOTLINE_MANAGE)
    machine = machine_locked(machine_id)
    if machine.revoked_at is None:
        machine.revoked_at = now()
        machine.save(update_fields=["revoked_at"])
        record(by=by, action=Action.CHANGE, what="machines.machine.revoked", ids=[machine.id])
    return machine
