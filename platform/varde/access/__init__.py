"""Who may do what: roles in code, permissions as an enum, a reader for every question asked."""

from varde.access.doors import allow, anyone, as_purpose, gather
from varde.access.permissions import Permission
from varde.access.reader import Purpose, Reader, reader, require
from varde.access.roles import ROLES, Role, roles_with

__all__ = [
    "ROLES",
    "Permission",
    "Purpose",
    "Reader",
    "Role",
    "allow",
    "anyone",
    "as_purpose",
    "gather",
    "reader",
    "require",
    "roles_with",
]
