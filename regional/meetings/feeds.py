"""A secret address at which a calendar program reads when the leader team meets; as the rota's, of its own.

256 bits of chance, shown once, kept as a hash. It works as long as its owner may read about the leader team.
"""

import secrets
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from regional.meetings.models import MeetingFeed
from varde.access import Permission, Reader, require
from varde.access.roles import roles_with
from varde.audit.actions import Action, record
from varde.clock import now
from varde.identity.models import User
from varde.rotas.feeds import SECRET_BYTES, hash_of


@transaction.atomic
def make(*, by: Reader) -> str:
    """A new address; the one before ends. Returns its secret part, for this once."""
    require(by, Permission.LEADERS_READ)
    if by.user_id is None:
        raise PermissionDenied
    _end(by.user_id)
    secret = secrets.token_urlsafe(SECRET_BYTES)
    row = MeetingFeed(user_id=by.user_id, secret_hash=hash_of(secret), made_at=now())
    row.save(force_insert=True)
    record(by=by, action=Action.CREATE, what="meetings.feed", ids=[row.id])
    return secret


@transaction.atomic
def end(*, by: Reader) -> bool:
    """The reader's address works no more; False when there was none."""
    require(by, Permission.LEADERS_READ)
    ended = _end(by.user_id) if by.user_id else []
    if ended:
        record(by=by, action=Action.CHANGE, what="meetings.feed", ids=ended, reason="avsluttet")
    return bool(ended)


def current(user_id: UUID | None) -> MeetingFeed | None:
    """The address that a person has now, without its secret."""
    return MeetingFeed.objects.filter(user_id=user_id, ended_at__isnull=True).first() if user_id else None


def whose(secret: str) -> UUID | None:
    """Who made the address; None unless it works: in use, by somebody who has had the right ever since."""
    rows = MeetingFeed.objects.select_related("user").filter(ended_at__isnull=True, user__in=User.objects.here())
    row = rows.filter(secret_hash=hash_of(secret)).first()
    if row is None:
        return None
    roles = roles_with(Permission.LEADERS_READ)
    held = row.user.grants.filter(role__in=roles, granted_at__lte=row.made_at).exists()
    return row.user_id if held else None


def _end(user_id: UUID) -> list[UUID]:
    rows = MeetingFeed.objects.filter(user_id=user_id, ended_at__isnull=True)
    ids = list(rows.values_list("id", flat=True))
    rows.update(ended_at=now())
    return ids
