"""What is typed about outreach."""

from datetime import date, timedelta
from typing import Any

from django import forms

from tenants.outreach.actions import Told
from tenants.outreach.models import Activity
from tenants.outreach.queries import FIRST_YEAR
from tenants.outreach.rings import AUDIENCES, KINDS
from varde.identity.choosing import let_choose
from varde.identity.models import User
from varde.ui.fields import LongTextField, TextField
from varde.ui.seen import SeenForm
from varde.ui.widgets import DayInput

_BELOW = {"min_value": "Tallet kan ikke være mindre enn null."}
_PLAIN = ("kind", "title", "held_on", "audience", "reach", "place", "material", "cost", "evaluation")


class ActivityForm(SeenForm):
    """An activity."""

    kind = forms.ChoiceField(label="Hva slags?", choices=[("", "Velg"), *KINDS])
    title = TextField(label="Hva heter det?", help_text="Ikke skriv om saker eller navn på utsatte noe sted her.")
    held_on = forms.DateField(label="Dato", widget=DayInput)
    audience = forms.ChoiceField(label="For hvem?", choices=[("", "Velg"), *AUDIENCES])
    reach = forms.IntegerField(
        label="Hvor mange ble nådd?", required=False, min_value=0, max_value=6_000_000, error_messages=_BELOW
    )
    place = TextField(label="Sted", required=False)
    material = TextField(label="Materiell", required=False, max_length=300, help_text="Brosjyre, film, kort …")
    responsible = forms.ChoiceField(
        label="Ansvarlig", required=False, error_messages={"invalid_choice": "Velg en av dem som er her nå."}
    )
    cost = forms.IntegerField(
        label="Kostnad i kroner", required=False, min_value=0, max_value=100_000_000, error_messages=_BELOW
    )
    evaluation = LongTextField(label="Hvordan gikk det?", required=False, max_length=8000)

    def __init__(self, *args: Any, people: list[User], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.people = let_choose(self, ["responsible"], people, "Ingen valgt")

    def clean_held_on(self) -> date:
        """A day since TryggEst began, at most two years ahead."""
        day: date = self.cleaned_data["held_on"]
        if not date(FIRST_YEAR, 1, 1) <= day <= self.today + timedelta(days=730):
            raise forms.ValidationError("Se over årstallet.")
        return day

    def clean(self) -> dict[str, Any]:
        """Nobody has been reached by what has not been."""
        data = super().clean() or self.cleaned_data
        if data.get("reach") and data.get("held_on") and data["held_on"] > self.today:
            self.add_error("reach", "Aktiviteten har ikke vært ennå. Skriv hvor mange som ble nådd etterpå.")
        return data

    def typed(self) -> Told:
        """Of a valid form."""
        return Told(**{name: self.cleaned_data[name] for name in _PLAIN})

    def chosen(self) -> User | None:
        """Of a valid form."""
        return self.people.get(self.cleaned_data["responsible"])


def initial_of(row: Activity) -> dict[str, Any]:
    """What the form shows of an activity."""
    return {name: getattr(row, name) for name in _PLAIN} | {"responsible": str(row.responsible_id or "")}


class NumbersForm(SeenForm):
    """How many there are to reach."""

    staff = forms.IntegerField(label="Ansatte i kommunen", min_value=1, max_value=200_000)
    inhabitants = forms.IntegerField(label="Innbyggere", min_value=1, max_value=6_000_000)
    started_on = forms.DateField(label="Planen gjelder fra", widget=DayInput)

    def clean_started_on(self) -> date:
        """Since TryggEst began."""
        day: date = self.cleaned_data["started_on"]
        if not date(FIRST_YEAR, 1, 1) <= day <= date(2100, 1, 1):
            raise forms.ValidationError("Se over årstallet.")
        return day
