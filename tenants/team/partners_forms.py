"""What is typed about a partner, and about contact with one."""

from datetime import date, datetime
from typing import Any

from django import forms

from tenants.team.partners import KINDS, SECRECIES, WAYS
from tenants.team.partners_actions import Contact, Entry, stamp
from tenants.team.partners_models import Partner
from varde.days import check_been
from varde.ui.dates import day_of
from varde.ui.fields import LongTextField, TextField, in_form
from varde.ui.numbers import check_phone
from varde.ui.seen import SeenForm
from varde.ui.widgets import DayInput

NO_CASES = "Skriv ingenting om saker eller personer i saker her. Det skrives i saken."


class PartnerForm(SeenForm):
    """A partner as the directory shows it."""

    kind = forms.ChoiceField(label="Hva slags samarbeidspart?", choices=[("", "Velg"), *KINDS])
    name = TextField(label="Navn på tjenesten", max_length=200)
    phone = TextField(label="Telefon", max_length=40, required=False)
    email = forms.EmailField(
        label="E-post",
        required=False,
        max_length=254,
        error_messages={
            "invalid": "E-postadressen ser ikke riktig ut. Den må ha @ og et navn etter, som post@etat.no."
        },
    )
    address = TextField(label="Adresse", max_length=300, required=False)
    hours = TextField(label="Åpningstid", max_length=200, required=False)
    contact_person = TextField(label="Kontaktperson", max_length=200, required=False)
    secrecy = forms.ChoiceField(
        label="Hvilken taushetsplikt binder dem?",
        choices=[("", "Velg"), *SECRECIES],
        help_text="Vises når noe sendes dit.",
    )
    notes = LongTextField(label="Avtaler og annet å vite", max_length=4000, required=False, help_text=NO_CASES)

    def clean_phone(self) -> str:
        """Something that can be rung."""
        with in_form():
            return check_phone(str(self.cleaned_data["phone"]), emergency=True)

    def entry(self) -> Entry:
        """Of a valid form."""
        return Entry(**{name: value for name, value in self.cleaned_data.items() if name != "seen"})


def initial_of(partner: Partner) -> dict[str, Any]:
    """What the form shows of a partner."""
    names = ("kind", "name", "phone", "email", "address", "hours", "contact_person", "secrecy", "notes")
    return {name: getattr(partner, name) for name in names} | {"seen": stamp(partner)}


class ContactForm(forms.Form):
    """Contact that was, in general."""

    held_on = forms.DateField(label="Dag", widget=DayInput)
    way = forms.ChoiceField(label="Hvordan?", choices=WAYS)
    reached = forms.ChoiceField(
        label="Fikk dere tak i dem?", choices=[("yes", "Ja"), ("no", "Nei")], widget=forms.RadioSelect
    )
    text = LongTextField(label="Hva ble sagt eller avtalt?", max_length=4000, help_text=NO_CASES)

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        self.today = day_of(now)
        kwargs.setdefault("initial", {"held_on": self.today, "way": "phone"})
        super().__init__(*args, **kwargs)

    def clean_held_on(self) -> date:
        """Not a day to come."""
        day: date = self.cleaned_data["held_on"]
        with in_form():
            check_been(day, self.today)
        return day

    def contact(self) -> Contact:
        """Of a valid form."""
        data = self.cleaned_data
        return Contact(data["held_on"], data["way"], data["reached"] == "yes", data["text"])
