"""A new machine: what it is called, what it may, and for how long."""

from typing import Any

from django import forms

from varde.machines.states import SCOPES
from varde.ui.fields import TextField

LASTS = [("90", "Tre måneder"), ("365", "Ett år"), ("730", "To år")]


class MachineForm(forms.Form):
    """The name is the system's, never a person's."""

    name = TextField(
        label="Hva heter systemet?", max_length=100, help_text="For eksempel «Sentralbordet på legevakten»."
    )
    scopes = forms.MultipleChoiceField(
        label="Hva skal systemet kunne?",
        choices=SCOPES,
        widget=forms.CheckboxSelectMultiple,
        help_text="Innhold i samtaler og saker kan ingen systemer hente.",
        error_messages={"required": "Velg minst én ting."},
    )
    days = forms.TypedChoiceField(label="Hvor lenge skal nøkkelen gjelde?", choices=LASTS, coerce=int, initial="365")

    def given(self) -> dict[str, Any]:
        """For `actions.give`."""
        return {name: self.cleaned_data[name] for name in ("name", "scopes", "days")}
