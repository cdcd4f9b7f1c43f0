"""What is typed when a case is closed."""

from datetime import date
from typing import Any

from django import forms

from shared.codes.forms import CURRENT, form
from tenants.closing import checklist
from tenants.closing.actions import Report
from tenants.closing.endings import ENDINGS, check_followup
from tenants.closing.loose_forms import LEGEND, LooseForm
from tenants.persons.voice import HELPED
from varde.ui.fields import LongTextField, in_form
from varde.ui.widgets import DayInput


def _outcomes() -> list[tuple[str, str]]:
    return [(answer.code, answer.label) for answer in form(CURRENT).question(checklist.OUTCOME).answers]


class CloseForm(LooseForm):
    """The closing report and the outcome."""

    done = LongTextField(label="Hva ble gjort?", help_text="Skriv det også når ingenting ble løst.")
    outcomes = forms.MultipleChoiceField(
        label="Hva ble utfallet?",
        choices=_outcomes,
        widget=forms.CheckboxSelectMultiple,
        help_text="Skjemaet ber om høyst to kryss.",
        error_messages={"invalid_choice": "Dette utfallet finnes ikke på skjemaet."},
    )
    carried_on = LongTextField(label="Hvem følger opp tiltakene som ikke er avsluttet?")
    unsolved = LongTextField(label="Hva ble ikke løst?", required=False)
    ending = forms.ChoiceField(
        label="Hvordan endte saken?",
        choices=ENDINGS,
        required=False,
        help_text="Uten grunnlag eller misbruk: saken lagres da kortere, av hensyn til den det ble meldt om.",
    )
    helped = forms.ChoiceField(
        label="Hjalp det?",
        choices=[("", "Ikke spurt ennå"), *HELPED],
        required=False,
        help_text="Spør personen selv, på en trygg måte. Svaret står også i personens stemme.",
    )
    own_words = LongTextField(
        label="Den utsattes egne ord om utfallet", required=False, help_text="Slik personen sa det, om dere har spurt."
    )
    learned = LongTextField(label="Hva tar dere med dere videre?", required=False)
    followup_on = forms.DateField(
        label="Når skal dere spørre om det fortsatt er trygt?", required=False, widget=DayInput,
        help_text="Koordinatoren får beskjed den dagen. La stå tomt om dere ikke skal ta kontakt igjen.",
    )  # fmt: skip
    fieldsets = [
        ("Det som er gjort", "", ["done", "outcomes", "ending", "carried_on", "unsolved"]),
        ("Den utsattes stemme", "", ["helped", "own_words"]),
        ("Etterpå", "", ["learned", "followup_on"]),
    ]

    def __init__(self, *args: Any, open_measures: int, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fieldsets = [(LEGEND, "", self.loose_names), *type(self).fieldsets]
        if not open_measures:
            del self.fields["carried_on"]
        sentences = checklist.missing(done="", outcomes=(), open_measures=open_measures, carried_on="")
        for stop in sentences:
            self.fields[stop.field].error_messages["required"] = stop.sentence

    def report(self) -> Report:
        """Of a valid form."""
        names = ("done", "unsolved", "own_words", "learned", "carried_on", "helped")
        data = self.cleaned_data
        return Report(
            **{name: data.get(name, "") for name in names},
            ending=data["ending"] or "ordinary",
            followup_on=data["followup_on"],
        )

    def clean_followup_on(self) -> date | None:
        """A day to come, or none."""
        day: date | None = self.cleaned_data["followup_on"]
        if day is not None:
            with in_form():
                check_followup(day, self.today)
        return day
