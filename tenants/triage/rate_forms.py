"""What is typed when a case hurries more or less than was decided."""

from datetime import datetime
from typing import Any

from django import forms

from tenants.triage.forms import category_choices
from tenants.triage.urgency import Rule, Runs
from varde.ui.fields import LongTextField
from varde.ui.seen import SeenForm


class RateForm(SeenForm):
    """How much it hurries now, and why."""

    category = forms.ChoiceField(label="Hvor mye haster det nå?", widget=forms.RadioSelect)
    reason = LongTextField(
        label="Hvorfor endres hastegraden?", max_length=8000, help_text="Teksten kan ikke endres etterpå."
    )

    def __init__(self, *args: Any, rules: list[Rule], runs: Runs, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].choices = category_choices(rules, runs, now)  # type: ignore[attr-defined]
