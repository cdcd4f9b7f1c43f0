"""What is typed of a matter that a service handled itself."""

from datetime import date
from typing import Any

from django import forms

from tenants.outreach import own
from tenants.outreach.own_actions import Handled
from varde.ui.fields import TextField
from varde.ui.widgets import DayInput


class OwnForm(forms.Form):
    """Nobody's name, and no free text but the service's own name."""

    service = TextField(label="Hvilken tjeneste?", max_length=120, help_text="Skriv bare navnet på tjenesten.")
    handled_on = forms.DateField(label="Når ble saken avsluttet i tjenesten?", widget=DayInput)
    kinds = forms.MultipleChoiceField(label="Hva slags overgrep?", widget=forms.CheckboxSelectMultiple)
    outcome = forms.ChoiceField(label="Hvordan gikk det?", choices=own.OUTCOMES, widget=forms.RadioSelect)
    advised = forms.BooleanField(label="Tjenesten fikk råd av TryggEst-teamet", required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["kinds"].choices = own.kinds()  # type: ignore[attr-defined]

    def clean_handled_on(self) -> date:
        """A day that has been."""
        day: date = self.cleaned_data["handled_on"]
        try:
            own.check_day(day, self.today)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error
        return day

    def handled(self) -> Handled:
        """Of a valid form."""
        return Handled(**self.cleaned_data)
