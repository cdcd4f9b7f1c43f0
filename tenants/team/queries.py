"""Asking about the team: its people, in which services, until when they are certified."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from tenants.team.models import TeamMember
from tenants.team.services import missing
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


def team(today: date) -> list[Person]:
    """Coordinators first, then members by name. Three queries whatever the number."""
    found = _people(TEAM, today)
    return sorted(found, key=lambda person: "Koordinator" not in person.roles)


def around(today: date) -> list[Person]:
    """Contacts, police, reference group and leaders who are not in the team itself."""
    inside = {person.user.id for person in _people(TEAM, today)}
    return [person for person in _people(AROUND, today) if person.user.id not in inside]


def services_without_member(people: list[Person]) -> list[str]:
    """The services of the fixed list that none of these people comes from."""
    return missing(person.service for person in people)


def as_seen(place: TeamMember | None) -> str:
    """A place in the team, for the page to send back; "" for none."""
    return print_of(place, ("service", "deputy", "rite_until", "since")) if place else ""


def place_of(user: User) -> TeamMember | None:
    """The person's place in the team, if it has been written down."""
    return TeamMember.objects.filter(user=user).first()


def _people(roles: tuple[Role, ...], today: date) -> list[Person]:
    users = (
        User.objects.filter(is_active=True, grants__role__in=[role.value for role in roles])
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
        service=(place.service if place else "") or user.service,
        deputy=bool(place and place.deputy),
        rite_until=until,
        rite=_rite(until, today),
    )


def _rite(until: date | None, today: date) -> str:
    if until is None:
        return ""
    left = (until - today).days
    return "over" if left < 0 else "soon" if left <= _SOON_DAYS else "ok"
