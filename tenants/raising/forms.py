"""What is typed of a system matter."""

from typing import Any

from django import forms

from shared.codes.matters import URGENCIES, categories
from tenants.raising.actions import Told
from tenants.raising.models import Raised
from varde.ui.fields import LongTextField, TextField
from varde.ui.screened import ScreenedForm
from varde.ui.seen import SeenForm

_FIELDS = ("title", "category", "urgency", "what", "tried", "wish")
NO_NAMES = "Skriv om hvordan noe virker, ikke om en person. Ingen navn, aldre, steder der noen bor, eller saksnummer."


class MatterForm(SeenForm):
    """A system matter. It is kept as a draft as it stands, and looked through before it is sent."""

    title = TextField(label="Hva gjelder det, i én setning?", max_length=200)
    category = forms.ChoiceField(label="Hva slags?", error_messages={"invalid_choice": "Velg fra listen."})
    urgency = forms.ChoiceField(
        label="Når bør det tas opp?", choices=URGENCIES, widget=forms.RadioSelect, initial="next"
    )
    what = LongTextField(label="Hva er det som ikke virker?", max_length=8000, help_text=NO_NAMES)
    tried = LongTextField(label="Hva har dere prøvd?", max_length=4000, required=False)
    wish = LongTextField(label="Hva ønsker dere at lederteamet gjør?", max_length=4000, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "Velg"), *((each.code, each.label) for each in categories())]
        self.fields["category"].choices = choices  # type: ignore[attr-defined]

    def typed(self) -> Told:
        """Of a valid form."""
        return Told(**{name: self.cleaned_data[name] for name in _FIELDS})


def initial_of(row: Raised) -> dict[str, Any]:
    """What the form shows of a matter."""
    return {name: getattr(row, name) for name in _FIELDS}


class WordForm(ScreenedForm):
    """Something to the leader team."""

    screened = ("text",)
    text = LongTextField(label="Til lederteamet", max_length=4000, help_text=NO_NAMES)
    closes = forms.BooleanField(
        label="Avslutt systemsaken. Lederteamet trenger ikke å gjøre mer med den.", required=False
    )


class BackForm(forms.Form):
    """What must be changed."""

    text = LongTextField(label="Hva må endres?", max_length=2000)


class SettingForm(SeenForm):
    """How the kommune has it."""

    approve_first = forms.BooleanField(
        label="Koordinatoren godkjenner det andre skriver, før det sendes", required=False
    )
    keep_years = forms.IntegerField(
        label="Hvor mange år lagres en systemsak etter at den er ferdig?", required=False, min_value=1, max_value=100,
        help_text="Tomt: ingenting er vedtatt, og ingenting slettes.",
    )  # fmt: skip
