"""The duties weighed in a matter, one row per answer. Answer and reason are sealed under the matter's key."""

from django.db import models

from tenants.triage.duties import ANSWERS
from tenants.triage.said import WHO_SAID, OfMatter
from varde.privacy.fields import SealedTextField
from varde.ui.gone import words


class DutyWeighed(OfMatter):
    """Somebody weighed one duty; the newest row of a duty counts."""

    duty = models.CharField(max_length=40)
    # Of the list of duties that was asked by.
    version = models.CharField(max_length=40)
    answer = SealedTextField()
    reason = SealedTextField()
    # Answered with yes or no, without saying which: so that what is left can be found without opening anything.
    settled = models.BooleanField(default=True, db_default=True)

    class Meta:
        db_table = "triage_dutyweighed"
        indexes = [models.Index(fields=["concern", "at"], name="triage_duties")]

    class Privacy:
        personal = ("by_user", "by_name")
        free_text = ("reason",)
        safe = ("id", "concern", "at", "duty", "version", "answer", "settled")
        open_because = {
            "by_name": WHO_SAID,
            "duty": "Kode fra en fast liste. Alle plikter på listen vurderes i hver sak.",
            "version": "Utgaven av listen over plikter.",
        }

    @property
    def said(self) -> str:
        """The answer in words."""
        given = words(self, "answer")
        return dict(ANSWERS).get(given, given)
