"""Roles in SQL: whether the person of the ticket holds a role that carries a permission, as it is told in `roles`."""

from varde.access.permissions import Permission
from varde.access.roles import Role, roles_with
from varde.access.rows import USER


def holds(*permissions: Permission) -> str:
    """A condition for row rights: an active person with a role that carries one of the permissions."""
    return is_a(*roles_with(*permissions))


def is_a(*roles: Role) -> str:
    """A condition for row rights: an active person with one of the roles.

    Worked out once per statement. The role names come from our own enum.
    """
    names = ", ".join(f"'{name}'" for name in sorted(role.value for role in roles))
    return (
        "(SELECT EXISTS (SELECT 1 FROM identity_rolegrant g JOIN identity_user u ON u.id = g.user_id"  # noqa: S608
        f" WHERE u.id = {USER} AND u.is_active AND g.role IN ({names})))"
    )
