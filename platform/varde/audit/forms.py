"""The filter of the log, and the forms of its control."""

from typing import Any

from django import forms

from varde.audit.models import Action, Verdict
from varde.audit.phrases import said
from varde.audit.queries import Wanted
from varde.ui.fields import LongTextField, TextField
from varde.ui.widgets import DayInput


class FilterForm(forms.Form):
    """Fields `fra`, `til`, `hvem`, `gjorde`, `hva`, `ting`; all may be empty."""

    fra = forms.DateField(label="Fra dag", required=False, widget=DayInput)
    til = forms.DateField(label="Til dag", required=False, widget=DayInput)
    hvem = TextField(label="Hvem", required=False, max_length=200)
    gjorde = forms.ChoiceField(label="Gjorde", required=False, choices=[("", "Alt"), *Action.choices])
    hva = forms.ChoiceField(label="Med", required=False)
    ting = TextField(label="Kort nummer", required=False, max_length=60)

    def __init__(self, *args: Any, whats: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["hva"]
        field.choices = [("", "Alt"), *((what, said(what)) for what in whats)]

    def wanted(self) -> Wanted:
        """The question; only when the form is valid."""
        data = self.cleaned_data
        return Wanted(data["fra"], data["til"], data["hvem"], data["gjorde"], data["hva"], data["ting"])


class ExtractForm(forms.Form):
    """Which matter is asked about."""

    sak = TextField(
        label="Saksnummer",
        max_length=60,
        help_text="For eksempel «Sak 2026-1A2B3C», eller det korte nummeret i loggen.",
    )


class AnchorForm(forms.Form):
    """Where the anchors are mailed; empty for nowhere."""

    adresse = forms.EmailField(
        label="E-postadresse",
        required=False,
        max_length=200,
        help_text="Velg en postkasse som de som drifter Varde, ikke kan slette fra, som kommunens postmottak.",
    )


class ReviewForm(forms.Form):
    """What somebody found out about an odd look."""

    vurdering = forms.ChoiceField(label="Hva fant du ut?", choices=Verdict.choices, widget=forms.RadioSelect)
    notat = LongTextField(
        label="Hva er gjort?",
        max_length=2000,
        help_text="Skriv hvem du snakket med og hva dere ble enige om. Ikke skriv noe om hva som står i saken.",
    )

    def decision(self) -> dict[str, Any]:
        """For `review.handle`; only when the form is valid."""
        return {"verdict": Verdict(self.cleaned_data["vurdering"]), "note": self.cleaned_data["notat"]}
