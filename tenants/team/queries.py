"""Asking about the team: its people, in which services, until when they are certified."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from tenants.team.models import TeamMember
from tenants.team.services import POLICE, missing
from varde.access.reader import as_roles
from varde.access.roles import ROLES, Role
from varde.identity.models import User
from varde.refusal import print_of

TEAM = (Role.COORDINATOR, Role.TEAM_MEMBER)
AROUND = (Role.CONTACT, Role.POLICE_CONTACT, Role.REFERENCE_GROUP, Role.LEADER)
_SOON_DAYS = 60


@dataclass(frozen=True, slots=True)
class Person:
    """A person of the team or around it, as the page shows them."""

    user: User
    roles: str
    service: str
    deputy: bool
    rite_until: date | None
    rite: str  # "", "ok", "soon" or "over"
    phone: str = ""


def team(today: date) -> list[Person]:
    """Coordinators first, then members by name. Three queries whatever the number."""
    found = _people(TEAM, today)
    return sorted(found, key=lambda person: "Koordinator" not in person.roles)


def around(today: date) -> list[Person]:
    """Contacts, police, reference group and leaders who are not in the team itself."""
    inside = {person.user.id for person in _people(TEAM, today)}
    return [person for person in _people(AROUND, today) if person.user.id not in inside]


def services_without_member(people: list[Person], nearby: list[Person]) -> list[str]:
    """The services of the fixed list that nobody in the team comes from; a police contact nearby is of the police."""
    police = (POLICE for person in nearby if ROLES[Role.POLICE_CONTACT].label in person.roles.split(", "))
    return missing([*(person.service for person in people), *police])


def as_seen(place: TeamMember | None) -> str:
    """A place in the team, for the page to send back; "" for none."""
    return print_of(place, ("service", "deputy", "rite_until", "since", "phone")) if place else ""


def place_of(user: User) -> TeamMember | None:
    """The person's place in the team, if it has been written down."""
    return TeamMember.objects.filter(user=user).first()


def phones() -> dict[UUID, str]:
    """The numbers at work of those who have one, by user."""
    return dict(TeamMember.objects.exclude(phone="").values_list("user_id", "phone"))


def service_of(user: User) -> str:
    """Where the person comes from: as it stands at the place in the team, else at the account."""
    place: Any = getattr(user, "team_place", None)
    return (place.service if place else "") or user.service


def services_of(users: Iterable[User]) -> dict[UUID, str]:
    """The same of several, by user; one query."""
    rows = User.objects.filter(id__in=[user.id for user in users]).select_related("team_place")
    return {user.id: service_of(user) for user in rows}


def services() -> list[str]:
    """The services that people with an account here come from, by name. Two queries."""
    here = User.objects.here()
    named = {*here.values_list("service", flat=True), *TeamMember.objects.values_list("service", flat=True)}
    return sorted({name.strip() for name in named} - {""}, key=str.casefold)


def in_service(name: str) -> QuerySet[User]:
    """Everybody who comes from this service, by account or by place in the team."""
    return User.objects.filter(Q(service__iexact=name) | Q(team_place__service__iexact=name))


def _people(roles: tuple[Role, ...], today: date) -> list[Person]:
    users = (
        User.objects.here()
        .filter(grants__role__in=[role.value for role in roles])
        .distinct()
        .select_related("team_place")
        .prefetch_related("grants")
        .order_by("name", "email")
    )
    return [_person(user, today) for user in users]


def _person(user: User, today: date) -> Person:
    place: Any = getattr(user, "team_place", None)
    held = as_roles((grant.role for grant in user.grants.all()), "kommune")
    until = place.rite_until if place else None
    return Person(
        user=user,
        roles=", ".join(sorted(ROLES[role].label for role in held)),
        service=service_of(user),
        deputy=bool(place and place.deputy),
        rite_until=until,
        rite=_rite(until, today),
        phone=place.phone if place else "",
    )


def _rite(until: date | None, today: date) -> str:
    if until is None:
        return ""
    left = (until - today).days
    return "over" if left < 0 else "soon" if left <= _SOON_DAYS else "ok"
