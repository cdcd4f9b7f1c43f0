"""Who works in the office, and who of them looks from outside.

Kari has every hidden matter; Drude stands in for her. Everybody else is an outsider to at least one kind of hiding.
"""

import uuid
from dataclasses import dataclass
from datetime import timedelta

from tests.cast import ref
from varde.access import Reader, Role
from varde.clock import now
from varde.identity.actions import invite
from varde.identity.models import User

SLUG = "gjovik"
SERVICE = "Hjemmetjenesten Vest"


@dataclass(frozen=True)
class Colleague:
    """Name, roles, and the service that deny rows may name."""

    name: str
    roles: tuple[Role, ...]
    service: str = ""


COLLEAGUES = {
    "kari": Colleague("Kari Koordinator", (Role.COORDINATOR,)),
    "kim": Colleague("Kim Koordinator", (Role.COORDINATOR,)),
    "tom": Colleague("Tom Teammedlem", (Role.TEAM_MEMBER,)),
    "tove": Colleague("Tove Teammedlem", (Role.TEAM_MEMBER,), SERVICE),
    "drude": Colleague("Drude Stedfortreder", (Role.TEAM_MEMBER,)),
    "arne": Colleague("Arne Administrator", (Role.ADMINISTRATOR,)),
    "lene": Colleague("Lene Leder", (Role.LEADER,)),
    "per": Colleague("Per Personvern", (Role.PRIVACY_OFFICER,)),
    "uno": Colleague("Uno Uhildet", (Role.PRIVACY_OFFICER,)),
    "kaja": Colleague("Kaja Kontakt", (Role.CONTACT,)),
    "rita": Colleague("Rita Referanse", (Role.REFERENCE_GROUP,)),
    "pål": Colleague("Pål Politi", (Role.POLICE_CONTACT,)),
    "nils": Colleague("Nils Uten", ()),
}
NOBODY = "nobody"


def id_of(name: str) -> uuid.UUID:
    """The user's id."""
    return uuid.uuid5(uuid.NAMESPACE_DNS, name)


def reader(name: str) -> Reader:
    """As the middleware makes it; for "nobody" somebody who is not logged in."""
    if name == NOBODY:
        return Reader(office=ref(SLUG))
    one = COLLEAGUES[name]
    return Reader(office=ref(SLUG), user_id=id_of(name), name=one.name, roles=frozenset(one.roles))


def email_of(name: str) -> str:
    """Where mail to this person goes."""
    return f"{name.replace('å', 'a')}@gjovik.example"


def employ() -> None:
    """Everybody gets an account."""
    setup = Reader.for_purpose("setup", ref(SLUG))
    for name, one in COLLEAGUES.items():
        invite(
            email=email_of(name), name=one.name, roles=one.roles, by=setup, service=one.service, user_id=id_of(name),
            since=now() - timedelta(days=30),
        )  # fmt: skip


def user(name: str) -> User:
    """The account."""
    return User.objects.get(id=id_of(name))
