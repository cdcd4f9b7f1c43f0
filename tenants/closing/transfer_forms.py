"""What is chosen and written when a matter is handed to another kommune."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms

from tenants.closing.loose_forms import LEGEND, LooseForm
from tenants.closing.transfer import REASONS, SUMMARY_LIMIT, Candidate, check_recipient, choices
from tenants.closing.transfer_queries import candidate
from varde.tenancy.door import OfficeRef
from varde.ui.dates import count
from varde.ui.fields import LongTextField, in_form

_REASON_HELP = {
    "moved": "Den kommunen personen bor i nå, tar over.",
    "too_close": "For eksempel når koordinatoren eller alle som kan åpne saken, er inhabile.",
}


class OfficeField(forms.ChoiceField):
    """A kommune. What is not on the list is answered by the rule that says why, not by «ugyldig valg»."""

    def valid_value(self, value: Any) -> bool:
        return True


class TransferForm(LooseForm):
    """Where to, why, and in what words. `notes` is there only for a case that has some."""

    to = OfficeField(label="Hvilken kommune skal ta over?")
    reason = forms.ChoiceField(
        label="Hvorfor overfører dere?",
        choices=[(code, f"{label}. {_REASON_HELP[code]}") for code, label in REASONS],
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Velg en av grunnene på listen."},
    )
    summary = LongTextField(
        label="Sammendrag til teamet som tar over",
        help_text="Hva dere vet, hva som er gjort, hva som haster, og hva personen selv ønsker. "
        "Notater følger ikke med hvis du ikke ber om det, så skriv det viktigste her.",
        max_length=SUMMARY_LIMIT,
    )
    notes = forms.BooleanField(label="Ta med notatene ordrett", required=False)

    def __init__(self, *args: Any, own: OfficeRef, offices: Sequence[Candidate], notes: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.own = own
        listed: list[Any] = [("", "Velg kommune"), *choices(offices, own.region_id)]
        self.fields["to"].choices = listed  # type: ignore[attr-defined]
        if notes:
            said = count(notes, "notat", "notater")
            self.fields["notes"].help_text = f"Saken har {said}. Navnene på dem som skrev, følger ikke med."
        else:
            del self.fields["notes"]
        self.fieldsets = [("", "", ["to", "reason", "summary", "notes"]), (LEGEND, "", self.loose_names)]

    def clean_to(self) -> Candidate:
        """The office, when it can take over."""
        try:
            found = candidate(UUID(self.cleaned_data["to"]))
        except ValueError:
            found = None
        with in_form():
            return check_recipient(found, self.own.id)

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """Everything as it was sent, for the page where it is looked over."""
        found = []
        for field in self:
            given = field.data if isinstance(field.data, list) else [field.data]
            found += [(field.html_name, str(one)) for one in given if one]
        return found

    @property
    def wish(self) -> dict[str, Any]:
        """Of a valid form, as the letter takes it: reason, summary, with_notes."""
        data = self.cleaned_data
        return {"reason": data["reason"], "summary": data["summary"], "with_notes": bool(data.get("notes"))}
