"""The sections of a safety plan, as they are typed."""

from collections.abc import Mapping
from datetime import date
from typing import Any, cast

from django import forms
from django.http import QueryDict

from tenants.measures.safety import LONGEST, SECTIONS
from varde.ui.fields import LongTextField
from varde.ui.widgets import DayInput


class SafetyForm(forms.Form):
    """One field per section, and when the person agreed."""

    agreed_on = forms.DateField(
        label="Når ble du og personen enige om planen?",
        required=False,
        widget=DayInput,
        help_text="La stå tom hvis dere ikke er ferdige.",
    )
    seen = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for section in SECTIONS:
            self.fields[section.code] = LongTextField(
                label=section.heading, help_text=section.hint, max_length=LONGEST, required=False
            )
        self.order_fields([*(section.code for section in SECTIONS), "agreed_on", "seen"])

    def parts(self) -> dict[str, str]:
        """Of a valid form: the sections with something in them."""
        return {section.code: text for section in SECTIONS if (text := self.cleaned_data[section.code])}

    def seen_version(self) -> int:
        """Which version was on the page."""
        return int(self.cleaned_data.get("seen") or 0)

    def see_anew(self, version: int) -> None:
        """The next try has seen what stands now; what was typed stays."""
        data = cast(QueryDict, self.data).copy()
        data["seen"] = str(version)
        self.data = data


def initial_of(parts: Mapping[str, str], version: int, agreed_on: date | None) -> dict[str, Any]:
    """What the form shows of a version. The day is asked anew: a changed plan must be agreed on again."""
    return {**parts, "seen": version, "agreed_on": agreed_on if not version else None}
