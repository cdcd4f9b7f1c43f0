"""Stopping a matter, and setting it going again."""

from datetime import date, datetime
from typing import Any

from django import forms

from varde.days import check_to_come
from varde.ui.dates import day_of
from varde.ui.fields import LongTextField, in_form
from varde.ui.widgets import DayInput


class StopForm(forms.Form):
    """Why it stands still, and when somebody looks at it."""

    reason = LongTextField(label="Hvorfor stoppes saken?", max_length=4000)
    look_at = forms.DateField(label="Når skal dere se på den igjen?", widget=DayInput)

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now

    def clean_look_at(self) -> date:
        """Not past, and not more than two years off."""
        day: date = self.cleaned_data["look_at"]
        with in_form():
            check_to_come(day, day_of(self.now))
        return day


class GoOnForm(forms.Form):
    """Why it goes on."""

    reason = LongTextField(label="Hvorfor settes saken i gang igjen?", max_length=4000)
