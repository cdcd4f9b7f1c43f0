"""What is typed of a drøfting."""

from typing import Any

from django import forms

from tenants.triage.talk import ENDINGS, warning
from varde.ui.fields import LongTextField, TextField

NO_NAMES = "Skriv ikke navn, fødselsnummer, telefon eller adresse. Beskriv situasjonen, ikke personen."


class EndTalkForm(forms.Form):
    """Why it is deleted, and that it cannot be had back."""

    why = forms.ChoiceField(
        label="Hvorfor slettes drøftingen?",
        choices=[(code, said.capitalize()) for code, said in ENDINGS],
        widget=forms.RadioSelect,
        error_messages={"required": "Velg hvorfor drøftingen slettes."},
    )
    sure = forms.BooleanField(
        label="Teksten blir borte for godt, også i sikkerhetskopiene.",
        error_messages={"required": "Kryss av for at du vet at teksten ikke kan hentes tilbake."},
    )


class TalkForm(forms.Form):
    """A drøfting. What looks like somebody's number is pointed out once; the text is never changed for anybody."""

    what = LongTextField(label="Hva ble drøftet?", max_length=20_000, help_text=NO_NAMES)
    advice = LongTextField(label="Hvilket råd ga dere?", max_length=20_000, help_text=NO_NAMES)
    partners = TextField(
        label="Hvem var med?", required=False, max_length=500, help_text="Tjenester og partnere, ikke navn på folk."
    )
    keep = forms.BooleanField(
        label="Jeg har sett over teksten. Lagre den slik den er.", required=False, widget=forms.HiddenInput
    )

    def clean(self) -> dict[str, Any]:
        """Ask once when a text seems to show who it is about."""
        data = super().clean() or self.cleaned_data
        said = warning(*(str(data.get(name) or "") for name in ("what", "advice", "partners")))
        if said:
            self.fields["keep"].widget = forms.CheckboxInput()
            if not data.get("keep"):
                self.add_error(None, f"{said} Skal den stå, kryss av nederst og lagre en gang til.")
        return data
