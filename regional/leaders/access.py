"""Who may see the leader team's table: everybody let into the room; reading is logged all the same."""

from regional.leaders.models import RotationTable
from regional.leaders.queries import newest_table
from varde.access import Reader
from varde.audit.actions import Action, record


def table(by: Reader) -> RotationTable | None:
    """The table in force, or None where the region has made none."""
    found = newest_table()
    record(by=by, action=Action.VIEW, what="leaders.rotation", ids=[found.id] if found else [])
    return found
