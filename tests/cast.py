"""The fixed people: Kari coordinates Gjøvik, Tom is on her team, Nina coordinates Østre Toten and must never see
Gjøvik, Olga answers the region's phone, Liv sits in the leader team, Arne is Gjøvik's administrator."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection, transaction

from shared.registry.queries import office_by_slug
from varde.access.reader import Reader
from varde.access.roles import Role
from varde.audit.trail import trail
from varde.tenancy.door import OfficeRef, office

PEOPLE = {
    "kari": ("gjovik", Role.COORDINATOR, "Kari Koordinator"),
    "tom": ("gjovik", Role.TEAM_MEMBER, "Tom Teammedlem"),
    "arne": ("gjovik", Role.ADMINISTRATOR, "Arne Administrator"),
    "nina": ("ostre-toten", Role.COORDINATOR, "Nina Koordinator"),
    "olga": ("gjovikregionen", Role.OPERATOR, "Olga Operatør"),
    "liv": ("gjovikregionen", Role.LEADER_TEAM, "Liv Lederteam"),
}
PASSWORD = "et langt passord for prøver"


def ref(slug: str) -> OfficeRef:
    """An office by its subdomain."""
    found = office_by_slug(slug)
    assert found is not None
    return found


@contextmanager
def inside(slug: str) -> Iterator[OfficeRef]:
    """In an office, in a transaction that is rolled back, with a log that collects."""
    with office(ref(slug)) as entered, transaction.atomic(), trail():
        yield entered
        transaction.set_rollback(True)


def as_person(name: str) -> Reader:
    """The reader of a person of the cast, without a user row."""
    slug, role, full = PEOPLE[name]
    return Reader(office=ref(slug), user_id=uuid.uuid5(uuid.NAMESPACE_DNS, name), name=full, roles=frozenset({role}))


@pytest.fixture
def gjovik(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[OfficeRef]:
    """Inside Gjøvik; everything is rolled back."""
    with django_db_blocker.unblock(), inside("gjovik") as entered:
        yield entered


@pytest.fixture
def gjovikregionen(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[OfficeRef]:
    """Inside the region; everything is rolled back."""
    with django_db_blocker.unblock(), inside("gjovikregionen") as entered:
        yield entered


@pytest.fixture
def house(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """The database is open but no office is entered; what a test commits is wiped by the migrator afterwards."""
    from tests.wipe import wipe

    with django_db_blocker.unblock():
        yield
        connection.close()
        wipe()
