"""Who tells whom by when, of a duty that was answered with yes, and that it was told."""

from uuid import UUID

from django.db import models

from shared.codes.duties import duties
from tenants.inbox.models import IN_MATTER, Concern
from varde.access.rows import RowRights
from varde.identity.models import User
from varde.privacy.fields import SealedTextField
from varde.privacy.models import Row
from varde.ui.dates import short_date
from varde.ui.gone import words

_LABELS = {each.code: each.label for each in duties()}


class Telling(Row):
    """To be told by `owner`; it ends once, told or not, and is frozen then by a trigger too.

    Which duty it is stands sealed: that there is one at all says that some duty was answered with yes.
    """

    office_rights = "SELECT, INSERT, UPDATE"
    row_rights = RowRights(
        people=IN_MATTER,
        may_insert=f"{IN_MATTER} AND NOT matter_denied(concern_id, owner_id)",
        purposes={"reminders": "SELECT", "verify": "SELECT"},
    )
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="+")
    duty = SealedTextField()
    to_whom = SealedTextField()
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    made_at = models.DateTimeField()
    made_by = models.UUIDField(null=True)
    made_by_name = models.CharField(max_length=200)
    # Empty for one that ended without being told.
    told_on = models.DateField(null=True, blank=True)
    told_to = SealedTextField(blank=True)
    dropped_because = SealedTextField(blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.UUIDField(null=True, blank=True)
    ended_by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "triage_telling"
        indexes = [
            models.Index(fields=["owner", "due_on"], condition=models.Q(ended_at__isnull=True), name="triage_untold")
        ]

    class Privacy:
        personal = ("owner", "made_by", "made_by_name", "told_to", "ended_by", "ended_by_name")
        free_text = ("to_whom", "dropped_because")
        safe = ("id", "concern", "duty", "due_on", "made_at", "told_on", "ended_at")
        open_because = {
            "made_by_name": "Navn på den ansatte som vurderte plikten. Står også i innsynsloggen.",
            "ended_by_name": "Navn på den ansatte som skrev opp at det var meldt. Står også i innsynsloggen.",
        }

    @property
    def key_id(self) -> UUID:
        """The matter's."""
        return self.concern_id

    @property
    def label(self) -> str:
        """The duty in words."""
        code = words(self, "duty")
        return _LABELS.get(code, code)

    @property
    def said(self) -> str:
        """«Skal meldes til barnevernet innen 12.03.2026», «Meldt 11.03.2026 til barnevernet», «Meldes ikke»."""
        if self.told_on is not None:
            return f"Meldt {short_date(self.told_on)} til {words(self, 'told_to')}"
        if self.ended_at is not None:
            return f"Ikke meldt til {words(self, 'to_whom')}"
        return f"Skal meldes til {words(self, 'to_whom')} innen {short_date(self.due_on)}"
