"""Writing the log: one function, called by every action and every getter."""

from collections.abc import Iterable
from uuid import UUID

from varde.access.permissions import Permission
from varde.access.reader import Reader
from varde.access.roles import ROLES
from varde.audit.models import Action, Entry
from varde.audit.trail import current
from varde.clock import wall

__all__ = ["Action", "record"]


def refused(by: Reader, permission: Permission) -> None:
    """Somebody tried a room that is not theirs: the log says which, the answer does not."""
    record(by=by, action=Action.DENIED, what=f"door.{permission}")


def record(
    *,
    by: Reader,
    action: Action,
    what: str,
    ids: Iterable[UUID | str] = (),
    reason: str = "",
    ground: str = "",
) -> None:
    """Note that `by` did `action` to the objects `ids` of the kind `what` (a dotted noun, "cases.case").

    One row per id, or one row without id for a page that showed none. Raises NoTrail where nothing collects.
    """
    collected = current()
    role = ", ".join(sorted(ROLES[role].label for role in by.roles)) or (by.purpose or "")
    at = wall()
    for object_id in [str(i) for i in ids] or [""]:
        collected.add(
            Entry(
                at=at,
                user_id=by.user_id,
                name=_plain(by.name, 200),
                role=_plain(role, 200),
                action=action,
                what=what,
                object_id=object_id,
                reason=_plain(reason, 300),
                ground=_plain(ground, 60),
                request_id=by.request_id or collected.id,
            ),
            by,
        )


def _plain(text: str, most: int) -> str:
    """Without the sign that stands between the columns in the digest, so that no text can pose as two."""
    return text.replace("\x1f", " ")[:most]
