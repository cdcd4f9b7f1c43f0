"""Who asks. A reader is a person in an office, or one of the named purposes; never nobody."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal, cast
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from varde.access.permissions import Permission
from varde.access.roles import ROLES, Role
from varde.tenancy.door import OfficeRef

Purpose = Literal[
    "post", "intake", "receipt", "reminders", "returns", "import", "keys", "setup", "verify", "documents",
    "sharing", "retention", "continuity", "machine", "redirect", "ledger", "starting",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reader:
    """A person (user_id) or a purpose (named task), with the roles held in this office at this moment."""

    office: OfficeRef
    user_id: UUID | None = None
    name: str = ""
    roles: frozenset[Role] = field(default_factory=frozenset)
    purpose: Purpose | None = None
    request_id: str = ""
    # The kommune that lends the person here, and whether it does so no more: then nothing here is theirs.
    for_office: UUID | None = None
    away: bool = False

    @classmethod
    def for_purpose(cls, purpose: Purpose, office: OfficeRef) -> "Reader":
        """A task or command; reachable only from there, never from a request with a user."""
        return cls(office=office, name=purpose, purpose=purpose)

    def may(self, permission: Permission) -> bool:
        """Does any role of this reader carry the permission? A person without a role still has an account to see."""
        if self.away:
            return False
        if permission is Permission.BE_HERE and self.user_id is not None:
            return True
        return any(permission in ROLES[role].permissions for role in self.roles)

    def has(self, *roles: Role) -> bool:
        """Does this reader hold one of the roles?"""
        return not self.away and bool(self.roles.intersection(roles))


def require(by: Reader, *permissions: Permission) -> None:
    """For actions: PermissionDenied unless the person may, or an import repeats what a person once did."""
    if by.purpose != "import" and not any(by.may(permission) for permission in permissions):
        raise PermissionDenied


def as_roles(values: Iterable[str], kind: str) -> frozenset[Role]:
    """Stored role names that still exist in this type of office; others give nothing."""
    known = {role.value: role for role, spec in ROLES.items() if kind in spec.kinds}
    return frozenset(known[value] for value in values if value in known)


def reader(request: HttpRequest) -> Reader:
    """The reader of this request, set by the identity middleware."""
    return cast(Reader, request.reader)  # type: ignore[attr-defined]
