"""What is written of a matter before it is a case, and shown in the case it becomes. Sealed under the matter's key."""

from django.db import models

from tenants.triage.said import WHO_SAID, OfMatter
from varde.privacy.fields import SealedTextField


class Note(OfMatter):
    """Something found out; never edited, a correction is a new note. It stays here when the matter becomes a case."""

    text = SealedTextField()

    class Meta:
        db_table = "triage_note"
        indexes = [models.Index(fields=["concern", "at"], name="triage_notes")]

    class Privacy:
        personal = ("by_user", "by_name")
        free_text = ("text",)
        safe = ("id", "concern", "at")
        open_because = {"by_name": WHO_SAID}
