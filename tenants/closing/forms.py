"""What is typed when a case is closed."""

from typing import Any

from django import forms

from shared.codes.forms import CURRENT, form
from tenants.closing import checklist
from tenants.closing.actions import Report
from varde.ui.fields import LongTextField


def _outcomes() -> list[tuple[str, str]]:
    return [(answer.code, answer.label) for answer in form(CURRENT).question(checklist.OUTCOME).answers]


class CloseForm(forms.Form):
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
    own_words = LongTextField(
        label="Den utsattes egne ord om utfallet", required=False, help_text="Slik personen sa det, om dere har spurt."
    )
    learned = LongTextField(label="Hva tar dere med dere videre?", required=False)

    def __init__(self, *args: Any, open_measures: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not open_measures:
            del self.fields["carried_on"]
        sentences = checklist.missing(done="", outcomes=(), open_measures=open_measures, carried_on="")
        for stop in sentences:
            self.fields[stop.field].error_messages["required"] = stop.sentence

    def report(self) -> Report:
        """Of a valid form."""
        names = ("done", "unsolved", "own_words", "learned", "carried_on")
        return Report(**{name: self.cleaned_data.get(name, "") for name in names})
