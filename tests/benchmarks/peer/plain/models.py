"""One table, about what a report holds."""

import uuid

from django.db import models


class Report(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    reporter_kind = models.CharField(max_length=10)
    anonymous = models.BooleanField()
    what = models.TextField()
    received_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "plain"
        db_table = "plain_report"
