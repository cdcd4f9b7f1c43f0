"""The offices that the test's server has, as the demo wants them."""

from shared.registry.queries import all_offices
from varde.tenancy.door import OfficeRef


def seed() -> list[OfficeRef]:
    """All of them."""
    return all_offices()
