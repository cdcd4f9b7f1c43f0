"""What is typed on the way to an open phone."""

from typing import Any

from django import forms

from shared.codes.starting import Step
from tenants.starting.files import MOST, DocumentField
from varde.ui.fields import LongTextField, TextField, in_form
from varde.ui.numbers import check_phone
from varde.ui.seen import SeenForm
from varde.ui.widgets import DayInput

THEMES = (
    ("fjord", "Fjord, blå"),
    ("skog", "Skog, grønn"),
    ("lyng", "Lyng, lilla"),
    ("bre", "Bre, blågrønn"),
    ("skifer", "Skifer, gråblå"),
    ("tyri", "Tyri, brun"),
)
_HTTPS = {"invalid": "Skriv hele adressen, for eksempel https://www.kommunen.no/erklaering."}


class PhoneField(TextField):
    """A number that somebody could ring."""

    def clean(self, value: Any) -> str:
        """As typed; ValidationError in words."""
        typed: str = super().clean(value)
        with in_form():
            return check_phone(typed)


def _address(label: str, help_text: str) -> forms.URLField:
    return forms.URLField(
        label=label, required=False, max_length=200, assume_scheme="https", help_text=help_text, error_messages=_HTTPS
    )


class WordForm(SeenForm):
    """Somebody says that a step is done. What is asked for is what others must understand later."""

    text = LongTextField(label="Hvem, hva og hvor står det?", max_length=500)
    day = forms.DateField(label="Hvilken dag?", required=False, widget=DayInput)

    def __init__(self, *args: Any, step: Step, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if step.code == "decision":
            self.fields["text"].label = "Hvem vedtok det, og hva er nummeret på saken?"
            self.fields["text"].help_text = "For eksempel «Kommunestyret, sak 34/26»."
            self.fields["day"].label = "Vedtatt"


class SkipForm(SeenForm):
    """A step is not relevant here."""

    text = LongTextField(label="Hvorfor er steget ikke aktuelt?", max_length=500)


class BackForm(SeenForm):
    """What was said is taken back."""


class DocumentForm(forms.Form):
    """The document that shows a step."""

    file = DocumentField(
        label="Dokument",
        help_text=f"PDF, Word, OpenDocument, tekst eller bilde, høyst {MOST // 1024 // 1024} MB. Legg bare ved et "
        "dokument som er offentlig, og som ikke handler om noen i en sak.",
    )


class LooksForm(SeenForm):
    """What the public page looks like, and whom people may turn to otherwise."""

    theme = forms.ChoiceField(label="Farger", choices=THEMES, widget=forms.RadioSelect)
    ordinary_name = TextField(
        label="Ordinær kontakt", max_length=120, help_text="Hvem innbyggerne ellers ringer, for eksempel Servicetorget."
    )
    ordinary_phone = PhoneField(label="Telefonen dit", max_length=20)
    ordinary_url = _address("Kommunens nettside om dette", "For eksempel https://www.kommunen.no/tryggest.")
    accessibility_url = _address(
        "Tilgjengelighetserklæringen",
        "Adressen til kommunens erklæring hos uustatus.no. Siden kan lagres uten, men den trengs før dere åpner.",
    )
    seen_page = forms.BooleanField(
        label="Jeg har sett over siden slik innbyggerne ser den",
        error_messages={"required": "Se over siden, og kryss av."},
    )


class NumberForm(SeenForm):
    """The number that the public pages show."""

    phone = PhoneField(
        label="Telefonnummer", max_length=20, help_text="Kommunens eget, eller den felles vakttelefonen."
    )
    phone_hours = TextField(label="Når svarer den?", max_length=120, help_text="For eksempel «Hverdager kl. 9–14».")


class LetterForm(forms.Form):
    """The day that the letter to Bufdir names."""

    dag = forms.DateField(label="Hvilken dag starter dere?", widget=DayInput)
