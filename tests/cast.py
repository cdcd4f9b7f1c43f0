"""The fixed people: Kari coordinates Gjøvik, Tom is on her team, Nina coordinates Østre Toten and must never see
Gjøvik, Olga answers the region's phone, Liv sits in the leader team, Arne is Gjøvik's administrator."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import pytest
from django.db import connection, transaction

from shared.registry.queries import office_by_slug
from varde.access.reader import Reader
from varde.access.roles import Role
from varde.access.ticket import presented
from varde.audit.trail import trail
from varde.identity.actions import invite
from varde.tenancy.door import OfficeRef, office

PEOPLE = {
    "kari": ("gjovik", Role.COORDINATOR, "Kari Koordinator"),
    "tom": ("gjovik", Role.TEAM_MEMBER, "Tom Teammedlem"),
    "tove": ("gjovik", Role.TEAM_MEMBER, "Tove Teammedlem"),
    "arne": ("gjovik", Role.ADMINISTRATOR, "Arne Administrator"),
    "nina": ("ostre-toten", Role.COORDINATOR, "Nina Koordinator"),
    "olga": ("gjovikregionen", Role.OPERATOR, "Olga Operatør"),
    "liv": ("gjovikregionen", Role.LEADER_TEAM, "Liv Lederteam"),
}
PASSWORD = "et langt passord for prøver"


@cache
def ref(slug: str) -> OfficeRef:
    """An office by its subdomain; forgotten between two tests."""
    found = office_by_slug(slug)
    assert found is not None
    return found


# Sees every row, by a policy that exists in the database of the tests alone (tests/offices.py).
TEST: Any = "test"


@contextmanager
def inside(slug: str) -> Iterator[OfficeRef]:
    """In an office, in a transaction that is rolled back, with a log that collects, seeing every row."""
    with office(ref(slug)) as entered, transaction.atomic(), trail(), presented(Reader.for_purpose(TEST, entered)):
        yield entered
        transaction.set_rollback(True)


@contextmanager
def seen_as(name: str) -> Iterator[Reader]:
    """The database shows what it shows to this person of the cast, who gets an account with the cast's role."""
    slug, role, full = PEOPLE[name]
    by = as_person(name)
    setup = Reader.for_purpose("setup", by.office)
    with presented(Reader.for_purpose(TEST, by.office)):
        invite(email=f"{name}@{slug}.example", name=full, roles=[role], by=setup, user_id=by.user_id)
    with presented(by):
        yield by


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
    """The database is open but no office is entered; what a test commits is wiped afterwards."""
    from tests.wipe import wipe

    with django_db_blocker.unblock():
        yield
        connection.close()
        wipe()
