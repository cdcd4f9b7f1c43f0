"""What is typed about the packs."""

from typing import Any

from django import forms

from tenants.continuity.states import HOURS, KEPT, Rule
from varde.ui.fields import TextField
from varde.ui.seen import SeenForm


class RuleForm(SeenForm):
    """Whether packs are made, when, and how long they lie in the folder outside."""

    active = forms.BooleanField(label="Lag en pakke hver morgen", required=False)
    hour = forms.TypedChoiceField(
        label="Når skal den lages?", choices=[(hour, f"kl. {hour:02}.00") for hour in HOURS], coerce=int
    )
    keep_days = forms.TypedChoiceField(
        label="Hvor lenge skal en pakke ligge i mappen utenfor?",
        choices=[(days, "1 dag" if days == 1 else f"{days} dager") for days in KEPT],
        coerce=int,
        help_text="Slettes den ikke av seg selv der kommunen kopierer den til, må noen gjøre det.",
    )

    def rule(self) -> Rule:
        """Of a valid form."""
        data: dict[str, Any] = self.cleaned_data
        return Rule(data["active"], data["hour"], data["keep_days"])


class ConfirmForm(forms.Form):
    """The passphrase, typed back from paper."""

    passphrase = TextField(
        label="Skriv passordfrasen fra arket",
        max_length=80,
        help_text="Skriv den slik du må skrive den for å åpne pakken: store bokstaver, med eller uten bindestreker.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"}),
    )
