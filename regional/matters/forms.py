"""What is typed about system matters at the leader team."""

from collections.abc import Sequence
from typing import Any

from django import forms

from regional.matters import states
from regional.matters.models import Matter
from varde.ui.fields import LongTextField, TextField
from varde.ui.screened import ScreenedForm
from varde.ui.seen import SeenForm

NO_NAMES = "Kommunen får dette. Skriv ikke om personer."


class AnswerForm(ScreenedForm, SeenForm):
    """What the leader team answers."""

    screened = ("text", "measures", "decision")
    text = LongTextField(label="Svar til kommunen", max_length=8000, help_text=NO_NAMES)
    decision = TextField(label="Vedtakets nummer", required=False, help_text="For eksempel «sak 4/27».")
    measures = LongTextField(
        label="Tiltak", required=False, max_length=4000, help_text="Ett på hver linje: hva som skal gjøres, og av hvem."
    )

    @property
    def lines(self) -> list[str]:
        """The measures. Of a valid form."""
        return [line.strip() for line in self.cleaned_data["measures"].splitlines() if line.strip()]


class QuestionForm(ScreenedForm):
    """A question to the kommune."""

    screened = ("text",)
    text = LongTextField(label="Spørsmål til kommunen", max_length=4000, help_text=NO_NAMES)


class NoteForm(forms.Form):
    """The region's own words."""

    text = LongTextField(label="Notat", max_length=4000, help_text="Bare for dere i regionen. Kommunen ser det ikke.")


class AgendaForm(ScreenedForm):
    """Which meeting. The kommune is told."""

    screened = ("meeting",)
    meeting = TextField(label="Hvilket møte?", help_text="For eksempel «lederteamet 20. januar 2027».")


class JoinForm(forms.Form):
    """What it is answered together with."""

    into = forms.ChoiceField(
        label="Behandles sammen med", error_messages={"invalid_choice": "Velg en åpen sak fra listen."}
    )

    def __init__(self, *args: Any, others: Sequence[Matter], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.others = {str(one.pk): one for one in others}
        choices = [("", "Velg"), *((key, f"{one.title} ({one.kommune_name})") for key, one in self.others.items())]
        self.fields["into"].choices = choices  # type: ignore[attr-defined]

    def chosen(self) -> Matter:
        """Of a valid form."""
        return self.others[self.cleaned_data["into"]]


class IntakeForm(SeenForm):
    """Who takes matters in, and how long they are kept."""

    who = forms.ChoiceField(label="Hvem tar imot nye systemsaker?", choices=states.INTAKE, widget=forms.RadioSelect)
    keep_years = forms.IntegerField(
        label="Hvor mange år lagres en systemsak etter at den er ferdig?", required=False, min_value=1, max_value=100,
        help_text="Tomt: ingenting er vedtatt, og ingenting slettes.",
    )  # fmt: skip
