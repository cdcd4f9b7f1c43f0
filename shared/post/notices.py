"""Who hears that something is missing anywhere on the platform."""

from varde.access import Reader, Role
from varde.identity.queries import people


def platform_staff(by: Reader) -> list[str]:
    """Who runs the platform."""
    return [person.email for person in people(Role.PLATFORM_OPERATOR)]
