"""What a next step said before somebody put it right."""

from django.db import models

from tenants.triage.models import NextStep
from tenants.triage.said import WHO_SAID, OfMatter
from varde.privacy.fields import SealedTextField


class StepWas(OfMatter):
    """The words of a step as they stood until then; `by_name` is who put them right."""

    step = models.ForeignKey(NextStep, on_delete=models.PROTECT, related_name="texts")
    was = SealedTextField()
    # Of a step that is done: is it what came of it, and not what was to be done?
    outcome = models.BooleanField(default=False, db_default=False)

    class Meta:
        db_table = "triage_stepwas"

    class Privacy:
        personal = ("by_user", "by_name")
        free_text = ("was",)
        safe = ("id", "concern", "step", "at", "outcome")
        open_because = {"by_name": WHO_SAID}
