"""What has been sent to the region: counts only, frozen as sent."""

from django.db import models

from varde.privacy.models import AppendOnly


class SentReturn(AppendOnly):
    """The counts of one period, as they left. A correction is a later row; the region takes the newest."""

    period = models.CharField(max_length=6)
    form = models.CharField(max_length=20)
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    letter_id = models.UUIDField()
    sent_at = models.DateTimeField()
    sent_by = models.CharField(max_length=200)

    class Meta:
        db_table = "returns_sent"
        indexes = [models.Index(fields=["period", "sent_at"], name="returns_newest")]

    class Privacy:
        personal = ("sent_by",)
        free_text = ()
        safe = ("id", "period", "form", "content", "digest", "letter_id", "sent_at")
