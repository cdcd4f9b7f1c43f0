"""The form of a place in the team."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError

from tenants.team.services import SERVICES
from varde import clock
from varde.days import check_been
from varde.ui.dates import day_of
from varde.ui.fields import TextField, in_form
from varde.ui.numbers import check_phone
from varde.ui.seen import SeenForm
from varde.ui.widgets import DayInput

_RITE_BEGAN = date(2018, 1, 1)


class PlaceForm(SeenForm):
    """Fields `service`, `since`, `rite_until`, `phone`, `deputy`."""

    service = TextField(
        label="Tjeneste",
        max_length=120,
        help_text="For eksempel " + ", ".join(service.label.lower() for service in SERVICES[:4]) + ".",
    )
    since = forms.DateField(label="Med siden", widget=DayInput)
    rite_until = forms.DateField(
        label="RITE-sertifisert til",
        required=False,
        widget=DayInput,
        help_text="Sertifiseringen i risikovurdering varer en tid. Vi varsler to måneder før.",
    )
    phone = TextField(
        label="Arbeidstelefon",
        max_length=40,
        required=False,
        help_text="Kollegene ser nummeret her og i beredskapspakken. Ikke et privat nummer.",
    )
    deputy = forms.BooleanField(label="Stedfortreder for koordinatoren", required=False)

    def clean_phone(self) -> str:
        """A number that somebody could ring."""
        with in_form():
            return check_phone(str(self.cleaned_data["phone"]))

    def clean_since(self) -> date:
        """Not a day to come."""
        since: date = self.cleaned_data["since"]
        with in_form():
            check_been(since, day_of(clock.now()))
        return since

    def clean_rite_until(self) -> date | None:
        """A year typed wrong is caught here."""
        until: date | None = self.cleaned_data["rite_until"]
        if until and not _RITE_BEGAN <= until <= date(2100, 1, 1):
            raise ValidationError("Se over årstallet.")
        return until
