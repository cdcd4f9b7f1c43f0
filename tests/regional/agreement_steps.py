"""Steps of the agreement as the host takes them: whoever joins, leaves or ends it, and what the kommune answers."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

import pytest

from regional.cooperation import agreement_actions as actions
from regional.cooperation import steps_actions, steps_parts, steps_queries
from regional.cooperation.agreement_models import Agreement, AgreementStep
from regional.cooperation.agreement_views import _first
from regional.cooperation.queries import members
from shared.registry.models import Office
from shared.registry.standing_actions import say
from shared.registry.standing_queries import party_of
from tests.cast import TEST, as_person, ref
from tests.client import client_for
from varde.access import Reader, Role
from varde.clock import now
from varde.tenancy.work import work

STEPS = "/samarbeid/steg"


@pytest.fixture
def liv() -> Reader:
    """Runs the host's side."""
    return replace(as_person("liv"), roles=frozenset({Role.HOST_ADMINISTRATOR}))


@pytest.fixture
def host(gjovikregionen):
    """Her browser."""
    return client_for("liv", Role.HOST_ADMINISTRATOR)


@pytest.fixture
def row(host, liv) -> Agreement:
    """An agreement on the kommuner of the region."""
    return begun(liv)


def begun(by: Reader) -> Agreement:
    first = _first(by)
    shared = tuple(replace(party, weight=2500 if n < 4 else 0) for n, party in enumerate(first.parties))
    parted = replace(first, sharing="weights", parties=shared)
    return actions.begin(terms=parted, from_day=date(2025, 1, 1), why="Ny.", by=by)


def kommune(slug: str) -> Office:
    found: Office = Office.objects.get(id=ref(slug).id)
    return found


def begin(row, kind, slug, by, at=None) -> AgreementStep:
    return steps_actions.start(row=row, kind=kind, kommune=kommune(slug) if slug else None, starts_at=at, by=by)


def seen(step, by) -> str:
    """The print of what the page shows."""
    return steps_parts.print_of(steps_queries.consequences_of(step, max(step.starts_at, now()), by))


def names(by) -> set[str]:
    return {office.name for office in members(by)}


@contextmanager
def as_liv() -> Iterator[Reader]:
    """In the region, with the rights of the tests and her name."""
    with work(ref("gjovikregionen"), TEST):
        yield replace(as_person("liv"), roles=frozenset({Role.HOST_ADMINISTRATOR}))


def leaves_its_own_region(slug: str) -> None:
    """A kommune says that it goes out of the region it was born into."""
    with work(ref(slug), TEST) as by:
        stands = party_of(by.office.id, now())
        assert stands is not None
        say(agreement=stands.agreement, region=stands.region, kommune=by.office.id, word="out", at=now(), by=by)
