"""Giving people accounts and roles."""

from collections.abc import Iterable
from uuid import UUID, uuid4

from django.db import transaction

from varde.access.reader import Reader
from varde.access.roles import ROLES, Role
from varde.audit.actions import Action, record
from varde.clock import now
from varde.identity.models import RoleGrant, User


class WrongOffice(ValueError):
    """A role that does not exist in this type of office."""


@transaction.atomic
def invite(
    *, email: str, name: str, roles: Iterable[Role], by: Reader, service: str = "", user_id: UUID | None = None
) -> User:
    """A new person without a password (it is set through the activation link), or more roles for a known one.

    Raises WrongOffice for a role of another type of office.
    """
    chosen = list(roles)
    for role in chosen:
        if by.office.kind not in ROLES[role].kinds:
            raise WrongOffice(f"Rollen «{ROLES[role].label}» finnes ikke i denne typen kontor.")
    user = User.objects.filter(email=email.strip().lower()).first()
    if user is None:
        user = User(id=user_id or uuid4(), email=email, name=name, service=service)
        user.set_unusable_password()
        user.save(force_insert=True)
        record(by=by, action=Action.CREATE, what="identity.user", ids=[user.id])
    for role in chosen:
        give_role(user=user, role=role, by=by)
    return user


@transaction.atomic
def give_role(*, user: User, role: Role, by: Reader) -> None:
    """Give a role; nothing happens when it is held already."""
    if RoleGrant.objects.filter(user=user, role=role.value).exists():
        return
    RoleGrant(user=user, role=role.value, granted_at=now(), granted_by=by.name).save(force_insert=True)
    record(by=by, action=Action.CHANGE, what=f"identity.role.{role.value}", ids=[user.id])


@transaction.atomic
def take_role(*, user: User, role: Role, by: Reader) -> None:
    """Take a role away; it is gone with the next request."""
    RoleGrant.objects.filter(user=user, role=role.value).delete()
    record(by=by, action=Action.CHANGE, what=f"identity.role.{role.value}", ids=[user.id], reason="fjernet")
