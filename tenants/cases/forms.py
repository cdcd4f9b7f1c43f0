"""What is typed in a case: a note, a member, and the registration form."""

from collections.abc import Mapping
from typing import Any

from django import forms

from shared.codes.forms import Form, Question
from tenants.cases.answers import Answers
from varde.identity.choosing import let_choose
from varde.identity.models import User
from varde.ui.fields import LongTextField
from varde.ui.seen import SeenForm


class NoteForm(forms.Form):
    """Something to keep in the case."""

    text = LongTextField(
        label="Nytt notat",
        max_length=20_000,
        help_text="Notatet kan ikke endres. Ble noe feil, merker du det som feilført og skriver et nytt.",
    )


class MemberForm(forms.Form):
    """Who is put on the case."""

    user = forms.ChoiceField(
        label="Sett på saken",
        error_messages={"invalid_choice": "Velg en som er aktiv i teamet og ikke alt er på saken."},
    )

    def __init__(self, *args: Any, people: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = let_choose(self, ["user"], people)

    @property
    def chosen(self) -> User:
        """The person; of a valid form."""
        return self.people[self.cleaned_data["user"]]


NOT_ANSWERED = ("", "Ikke besvart")


class RegistrationForm(SeenForm):
    """The questions with boxes of one version of the form. Everything may be left open."""

    def __init__(self, *args: Any, form: Form, known: Answers, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.codes = form
        for question in form.choices:
            self.fields[question.key] = _field(question, list(known.get(question.key, ())))

    def answers(self) -> Mapping[str, list[str]]:
        """Question -> codes; of a valid form."""
        return {question.key: _as_list(self.cleaned_data[question.key]) for question in self.codes.choices}

    def as_shown(self, given: Answers) -> dict[str, list[str]]:
        """Every question with these answers, as the form would show them."""
        return {question.key: list(given.get(question.key, ())) for question in self.codes.choices}


def _field(question: Question, known: list[str]) -> forms.Field:
    """Radio buttons for one answer, boxes for several, also where one too many has been ticked before."""
    label = f"{question.number}. {question.label}"
    choices = [(answer.code, answer.label) for answer in question.answers]
    if question.single and len(known) <= 1:
        return forms.ChoiceField(
            label=label,
            required=False,
            choices=[NOT_ANSWERED, *choices],
            widget=forms.RadioSelect,
            initial=known[0] if known else "",
            error_messages={"invalid_choice": "Dette svaret finnes ikke på skjemaet."},
        )
    return forms.MultipleChoiceField(
        label=label,
        required=False,
        choices=choices,
        widget=forms.CheckboxSelectMultiple,
        initial=known,
        help_text=f"Høyst {question.max_ticks} kryss.",
        error_messages={"invalid_choice": "Dette svaret finnes ikke på skjemaet."},
    )


def _as_list(value: str | list[str]) -> list[str]:
    if isinstance(value, list):
        return value
    return [value] if value else []
