"""A secret address at which a calendar program reads somebody's shifts: 256 bits, shown once, kept as a hash.

The secret is chance alone, so a plain hash of it can be found and not guessed. An address that does not work is the
same 404 whatever is wrong with it, and opens nothing else.
"""

import secrets
from hashlib import sha256
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from varde.access.reader import Reader
from varde.access.roles import roles_with
from varde.audit.actions import Action, record
from varde.clock import now
from varde.identity.models import User
from varde.rotas.models import AnyShiftFeed
from varde.rotas.plan import Plan

SECRET_BYTES = 32


def hash_of(secret: str) -> str:
    """What is kept of an address."""
    return sha256(secret.encode()).hexdigest()


@transaction.atomic
def make(plan: Plan, *, by: Reader) -> str:
    """A new address for the reader's own shifts; the one before ends. Returns its secret part, for this once."""
    user = _own(plan, by)
    _end(plan, user.id)
    secret = secrets.token_urlsafe(SECRET_BYTES)
    row = plan.tables.feed(user=user, secret_hash=hash_of(secret), made_at=now())
    row.save(force_insert=True)
    record(by=by, action=Action.CREATE, what=plan.noun("feed"), ids=[row.id])
    return secret


@transaction.atomic
def end(plan: Plan, *, by: Reader) -> bool:
    """The reader's address works no more; False when there was none."""
    user = _own(plan, by)
    ended = _end(plan, user.id)
    if ended:
        record(by=by, action=Action.CHANGE, what=plan.noun("feed"), ids=ended, reason="avsluttet")
    return bool(ended)


def current(plan: Plan, user_id: UUID | None) -> AnyShiftFeed | None:
    """The address that a person has now, without its secret."""
    if user_id is None:
        return None
    return plan.tables.feed._default_manager.filter(user_id=user_id, ended_at__isnull=True).first()


def whose(plan: Plan, secret: str) -> UUID | None:
    """Whose shifts an address shows; None unless it works: in use, and its owner has had the phone ever since."""
    rows = plan.tables.feed._default_manager.select_related("user").filter(ended_at__isnull=True)
    row = rows.filter(secret_hash=hash_of(secret)).first()
    if row is None or row.user not in plan.here():
        return None
    roles = roles_with(plan.has_shifts)
    held = row.user.grants.filter(role__in=roles, granted_at__lte=row.made_at).exists()
    return row.user_id if held else None


def _own(plan: Plan, by: Reader) -> User:
    if by.user_id is None or not by.may(plan.has_shifts):
        raise PermissionDenied
    return User.objects.select_for_update().get(pk=by.user_id)


def _end(plan: Plan, user_id: UUID) -> list[UUID]:
    rows = plan.tables.feed._default_manager.filter(user_id=user_id, ended_at__isnull=True)
    ids = list(rows.values_list("id", flat=True))
    rows.update(ended_at=now())
    return ids
