"""The plan of measures: each with kind, service, owner, due date, status and legal ground."""

from django.db import models

from tenants.cases.models import Case
from tenants.measures.states import KINDS, STATES
from varde.identity.models import User
from varde.privacy.models import Row


class Measure(Row):
    """Something that is done for the person."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="measures")
    title = models.TextField()
    kind = models.CharField(max_length=12, choices=KINDS)
    service = models.CharField(max_length=120, blank=True)
    legal_ground = models.CharField(max_length=60, blank=True)
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="measures")
    due_on = models.DateField()
    status = models.CharField(max_length=8, choices=STATES, default="planned")
    effect = models.TextField(blank=True)
    made_at = models.DateTimeField()
    made_by_name = models.CharField(max_length=200)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by_name = models.CharField(max_length=200, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "measures_measure"
        indexes = [models.Index(fields=["status", "due_on"], name="measures_due")]

    class Privacy:
        personal = ("owner", "made_by_name", "ended_by_name")
        free_text = ("title", "service", "effect")
        safe = (
            "id",
            "case",
            "kind",
            "legal_ground",
            "due_on",
            "status",
            "made_at",
            "ended_at",
            "reminded_at",
        )
