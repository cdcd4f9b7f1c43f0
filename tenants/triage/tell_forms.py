"""That it was told, and to whom; and giving it to somebody else."""

from datetime import date, datetime
from typing import Any

from django import forms

from varde.days import check_been, check_to_come
from varde.identity.choosing import let_choose
from varde.identity.models import User
from varde.ui.dates import day_of
from varde.ui.fields import TextField, in_form
from varde.ui.seen import SeenForm
from varde.ui.widgets import DayInput

NOT_HERE = {"invalid_choice": "Velg en som er med i teamet nå."}


class ToldForm(forms.Form):
    """When it was told, and to whom."""

    told_on = forms.DateField(label="Når ble det meldt?", widget=DayInput)
    told_to = TextField(label="Hvem fikk meldingen?", max_length=200)

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = day_of(now)

    def clean_told_on(self) -> date:
        """Not in the future."""
        day: date = self.cleaned_data["told_on"]
        with in_form():
            check_been(day, self.today)
        return day


class OtherHandsForm(SeenForm):
    """Who tells, and by when, from now on."""

    owner = forms.ChoiceField(label="Hvem melder fra?", error_messages=NOT_HERE)
    due_on = forms.DateField(label="Innen når?", widget=DayInput)

    def __init__(self, *args: Any, owners: list[User], now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = day_of(now)
        self.people = let_choose(self, ["owner"], owners)

    def clean_due_on(self) -> date:
        """Not past, and not more than two years off."""
        day: date = self.cleaned_data["due_on"]
        with in_form():
            check_to_come(day, self.today)
        return day

    @property
    def chosen(self) -> User:
        """The owner; of a valid form."""
        return self.people[self.cleaned_data["owner"]]
