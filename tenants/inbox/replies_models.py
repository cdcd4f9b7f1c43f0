"""What the reporter writes back, who has asked to see who reported, and the chain of leaders on the employees' form."""

from uuid import UUID

from django.db import models

from tenants.inbox.models import IN_MATTER, Concern
from tenants.inbox.reporter_states import REASONS
from varde.access.held import holds
from varde.access.permissions import Permission
from varde.access.rows import RowRights
from varde.privacy.fields import SealedTextField
from varde.privacy.models import AppendOnly, Row

_OWN = "concern_id = (SELECT receipt_matter())"


class ReporterReply(Row):
    """A message from whoever holds the receipt. The words are frozen by a trigger; who opened it, and when those who
    see the matter were told of it, is added once."""

    office_rights = "SELECT, INSERT, UPDATE"
    row_rights = RowRights(
        people=IN_MATTER,
        may_insert="false",
        purposes={"receipt": "SELECT, INSERT", "reminders": "SELECT, UPDATE"},
        purpose_rows={"receipt": _OWN},
    )
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="replies")
    text = SealedTextField()
    at = models.DateTimeField()
    told_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    read_by = models.UUIDField(null=True, blank=True)
    read_by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "inbox_reporterreply"
        indexes = [models.Index(fields=["concern", "read_at"], name="inbox_unread")]

    class Privacy:
        personal = ("read_by", "read_by_name")
        free_text = ("text",)
        safe = ("id", "concern", "at", "told_at", "read_at")
        open_because = {"read_by_name": "Navn på den ansatte som åpnet meldingen. Står også i innsynsloggen."}

    @property
    def key_id(self) -> UUID:
        """The matter's."""
        return self.concern_id


class ReporterLook(AppendOnly):
    """Somebody asked to see who reported, and why."""

    row_rights = RowRights(people=IN_MATTER)
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=12, choices=REASONS)
    text = SealedTextField()
    at = models.DateTimeField()
    by_user = models.UUIDField()
    by_name = models.CharField(max_length=200)

    class Meta:
        db_table = "inbox_reporterlook"

    class Privacy:
        personal = ("by_user", "by_name")
        free_text = ("text",)
        safe = ("id", "concern", "reason", "at")
        open_because = {
            "reason": "En kode fra en fast liste over grunner.",
            "by_name": "Navn på den ansatte som så hvem som meldte. Står også i innsynsloggen.",
        }

    @property
    def key_id(self) -> UUID:
        """The matter's."""
        return self.concern_id


class LeaderChain(AppendOnly):
    """Whom an employee here tells at once when it is acute, in order; the newest counts. Stands on a public page."""

    row_rights = RowRights(
        people="true", may_insert=holds(Permission.SETTINGS), purposes={"intake": "SELECT", "setup": "SELECT, INSERT"}
    )
    lines = models.JSONField(default=list)
    valid_from = models.DateTimeField()
    set_by = models.CharField(max_length=200)

    class Meta:
        db_table = "inbox_leaderchain"

    class Privacy:
        personal = ("set_by",)
        free_text = ()
        safe = ("id", "lines", "valid_from")
        open_because = {
            "lines": "Stillinger og telefonnumre som står på den åpne siden for ansatte.",
            "set_by": "Navn på den ansatte som endret innstillingen.",
        }
