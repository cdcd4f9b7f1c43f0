"""Asking about the leader team."""

from regional.leaders.models import RotationTable


def newest_table() -> RotationTable | None:
    """The table in force: the newest one."""
    return RotationTable.objects.order_by("-made_at").first()
