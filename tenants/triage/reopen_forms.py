"""What is typed when a concern is reopened."""

from typing import Any

from django import forms

from tenants.triage.forms import StepForm, category_choices
from tenants.triage.urgency import Rule, Runs
from varde.ui.fields import LongTextField


class ReopenForm(StepForm):
    """Why, how much it hurries now, and who does what next."""

    category = forms.ChoiceField(label="Hvor mye haster det nå?", widget=forms.RadioSelect)
    reason = LongTextField(
        label="Hvorfor gjenåpnes bekymringen?", max_length=8000, help_text="Teksten kan ikke endres etterpå."
    )
    field_order = ["reason", "category", "text", "owner", "due_day", "due_hour"]
    fieldsets: list[tuple[str, str, list[str]]] = [
        ("Grunn", "", ["reason", "category"]),
        ("Neste steg", "", ["text", "owner", "due_day", "due_hour"]),
    ]

    def __init__(self, *args: Any, rules: list[Rule], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].choices = category_choices(rules, Runs(self.now), self.now)  # type: ignore[attr-defined]
