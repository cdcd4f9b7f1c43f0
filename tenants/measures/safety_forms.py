"""The sections of a safety plan, as they are typed."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from tenants.measures.safety import LONGEST, SECTIONS
from varde.ui.fields import LongTextField
from varde.ui.seen import SeenForm
from varde.ui.widgets import DayInput


class SafetyForm(SeenForm):
    """One field per section, and when the person agreed."""

    agreed_on = forms.DateField(
        label="Når ble du og personen enige om planen?",
        required=False,
        widget=DayInput,
        help_text="La stå tom hvis dere ikke er ferdige.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for section in SECTIONS:
            self.fields[section.code] = LongTextField(
                label=section.heading, help_text=section.hint, max_length=LONGEST, required=False
            )
        self.order_fields([*(section.code for section in SECTIONS), "agreed_on"])

    def parts(self) -> dict[str, str]:
        """Of a valid form: the sections with something in them."""
        return {section.code: text for section in SECTIONS if (text := self.cleaned_data[section.code])}


def initial_of(parts: Mapping[str, str], version: int, agreed_on: date | None) -> dict[str, Any]:
    """What the form shows of a version. The day is asked anew: a changed plan must be agreed on again."""
    return {**parts, "seen": str(version), "agreed_on": agreed_on if not version else None}
