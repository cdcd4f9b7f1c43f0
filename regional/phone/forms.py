"""What is typed about operators, the declaration, and notes to the next shift."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from regional.phone.handover import LONGEST
from shared.codes import courses as codes
from shared.codes.courses import Course
from varde.days import check_been
from varde.refusal import print_of_values
from varde.ui.fields import LongTextField, TextField, in_form
from varde.ui.seen import SeenForm, resent
from varde.ui.widgets import DayInput

_FIRST, _LAST = date(1990, 1, 1), date(2100, 1, 1)


class SignForm(forms.Form):
    """Read and understood. `read` is the print of the text that the page showed."""

    read = forms.CharField(widget=forms.HiddenInput)
    understood = forms.BooleanField(
        label="Jeg har lest erklæringen og signerer den",
        error_messages={"required": "Kryss av for at du har lest erklæringen og signerer den."},
    )


class DeclarationForm(SeenForm):
    """The host's own text."""

    title = TextField(label="Overskrift")
    text = LongTextField(label="Erklæringen", help_text="Endrer du teksten, må alle operatører signere på nytt.")
    months = forms.IntegerField(
        label="Hvor mange måneder gjelder en signatur?", min_value=1, max_value=60,
        help_text="Gjelder signaturer fra nå. Endrer du bare dette, trenger ingen å signere på nytt.",
    )  # fmt: skip


class CourseForm(forms.Form):
    """What an operator has done."""

    code = forms.ChoiceField(label="Hvilket kurs?", error_messages={"invalid_choice": "Velg et kurs fra listen."})
    done_on = forms.DateField(label="Gjennomført", widget=DayInput)
    until = forms.DateField(
        label="Gjelder til og med", required=False, widget=DayInput, help_text="Tomt: så lenge listen over kurs sier."
    )
    holder = TextField(label="Kursholder", required=False, help_text="Ingenting om noen som har ringt.")

    def __init__(self, *args: Any, courses: Iterable[Course], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        choices = [("", "Velg"), *((one.code, one.title) for one in courses)]
        self.fields["code"].choices = choices  # type: ignore[attr-defined]

    def clean_done_on(self) -> date:
        """Done, and not in another century."""
        day: date = self.cleaned_data["done_on"]
        with in_form():
            check_been(day, self.today)
        if day < _FIRST:
            raise forms.ValidationError("Se over årstallet.")
        return day

    def clean_until(self) -> date | None:
        """Within this century."""
        day: date | None = self.cleaned_data["until"]
        if day and day > _LAST:
            raise forms.ValidationError("Se over årstallet.")
        return day


class WrongForm(forms.Form):
    """What is wrong with an entry."""

    reason = TextField(label="Hva er feil?", max_length=300)


class CoursesForm(SeenForm):
    """The list of courses, one on a line."""

    courses = LongTextField(
        label="Kurs",
        help_text="Ett på hver linje: kode; navn; måneder. Skriv «; kreves» til slutt for dem alle må ha.",
    )

    def clean_courses(self) -> tuple[Course, ...]:
        """The courses themselves, or the line that is wrong."""
        with in_form():
            return codes.typed(self.cleaned_data["courses"])


class NoteForm(forms.Form):
    """A note to the next shift. What looks like it tells of a caller must be looked over once."""

    text = LongTextField(
        label="Notat til neste vakt", max_length=LONGEST,
        help_text="Det neste vakt må vite om driften: linjer, avtaler, hvem som skal ringes om hva. "
        "Ikke hva noen som ringte, har sagt, og ikke navn eller nummer. Notatet slettes etter 14 dager.",
    )  # fmt: skip
    looked = forms.CharField(required=False, widget=forms.HiddenInput)

    def must_look(self) -> bool:
        """Has this very text not been shown with its warnings before? Of a valid form."""
        return str(self.cleaned_data["looked"]) != print_of_values(self.cleaned_data["text"])

    def ask(self) -> None:
        """The next sending of the same text says that it was looked over."""
        self.data = resent(self.data, {"looked": print_of_values(self.cleaned_data["text"])})
        self.add_error("text", "Se over notatet før du lagrer det. Er det i orden slik det står, lagre én gang til.")
