"""Measures and requests that were over and were taken up again: how they had ended, and why they go on."""

from uuid import UUID

from django.db import models

from tenants.cases.models import IN_CASE, Case
from tenants.measures.requests_models import Request
from varde.access.rows import RowRights
from varde.privacy.fields import SealedTextField
from varde.privacy.models import AppendOnly


class TakenUpAgain(AppendOnly):
    """Of a measure or of a request: what it had led to is kept here, for the row itself waits for a new end."""

    row_rights = RowRights(people=IN_CASE)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    measure = models.ForeignKey("measures.Measure", on_delete=models.PROTECT, null=True, related_name="again")
    request = models.ForeignKey(Request, on_delete=models.PROTECT, null=True, related_name="again")
    state = models.CharField(max_length=9)
    was = SealedTextField(blank=True)
    ended_at = models.DateTimeField()
    ended_by_name = models.CharField(max_length=200)
    reason = SealedTextField()
    at = models.DateTimeField()
    by_user = models.UUIDField(null=True)
    by_name = models.CharField(max_length=200)

    class Meta:
        db_table = "measures_again"

    class Privacy:
        personal = ("ended_by_name", "by_user", "by_name")
        free_text = ("was", "reason")
        safe = ("id", "case", "measure", "request", "state", "ended_at", "at")
        open_because = {
            "state": "En kode fra en fast liste: hvordan det hadde endt.",
            "ended_by_name": "Navnet på den ansatte som avsluttet, ikke på noen i saken.",
            "by_name": "Navnet på den ansatte som tok det opp igjen, ikke på noen i saken.",
        }

    @property
    def key_id(self) -> UUID:
        """The matter."""
        return self.case.concern_id
