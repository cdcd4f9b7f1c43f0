"""The safety plan that the person takes home: a new row for each version, sealed."""

from uuid import UUID

from django.db import models

from tenants.cases.models import IN_CASE, Case
from varde.access.rows import RowRights
from varde.privacy.fields import SealedJSONField
from varde.privacy.models import AppendOnly


class SafetyPlan(AppendOnly):
    """One version. `parts` is {code of the section: text} (see `safety.SECTIONS`); earlier versions stay."""

    row_rights = RowRights(people=IN_CASE)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="safety_plans")
    version = models.PositiveSmallIntegerField()
    parts = SealedJSONField()
    # When the person said yes to it; empty for a draft that has not been talked through.
    agreed_on = models.DateField(null=True, blank=True)
    made_at = models.DateTimeField()
    made_by_name = models.CharField(max_length=200)

    class Meta:
        db_table = "measures_safetyplan"

    class Privacy:
        personal = ("parts", "made_by_name")
        free_text = ()
        safe = ("id", "case", "version", "agreed_on", "made_at")
        open_because = {"made_by_name": "Navnet på den ansatte som skrev planen, ikke på noen i saken."}

    @property
    def key_id(self) -> UUID:
        """The matter."""
        return self.case.concern_id
