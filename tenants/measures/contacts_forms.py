"""Contact about a case, as it is typed."""

from datetime import date, datetime
from typing import Any

from django import forms

from tenants.measures.contacts_actions import Contact
from tenants.team.partners import WAYS, check_day
from tenants.team.partners_models import Partner
from varde.clock import OSLO
from varde.ui.fields import LongTextField, TextField
from varde.ui.widgets import DayInput


class CaseContactForm(forms.Form):
    """Whom, when, how, and what was said."""

    partner = forms.ChoiceField(label="Hvilken samarbeidspart?", required=False)
    who = TextField(label="Hvem snakket dere med?", max_length=200, required=False)
    held_on = forms.DateField(label="Dag", widget=DayInput)
    way = forms.ChoiceField(label="Hvordan?", choices=WAYS)
    reached = forms.ChoiceField(
        label="Fikk dere tak i dem?", choices=[("yes", "Ja"), ("no", "Nei")], widget=forms.RadioSelect
    )
    text = LongTextField(label="Hva ble sagt eller avtalt?", max_length=8000)

    def __init__(self, *args: Any, partners: list[Partner], now: datetime, **kwargs: Any) -> None:
        self.today = now.astimezone(OSLO).date()
        kwargs.setdefault("initial", {"held_on": self.today, "way": "phone"})
        super().__init__(*args, **kwargs)
        self.partners = {str(row.id): row for row in partners}
        choices = [("", "Ingen av dem"), *((key, row.name) for key, row in self.partners.items())]
        self.fields["partner"].choices = choices  # type: ignore[attr-defined]

    def clean_held_on(self) -> date:
        """Not a day to come."""
        day: date = self.cleaned_data["held_on"]
        try:
            check_day(day, self.today)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error
        return day

    def clean(self) -> dict[str, Any]:
        """Somebody must be named, one way or the other."""
        data = super().clean() or self.cleaned_data
        if not data.get("partner") and not data.get("who") and "who" not in self.errors:
            self.add_error("who", "Velg en samarbeidspart, eller skriv hvem dere snakket med.")
        return data

    def contact(self) -> Contact:
        """Of a valid form."""
        data = self.cleaned_data
        partner = self.partners.get(data["partner"])
        return Contact(partner, data["who"], data["held_on"], data["way"], data["reached"] == "yes", data["text"])
