"""Contact with partners about a matter; sealed."""

from uuid import UUID

from django.db import models

from tenants.inbox.models import IN_MATTER, Concern
from tenants.team.partners import WAYS
from tenants.team.partners_models import Partner
from varde.access.rows import RowRights
from varde.privacy.fields import SealedTextField
from varde.privacy.models import AppendOnly


class CaseContact(AppendOnly):
    """Somebody was rung, met or written to about the matter, whether it is a case yet or not; a correction is a new
    row."""

    row_rights = RowRights(people=IN_MATTER)
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="+")
    partner = models.ForeignKey(Partner, null=True, on_delete=models.PROTECT, related_name="+")
    held_on = models.DateField()
    way = models.CharField(max_length=10, choices=WAYS)
    reached = models.BooleanField()
    who = SealedTextField(blank=True)
    text = SealedTextField()
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200)

    class Meta:
        db_table = "measures_casecontact"

    class Privacy:
        personal = ("who", "by_name")
        free_text = ("text",)
        safe = ("id", "concern", "partner", "held_on", "way", "reached", "at")
        open_because = {
            "way": "En kode fra en fast liste.",
            "by_name": "Navnet på den ansatte som tok kontakt, ikke på noen i saken.",
        }

    @property
    def key_id(self) -> UUID:
        """The matter."""
        return self.concern_id
