"""A matter that was joined into another. Both rows stay, each under its own key; this one says where it went on."""

from uuid import UUID

from django.db import models

from tenants.inbox.models import Concern
from tenants.joined.added_models import Addition
from tenants.joined.major_models import MajorAlert, MajorKommune, MajorLink, MajorMatter, MajorMember
from varde.access.rows import USER, RowRights, said_now
from varde.privacy.fields import SealedTextField
from varde.privacy.models import Row

__all__ = ["Addition", "Join", "MajorAlert", "MajorKommune", "MajorLink", "MajorMatter", "MajorMember"]

_BOTH = f"(matter_{{0}}(concern_id, {USER}) AND matter_{{0}}(into_id, {USER}))"


class Join(Row):
    """`concern` goes on as `into`. There for those who see both; whoever was shut out of one is shut out of both, also
    after they are parted (`matter_denied` asks them all). Frozen by a trigger: it can only be ended, once."""

    office_rights = "SELECT, INSERT, UPDATE"
    row_rights = RowRights(
        people=_BOTH.format("open"),
        # Whoever was let in by break-glass joins nothing.
        may_insert=f"{_BOTH.format('held')} AND by_user = {USER} AND {said_now()}",
        may_change=_BOTH.format("held"),
        purposes={"returns": "SELECT", "verify": "SELECT"},
    )
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="joins")
    into = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="joined_here")
    reason = SealedTextField()
    at = models.DateTimeField()
    by_user = models.UUIDField(null=True)
    by_name = models.CharField(max_length=200)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by_name = models.CharField(max_length=200, blank=True)
    ended_reason = SealedTextField(blank=True)

    class Meta:
        db_table = "joined_join"
        constraints = [
            models.UniqueConstraint(
                fields=["concern"], condition=models.Q(ended_at__isnull=True), name="joined_into_one"
            )
        ]

    class Privacy:
        personal = ("by_user", "by_name", "ended_by_name")
        free_text = ("reason", "ended_reason")
        safe = ("id", "concern", "into", "at", "ended_at")
        open_because = {
            "by_name": "Navnet på den ansatte som slo sammen. Ses bare av dem som ser begge sakene.",
            "ended_by_name": "Navnet på den ansatte som skilte dem. Ses bare av dem som ser begge sakene.",
        }

    @property
    def key_id(self) -> UUID:
        """Of the matter that was joined."""
        return self.concern_id
