"""Who may what: the roles and permissions of the code, in words."""

from collections.abc import Iterable

from infra.papers.fields import Missing
from infra.papers.words import PERMISSIONS
from varde.access.permissions import Permission
from varde.access.roles import ROLES

KINDS = {"kommune": "kommune", "region": "region", "drift": "drift"}


def opens(permissions: Iterable[Permission]) -> list[str]:
    """Labels of the roles that hold one of the permissions."""
    wanted = set(permissions)
    return [spec.label for spec in ROLES.values() if wanted & spec.permissions]


def table(missing: Missing) -> str:
    """Every role with its sentence and what it may."""
    head = "| rolle | finnes i | i én setning | får |\n|---|---|---|---|\n"
    rows = []
    for spec in ROLES.values():
        may = [_word(permission, missing) for permission in Permission if permission in spec.permissions]
        rows.append(f"| {spec.label} | {', '.join(sorted(spec.kinds))} | {spec.sentence} | {', '.join(may)} |")
    return head + "\n".join(rows)


def _word(permission: Permission, missing: Missing) -> str:
    found = PERMISSIONS.get(permission.value)
    if found is None:
        missing.lines.append(f'words.PERMISSIONS: "{permission.value}": "…"')
    return found or permission.value
