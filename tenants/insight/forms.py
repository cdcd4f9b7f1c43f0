"""What is typed about requests for access and statements."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from tenants.insight.actions import Asked
from tenants.insight.gather import Found
from tenants.insight.statements_actions import Word
from tenants.insight.states import (
    ANSWERS,
    ASKERS,
    FITTING,
    IDENTITIES,
    STATEMENT_KINDS,
    check_identity,
    check_received,
)
from tenants.insight.titles import grouped
from tenants.persons.card import REPORTER
from tenants.persons.models import Person
from tenants.persons.queries import shown_name
from tenants.persons.repeats import Repeat
from tenants.persons.states import ROLES
from varde.refusal import Refused
from varde.ui.fields import LongTextField, TextField, in_form
from varde.ui.widgets import DayInput

_NOT_HERE = {"invalid_choice": "Velg en av personene i saken."}


class _WithPersons(forms.Form):
    """Chooses among the cards of the matter."""

    person = forms.ChoiceField(label="Hvem gjelder det?", error_messages=_NOT_HERE)

    def __init__(self, *args: Any, persons: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.persons = {str(each.pk): each for each in persons}
        choices = [(key, f"{shown_name(each)} ({each.get_role_display()})") for key, each in self.persons.items()]
        self.fields["person"].choices = [("", "Velg"), *choices]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Person:
        """Of a valid form."""
        return self.persons[self.cleaned_data["person"]]


class RegisterForm(_WithPersons):
    """A request as it came."""

    asker = forms.ChoiceField(
        label="Hvem ber om innsyn?",
        choices=ASKERS,
        widget=forms.RadioSelect,
        help_text="Er vergen selv den det er mistanke mot, snakk med Statsforvalteren før dere gir innsyn.",
    )
    asker_name = TextField(label="Navnet på den som ber, hvis det er en annen", required=False)
    identity = forms.ChoiceField(label="Hvordan vet dere hvem det er?", choices=IDENTITIES, widget=forms.RadioSelect)
    received_on = forms.DateField(
        label="Hvilken dag kom kravet?", widget=DayInput, help_text="Fristen er én måned fra denne dagen."
    )

    also = forms.MultipleChoiceField(
        label="Registrer det samme kravet i disse sakene også",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Personen kan stå i dem. Hver sak får sitt eget dokument.",
        error_messages={"invalid_choice": "En av sakene er ikke der lenger."},
    )

    new_name = TextField(
        label="Står personen ikke i listen? Skriv navnet",
        required=False,
        help_text="Saken er lukket. Varde lager et kort med navnet, så kravet kan besvares. Ellers endres ingenting.",
    )
    new_role = forms.ChoiceField(
        label="Hvilken rolle har personen i saken?",
        required=False,
        choices=[("", "Velg"), *(each for each in ROLES if each[0] != REPORTER)],
    )

    def __init__(
        self, *args: Any, today: date, repeats: Sequence[Repeat] = (), newcomer: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.newcomer = newcomer
        self.fields["person"].required = not newcomer
        if not newcomer:
            del self.fields["new_name"], self.fields["new_role"]
        elif not self.persons:
            self.fields["person"].widget = forms.HiddenInput()
        self.pairs = {f"{pair.mine.pk}:{pair.theirs.pk}": pair for each in repeats for pair in each.pairs}
        labels = {pair.theirs.pk: f"{each.name}: {pair.name} ({each.why})" for each in repeats for pair in each.pairs}
        choices = [(key, labels[pair.theirs.pk]) for key, pair in self.pairs.items()]
        self.fields["also"].choices = choices  # type: ignore[attr-defined]
        if not choices:
            del self.fields["also"]

    def clean_received_on(self) -> date:
        """A day that has been, within a year."""
        day: date = self.cleaned_data["received_on"]
        with in_form():
            check_received(day, self.today)
        return day

    def clean(self) -> dict[str, Any]:
        """A guardian shows a mandate."""
        data = super().clean() or self.cleaned_data
        try:
            check_identity(data.get("asker", ""), data.get("identity", ""))
        except Refused as error:
            if data.get("identity"):
                self.add_error("identity", str(error))
        if self.newcomer:
            self._one_person(data)
        return data

    def _one_person(self, data: dict[str, Any]) -> None:
        """In a matter that is over: a card of the list, or a name and its role."""
        named, chosen = str(data.get("new_name", "")).strip(), data.get("person")
        if bool(named) == bool(chosen) and "person" not in self.errors:
            self.add_error("new_name", "Velg en person fra listen, eller skriv navnet. Ikke begge deler.")
        elif named and not data.get("new_role"):
            self.add_error("new_role", "Velg hvilken rolle personen har i saken.")

    @property
    def is_newcomer(self) -> bool:
        """Of a valid form: is it somebody without a card?"""
        return self.newcomer and not self.cleaned_data["person"]

    def everywhere(self) -> list[Person]:
        """Of a valid form: the card, and those of other matters that were ticked for the same person."""
        ticked = [self.pairs[key] for key in self.cleaned_data.get("also", ())]
        return [self.chosen, *(pair.theirs for pair in ticked if pair.mine.pk == self.chosen.pk)]

    def asked(self) -> Asked:
        """Of a valid form."""
        data = self.cleaned_data
        return Asked(data["asker"], data["identity"], data["received_on"], data["asker_name"])


class EndForm(forms.Form):
    """Not given: why."""

    state = forms.ChoiceField(
        label="Hva skjer med kravet?",
        choices=[("refused", "Det avslås"), ("withdrawn", "Den som ba, har trukket det")],
        widget=forms.RadioSelect,
    )
    reason = LongTextField(label="Hvorfor?", max_length=4000)


class ExtendForm(forms.Form):
    """A later day, and why."""

    until = forms.DateField(label="Ny frist", widget=DayInput)
    reason = LongTextField(
        label="Hvorfor trengs mer tid?", max_length=4000,
        help_text="Den som ba, skal få vite det innen den første fristen.",
    )  # fmt: skip


class StatementForm(_WithPersons):
    """What a person says against what is written."""

    kind = forms.ChoiceField(label="Hva ber personen om?", choices=STATEMENT_KINDS, widget=forms.RadioSelect)
    item = forms.ChoiceField(
        label="Hvilken tekst gjelder det?",
        required=False,
        error_messages={"invalid_choice": "Teksten finnes ikke i saken lenger. Velg en annen."},
    )
    text = LongTextField(
        label="Hva sier personen?", max_length=8000, help_text="Skriv det slik personen sier det. Det kan ikke endres."
    )

    def __init__(self, *args: Any, items: list[Found], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].choices = [("", "Hele saken"), *grouped(items)]  # type: ignore[attr-defined]

    def word(self) -> Word:
        """Of a valid form."""
        data = self.cleaned_data
        return Word(data["kind"], data["text"], data["item"])


class AnswerForm(forms.Form):
    """What the team does with a statement."""

    answer = forms.ChoiceField(label="Hva gjør dere?", widget=forms.RadioSelect)
    reason = LongTextField(label="Skriv hva dere gjorde, eller hvorfor ikke", max_length=4000)

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = dict(ANSWERS)
        self.fields["answer"].choices = [(code, labels[code]) for code in FITTING[kind]]  # type: ignore[attr-defined]
