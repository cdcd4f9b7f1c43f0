"""What is typed when a case is reopened, and when somebody has asked how it went."""

from typing import Any

from django import forms

from tenants.closing.endings import MORE, SAFE
from tenants.triage.forms import StepForm
from varde.ui.fields import LongTextField


class ReopenForm(StepForm):
    """Why, and who does what next."""

    reason = LongTextField(
        label="Hvorfor gjenåpnes saken?", max_length=8000, help_text="Teksten kan ikke endres etterpå."
    )
    field_order = ["reason", "text", "owner", "due_day", "due_hour"]
    fieldsets: list[tuple[str, str, list[str]]] = [
        ("Grunn", "", ["reason"]),
        ("Neste steg", "", ["text", "owner", "due_day", "due_hour"]),
    ]


class FollowUpForm(forms.Form):
    """How it is some time after the closing."""

    safe_now = forms.ChoiceField(
        label="Er det trygt nå?", choices=SAFE, widget=forms.RadioSelect,
        help_text="Spør personen selv, på en trygg måte.",
    )  # fmt: skip
    needs_more = forms.ChoiceField(label="Trengs det mer?", choices=MORE, widget=forms.RadioSelect)
    text = LongTextField(
        label="Hva fikk dere vite?", required=False, max_length=8000, help_text="Gjerne med personens egne ord."
    )

    def answers(self) -> dict[str, Any]:
        """Of a valid form."""
        return {name: self.cleaned_data[name] for name in ("safe_now", "needs_more", "text")}
