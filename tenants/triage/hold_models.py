"""A matter that stands still for a while, with the reason and the day somebody looks again."""

from uuid import UUID

from django.db import models

from tenants.inbox.models import IN_MATTER, Concern
from varde.access.rows import RowRights
from varde.privacy.fields import SealedTextField
from varde.privacy.models import Row
from varde.ui.dates import short_date


class Hold(Row):
    """From `at` until `ended_at`, frozen then by a trigger too. The next step stays with its owner and its date."""

    office_rights = "SELECT, INSERT, UPDATE"
    row_rights = RowRights(people=IN_MATTER, purposes={"reminders": "SELECT"})
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="+")
    reason = SealedTextField()
    look_at = models.DateField()
    at = models.DateTimeField()
    by_user = models.UUIDField(null=True)
    by_name = models.CharField(max_length=200)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.UUIDField(null=True, blank=True)
    ended_by_name = models.CharField(max_length=200, blank=True)
    ended_because = SealedTextField(blank=True)

    class Meta:
        db_table = "triage_hold"
        constraints = [
            models.UniqueConstraint(
                fields=["concern"], condition=models.Q(ended_at__isnull=True), name="triage_one_open_hold"
            )
        ]

    class Privacy:
        personal = ("by_user", "by_name", "ended_by", "ended_by_name")
        free_text = ("reason", "ended_because")
        safe = ("id", "concern", "look_at", "at", "ended_at")
        open_because = {
            "by_name": "Navn på den ansatte som stoppet saken. Står også i innsynsloggen.",
            "ended_by_name": "Navn på den ansatte som satte saken i gang igjen. Står også i innsynsloggen.",
        }

    @property
    def key_id(self) -> UUID:
        """The matter's."""
        return self.concern_id

    @property
    def words(self) -> str:
        """What the clock says while it stands."""
        return f"Stoppet siden {short_date(self.at)}"
