"""Who may see a matter, said a second time in plain Python: small enough to be read and believed.

The product says it in the database's own language (tenants/inbox and tenants/cases, migrations). The property test
plays both and compares.
"""

from dataclasses import dataclass, field

COORDINATOR, TEAM = "koordinator", "teammedlem"


@dataclass
class Person:
    """Somebody with an account."""

    name: str
    roles: set[str]
    service: str = ""
    deputy: bool = False
    active: bool = True

    @property
    def works_here(self) -> bool:
        """Has a role that handles concerns."""
        return self.active and bool(self.roles & {COORDINATOR, TEAM})

    @property
    def coordinates(self) -> bool:
        """Is a coordinator."""
        return self.active and COORDINATOR in self.roles


@dataclass
class Cover:
    """Only these two; before anybody holds it, those who may open it."""

    without_coordinators: bool
    holder: str | None = None
    substitute: str | None = None


@dataclass
class Glass:
    """A break-glass that has been granted."""

    asker: str
    approver: str
    open: bool = True


@dataclass
class Matter:
    """A concern and what has come of it."""

    is_case: bool = False
    members: set[str] = field(default_factory=set)
    denied: set[str] = field(default_factory=set)
    denied_services: set[str] = field(default_factory=set)
    cover: Cover | None = None
    glass: list[Glass] = field(default_factory=list)


def is_denied(matter: Matter, person: Person) -> bool:
    """By name or by service."""
    return person.name in matter.denied or (bool(person.service) and person.service in matter.denied_services)


def sees(matter: Matter, person: Person, everybody: dict[str, Person]) -> bool:
    """The whole rule: by right, or because the glass was broken."""
    if not person.works_here or is_denied(matter, person):
        return False
    lent = _is_lent(matter, person, everybody) and not _about_coordinators(matter, person)
    return lent or by_right(matter, person, everybody)


def by_right(matter: Matter, person: Person, everybody: dict[str, Person]) -> bool:
    """Without break-glass."""
    if not person.works_here or is_denied(matter, person):
        return False
    if matter.cover is not None:
        return _under_cover(matter, matter.cover, person, everybody)
    return not matter.is_case or person.coordinates or person.name in matter.members


def _is_lent(matter: Matter, person: Person, everybody: dict[str, Person]) -> bool:
    granted = [glass for glass in matter.glass if glass.open and glass.asker == person.name]
    return any(not is_denied(matter, everybody[glass.approver]) for glass in granted)


def _about_coordinators(matter: Matter, person: Person) -> bool:
    return matter.cover is not None and matter.cover.without_coordinators and person.coordinates


def _under_cover(matter: Matter, cover: Cover, person: Person, everybody: dict[str, Person]) -> bool:
    if person.name in (cover.holder, cover.substitute):
        return True
    if cover.holder is not None:
        return False  # for three days after both have left; longer than any game
    team = [one for one in everybody.values() if one.works_here and not is_denied(matter, one)]
    if not cover.without_coordinators and any(one.coordinates for one in team):
        return person.coordinates
    if person.coordinates:
        return False
    stand_ins = [one for one in team if one.deputy and not one.coordinates]
    return person in stand_ins or not stand_ins
