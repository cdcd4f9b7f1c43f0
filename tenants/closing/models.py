"""The closing report: what was done, also when nothing was solved, and the person's own words."""

from django.db import models

from tenants.cases.models import Case
from varde.privacy.models import AppendOnly


class ClosingReport(AppendOnly):
    """Written once, when the case is closed. The outcome codes are answers to the registration form."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="closings")
    done = models.TextField()
    unsolved = models.TextField(blank=True)
    own_words = models.TextField(blank=True)
    learned = models.TextField(blank=True)
    # Who carries on the measures that were not ended when the case was closed.
    carried_on = models.TextField(blank=True)
    closed_at = models.DateTimeField()
    # Empty when an import closed the case.
    closed_by = models.UUIDField(null=True)
    closed_by_name = models.CharField(max_length=200)

    class Meta:
        db_table = "closing_report"

    class Privacy:
        personal = ("closed_by", "closed_by_name", "own_words")
        free_text = ("done", "unsolved", "learned", "carried_on")
        safe = ("id", "case", "closed_at")
