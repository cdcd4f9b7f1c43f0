"""What is left to read when two kommuner have become one; in the public schema, beside the certificates."""

from typing import ClassVar

from django.db import models

from varde.privacy.models import AppendOnly


class MergeReport(AppendOnly):
    """Counted before and after, with where the logs ended. Read by drift and by the kommune that was born."""

    office_rights: ClassVar[str] = "SELECT"
    order = models.UUIDField(unique=True)
    office = models.UUIDField()
    facts = models.JSONField(default=dict)
    pdf = models.BinaryField()
    made_at = models.DateTimeField()

    class Meta:
        db_table = "merging_report"

    class Privacy:
        personal = ()
        free_text = ()
        safe = ("id", "order", "office", "facts", "pdf", "made_at")
        open_because = {
            "facts": "Antall rader per tabell før og etter, og loggenes siste sjekksum.",
            "pdf": "Rapporten som papir, med det samme som står i radens tall.",
        }
