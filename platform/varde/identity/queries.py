"""Asking about people of this office."""

from uuid import UUID

from allauth.mfa.models import Authenticator

from varde.access.roles import Role
from varde.identity.models import User


def has_second_factor(user: User) -> bool:
    """Has the person a TOTP app or a passkey?"""
    return bool(Authenticator.objects.filter(user=user, type__in=["totp", "webauthn"]).exists())


def people(*roles: Role) -> list[User]:
    """Active people, with one of the roles if any are given, by name."""
    rows = User.objects.filter(is_active=True)
    if roles:
        rows = rows.filter(grants__role__in=[role.value for role in roles]).distinct()
    return list(rows.order_by("name", "email"))


def person(user_id: UUID) -> User | None:
    """One active person of this office."""
    return User.objects.filter(id=user_id, is_active=True).first()
