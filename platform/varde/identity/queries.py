"""Asking about people of this office."""

from dataclasses import replace
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db import connection

from varde.access.permissions import Permission
from varde.access.reader import Reader, as_roles
from varde.access.roles import ROLES, Role, roles_of
from varde.identity.models import Provider, Subject, User
from varde.refusal import print_of_values
from varde.tenancy.door import OfficeRef

# In a session that began at a provider with a sufficient `acr`.
FACTOR = "provider_factor"


# One row for each role held, at least one.
_NOW = (
    "SELECT o.region_id, o.host,"
    " CASE WHEN %(lender)s::uuid IS NULL THEN true ELSE identity_lent(%(lender)s::uuid, %(user)s) END,"
    " g.role FROM registry_office o LEFT JOIN identity_rolegrant g ON g.user_id = %(user)s WHERE o.id = %(office)s"
)


def has_second_factor(user: User) -> bool:
    """Has the person a TOTP app or a passkey?"""
    return bool(Authenticator.objects.filter(user=user, type__in=["totp", "webauthn"]).exists())


def active_providers() -> list[Provider]:
    """Where this office's people may log in besides here, by name."""
    return list(Provider.objects.filter(active=True).order_by("label"))


def bound_to(user: User) -> list[Subject]:
    """Where this person may log in."""
    return list(Subject.objects.select_related("provider").filter(user=user, provider__active=True))


def reader_of(user: User, office: OfficeRef, request_id: str = "") -> Reader:
    """The reader that this person is right now: the roles held, the region the office is in, and whether they are here.

    In one query, since every request asks.
    """
    with connection.cursor() as cursor:
        cursor.execute(_NOW, {"user": user.id, "office": office.id, "lender": user.for_office})
        rows = cursor.fetchall()
    (region_id, host, here), roles = rows[0][:3], [row[3] for row in rows if row[3] is not None]
    return Reader(
        office=replace(office, region_id=region_id, host=host),
        user_id=user.id,
        name=user.name,
        roles=as_roles(roles, office.kind),
        request_id=request_id,
        for_office=user.for_office,
        away=not here,
    )


def people(*roles: Role) -> list[User]:
    """Active people, with one of the roles if any are given, by name; not those who are lent no more."""
    rows = User.objects.here()
    if roles:
        rows = rows.filter(grants__role__in=[role.value for role in roles]).distinct()
    return list(rows.order_by("name", "email"))


def accounts_of(user: User) -> list[User]:
    """Every account of the person, this one first: those of the same name (`identity_same`)."""
    rows = User.objects.extra(where=["id IN (SELECT identity_same(%s))"], params=[user.pk])
    return sorted(rows, key=lambda one: one.pk != user.pk)


def everybody() -> list[User]:
    """All people of the office with their grants, active first; two queries."""
    return list(User.objects.prefetch_related("grants").order_by("-is_active", "name", "email"))


def roles_seen(user: User) -> str:
    """The roles that a person holds now, for the page to send back."""
    return print_of_values(sorted(user.grants.values_list("role", flat=True)))


def lender_seen(user: User) -> str:
    """Who lends a person now, for the page to send back."""
    return print_of_values(str(user.for_office or ""))


def person(user_id: UUID) -> User | None:
    """One active person of this office, who is not one that is lent no more."""
    return User.objects.here().filter(id=user_id).first()


def managing(kind: str) -> list[Role]:
    """The roles that let somebody manage people in this type of office."""
    return [role for role in roles_of(kind) if Permission.PEOPLE_MANAGE in ROLES[role].permissions]
