"""Who was told that something is overdue, after its owner. Kept for good: it is part of what was done in the matter."""

from django.db import models

from tenants.inbox.models import IN_MATTER, Concern
from tenants.triage import escalation
from varde.access.rows import RowRights
from varde.privacy.models import AppendOnly

ABOUT = [
    ("step", "neste steg er over frist"),
    ("unopened", "ingen har åpnet bekymringen"),
    ("owner", "eieren er borte"),
]


class Escalation(AppendOnly):
    """One person was told, on one level of the chain, of a step (or that nobody has opened the concern)."""

    row_rights = RowRights(people=IN_MATTER, may_insert="false", purposes={"reminders": "SELECT, INSERT"})
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="+")
    step = models.ForeignKey("triage.NextStep", on_delete=models.PROTECT, null=True, related_name="+")
    about = models.CharField(max_length=10, choices=ABOUT)
    level = models.PositiveSmallIntegerField(choices=escalation.LEVELS)
    told = models.UUIDField()
    told_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        db_table = "triage_escalation"
        indexes = [models.Index(fields=["concern", "at"], name="triage_escalated")]

    class Privacy:
        personal = ("told", "told_name")
        free_text = ()
        safe = ("id", "concern", "step", "about", "level", "at")
        open_because = {
            "about": "Kode fra en fast liste.",
            "told_name": "Navn på den ansatte som ble varslet.",
        }

    @property
    def words(self) -> str:
        """«Varslet Tom Teammedlem, som har vakt»"""
        return escalation.in_words(self.told_name, self.level)
