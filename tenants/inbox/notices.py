"""Telling the team that something is new: never what, never about whom."""

from uuid import UUID

from varde.access import ROLES, Permission, Role
from varde.identity.queries import people
from varde.notify.mail import tell
from varde.tenancy.door import OfficeRef

READERS: tuple[Role, ...] = tuple(
    role for role, spec in ROLES.items() if "kommune" in spec.kinds and Permission.INBOX_READ in spec.permissions
)


def something_new(ref: OfficeRef, *, but: UUID | None = None) -> None:
    """Mail everybody who may read the inbox, except the one who registered the concern."""
    tell("new", to=[person.email for person in people(*READERS) if person.id != but], ref=ref)
