"""The checklist as it was answered, and the calls to 112, 113 and 116 117. Sealed under the matter's key."""

from django.db import models

from shared.codes.emergency import emergency_numbers
from tenants.triage.checklist import YES_NO, Filled
from tenants.triage.lists_models import list_of
from tenants.triage.said import WHO_SAID, OfMatter, told
from varde.privacy.fields import SealedJSONField, SealedTextField
from varde.ui.gone import words


class Checked(OfMatter):
    """The checklist, answered beside a decision; the newest counts."""

    version = models.CharField(max_length=40)
    answers = SealedJSONField()

    class Meta:
        db_table = "triage_checked"
        indexes = [models.Index(fields=["concern", "at"], name="triage_checklists")]

    class Privacy:
        personal = ("by_user", "by_name", "answers")
        free_text = ()
        safe = ("id", "concern", "at", "version")
        open_because = {"by_name": WHO_SAID, "version": "Utgaven av sjekklisten."}

    @property
    def filled(self) -> Filled:
        """What was answered."""
        return Filled.of(told(self, "answers"))

    @property
    def ticked(self) -> list[str]:
        """The criteria that were ticked, in words."""
        return [each.label for each in list_of(self.version).criteria if each.code in self.filled.criteria]

    @property
    def lines(self) -> list[str]:
        """Everything that was answered, in words: the page it was filled in on is not met again once it is a case."""
        filled, asked, given = self.filled, list_of(self.version), dict(YES_NO)
        found = list(self.ticked)
        if filled.not_acute:
            found.append(f"Ikke akutt fordi: {filled.not_acute}")
        if filled.service or filled.other_service:
            found.append(f"Gjelder tjenesten {filled.service or filled.other_service}.")
        found += [
            f"{each.label} {given.get(filled.answers[each.code], '')}."
            for each in asked.questions
            if each.code in filled.answers
        ]
        found += [f"{group.label}: {filled.notes[group.code]}" for group in asked.groups if group.code in filled.notes]
        return found

    @property
    def affirmed(self) -> list[str]:
        """The questions answered with yes, in words."""
        given = self.filled.answers
        return [each.label for each in list_of(self.version).questions if given.get(each.code) == "yes"]


class EmergencyCall(OfMatter):
    """Somebody has rung because it was urgent."""

    number = SealedTextField()
    called_at = models.DateTimeField()
    caller = SealedTextField()
    outcome = SealedTextField(blank=True)

    class Meta:
        db_table = "triage_emergencycall"
        indexes = [models.Index(fields=["concern", "called_at"], name="triage_calls")]

    class Privacy:
        personal = ("by_user", "by_name", "caller")
        free_text = ("outcome",)
        safe = ("id", "concern", "at", "number", "called_at")
        open_because = {"by_name": WHO_SAID}

    @property
    def whom(self) -> str:
        """«112 Politi»."""
        named = {each.number: f"{each.display} {each.label.lower()}" for each in emergency_numbers()}
        number = words(self, "number")
        return named.get(number, number)
