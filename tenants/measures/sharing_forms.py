"""The decision sheet before anything goes out, and the recipient's code."""

from datetime import datetime
from typing import Any

from django import forms

from tenants.measures.requests_forms import ground_choices
from tenants.measures.sharing_actions import Decision
from tenants.measures.sharing_states import CONSENTS, LASTS, WAYS, check_consent
from varde.ui.fields import LongTextField, TextField
from varde.ui.refusals import refusal_on


class SharingForm(forms.Form):
    """Ground, what, to whom, why, consent, and which way."""

    ground = forms.ChoiceField(
        label="Hva gir dere lov til å dele?",
        error_messages={"required": "Velg grunnlaget. Uten grunnlag kan ingenting deles."},
    )
    recipient = TextField(
        label="Hvem får det?", max_length=300, help_text="Navn og tjeneste, for eksempel Anne Hansen, fastlege."
    )
    why = LongTextField(label="Hvorfor trenger de det?", max_length=2000)
    consent = forms.ChoiceField(label="Samtykker personen?", choices=CONSENTS, widget=forms.RadioSelect)
    consent_why = LongTextField(label="Hvorfor deles det uten samtykke?", max_length=2000, required=False)
    text = LongTextField(
        label="Hva deler dere, ordrett?",
        max_length=8000,
        help_text="Skriv det for mottakeren. Bare dette går ut, aldri noe annet fra saken.",
        error_messages={"required": "Skriv det som skal deles."},
    )
    way = forms.ChoiceField(label="Hvordan deles det?", choices=WAYS, widget=forms.RadioSelect, initial="link")
    hours = forms.TypedChoiceField(
        label="Hvor lenge virker lenken?", choices=LASTS, initial="24", required=False, empty_value="24"
    )
    fieldsets = [
        ("Kan vi dele?", "", ["ground", "consent", "consent_why"]),
        ("Hva og til hvem?", "", ["recipient", "why", "text"]),
        ("Hvordan?", "", ["way", "hours"]),
    ]

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ground"].choices = [("", "Velg"), *ground_choices(now)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ground and consent must agree."""
        data = super().clean() or self.cleaned_data
        if {"ground", "consent", "consent_why"} <= data.keys():
            with refusal_on(self, "consent_why" if data["ground"] != "samtykke" else "consent"):
                check_consent(data["ground"], data["consent"], data["consent_why"])
        return data

    def decision(self) -> Decision:
        """Of a valid form."""
        return Decision(**{**self.cleaned_data, "hours": int(self.cleaned_data["hours"])})


class CodeForm(forms.Form):
    """The code that the recipient was told on the phone."""

    code = forms.CharField(
        label="Koden du har fått på telefon",
        max_length=60,
        help_text="Åtte sifre.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )
