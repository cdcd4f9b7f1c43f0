"""The table of proofs stands as long as the tests of this folder run; so does the transit service, once asked for."""

import pytest

from tests.privacy import bao, table
from varde.privacy.keeper_transit import Address


@pytest.fixture(scope="package")
def _papers(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), table.standing():
        yield


@pytest.fixture
def papers(_papers, house):
    """Offices that can be entered; what is committed is wiped."""


@pytest.fixture
def gjovik_papers(_papers, gjovik):
    """Inside Gjøvik, in a transaction that is rolled back."""
    return gjovik


@pytest.fixture(scope="session")
def transit():
    """A real OpenBao."""
    with bao.running() as server:
        yield server


@pytest.fixture
def address(transit):
    """How a command of the owner reaches it."""
    return Address(transit.url, str(transit.owner), str(transit.ca))
