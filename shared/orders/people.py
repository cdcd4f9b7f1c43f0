"""Who in an office may say yes to its end: people who were there before it was asked for."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from shared.orders.states import settled_before
from varde.access.permissions import Permission
from varde.access.roles import ROLES
from varde.clock import now
from varde.identity.models import RoleGrant


def all_settled(persons: Iterable[UUID | None], asked_at: datetime) -> bool:
    """Are they all the office's own people, with a role that answers for it, and settled in it? In that office."""
    wanted = set(persons)
    roles = [role.value for role, about in ROLES.items() if Permission.OFFICE_END in about.permissions]
    held = RoleGrant.objects.filter(
        user__in=[person for person in wanted if person], user__is_active=True, user__for_office__isnull=True,
        role__in=roles, granted_at__lte=settled_before(asked_at, now()),
    )  # fmt: skip
    return wanted == set(held.values_list("user_id", flat=True))
