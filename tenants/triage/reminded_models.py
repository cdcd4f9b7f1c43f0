"""Who was told that something is due, so that nobody is told of it twice."""

from django.db import models

from tenants.inbox.models import IN_MATTER, Concern
from varde.access.rows import RowRights
from varde.privacy.models import AppendOnly


class Reminded(AppendOnly):
    """Of a row with this owner and day somebody was told. Laid by the purpose that reminds alone."""

    row_rights = RowRights(people=IN_MATTER, may_insert="false", purposes={"reminders": "SELECT, INSERT"})
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    row_id = models.UUIDField()
    # Empty where the coordinators were told.
    owner = models.UUIDField(null=True, blank=True)
    due_on = models.DateField()
    at = models.DateTimeField()

    class Meta:
        db_table = "triage_reminded"
        indexes = [models.Index(fields=["row_id"], name="triage_reminded_of")]

    class Privacy:
        personal = ("owner",)
        free_text = ()
        safe = ("id", "concern", "row_id", "due_on", "at")
