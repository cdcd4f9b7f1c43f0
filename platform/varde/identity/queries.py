"""Asking about people of this office."""

from uuid import UUID

from allauth.mfa.models import Authenticator

from varde.access.permissions import Permission
from varde.access.reader import Reader, as_roles
from varde.access.roles import ROLES, Role, roles_of
from varde.identity.models import Provider, Subject, User
from varde.refusal import print_of_values
from varde.tenancy.door import OfficeRef

# In a session that began at a provider with a sufficient `acr`.
FACTOR = "provider_factor"


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
    """The reader that this person is right now, with the roles held at this moment."""
    roles = as_roles(user.grants.values_list("role", flat=True), office.kind)
    return Reader(office=office, user_id=user.id, name=user.name, roles=roles, request_id=request_id)


def people(*roles: Role) -> list[User]:
    """Active people, with one of the roles if any are given, by name."""
    rows = User.objects.filter(is_active=True)
    if roles:
        rows = rows.filter(grants__role__in=[role.value for role in roles]).distinct()
    return list(rows.order_by("name", "email"))


def everybody() -> list[User]:
    """All people of the office with their grants, active first; two queries."""
    return list(User.objects.prefetch_related("grants").order_by("-is_active", "name", "email"))


def roles_seen(user: User) -> str:
    """The roles that a person holds now, for the page to send back."""
    return print_of_values(sorted(user.grants.values_list("role", flat=True)))


def person(user_id: UUID) -> User | None:
    """One active person of this office."""
    return User.objects.filter(id=user_id, is_active=True).first()


def managing(kind: str) -> list[Role]:
    """The roles that let somebody manage people in this type of office."""
    return [role for role in roles_of(kind) if Permission.PEOPLE_MANAGE in ROLES[role].permissions]
