"""Who carries a matter, and a service's receipt."""

from datetime import date, datetime
from typing import Any

from django import forms

from tenants.triage import carry
from tenants.triage.carry import CARRIERS, Choice
from tenants.triage.carry_models import Carried
from varde.ui.dates import day_of
from varde.ui.fields import LongTextField, TextField, in_form
from varde.ui.gone import words
from varde.ui.seen import SeenForm
from varde.ui.widgets import DayInput


class CarryForm(SeenForm):
    """The choice. A service and what was applied for belong to a matter that is handed over."""

    carrier = forms.ChoiceField(label="Hvem har saken?", choices=CARRIERS, widget=forms.RadioSelect)
    service = TextField(
        label="Hvilken tjeneste?",
        required=False,
        max_length=120,
        help_text="Når en tjeneste har saken, helt eller delvis.",
    )
    applied_for = LongTextField(
        label="Hvilket vedtak er det søkt om?",
        required=False,
        max_length=4000,
        help_text="Må fylles ut når tjenesten overtar.",
    )
    reason = LongTextField(label="Begrunnelse", max_length=4000)

    def clean(self) -> dict[str, Any]:
        """What belongs together is filled in together."""
        data = super().clean() or self.cleaned_data
        for name, sentence in carry.missing(self._choice(data)).items():
            if name not in self.errors:
                self.add_error(name, sentence)
        return data

    def choice(self) -> Choice:
        """Of a valid form."""
        return self._choice(self.cleaned_data)

    @staticmethod
    def _choice(data: dict[str, Any]) -> Choice:
        return Choice(**{name: str(data.get(name) or "") for name in Choice.__dataclass_fields__})


class AcceptForm(forms.Form):
    """Who in the service took it, and when."""

    accepted_by = TextField(label="Hvem i tjenesten tok imot?", max_length=200)
    accepted_on = forms.DateField(label="Når?", widget=DayInput)

    def __init__(self, *args: Any, since: datetime | None, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.since, self.today = day_of(since or now), day_of(now)

    def clean_accepted_on(self) -> date:
        """Not before the matter was handed over, and not in the future."""
        day: date = self.cleaned_data["accepted_on"]
        with in_form():
            carry.check_accepted(day, self.since, self.today)
        return day


def initial_of(row: Carried) -> dict[str, Any]:
    """What the form shows of the choice that counts; each choice has a reason of its own."""
    return {name: words(row, name) for name in ("carrier", "service", "applied_for")}
