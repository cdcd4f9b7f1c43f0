"""The form of a place in the team."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError

from tenants.team.services import SERVICES
from varde import clock
from varde.ui.fields import TextField
from varde.ui.widgets import DayInput

_RITE_BEGAN = date(2018, 1, 1)


class PlaceForm(forms.Form):
    """Fields `service`, `since`, `rite_until`, `deputy`."""

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
    deputy = forms.BooleanField(label="Stedfortreder for koordinatoren", required=False)

    def clean_since(self) -> date:
        """Not a day to come."""
        since: date = self.cleaned_data["since"]
        if since > clock.now().astimezone(clock.OSLO).date():
            raise ValidationError("Dagen er ikke kommet ennå.")
        return since

    def clean_rite_until(self) -> date | None:
        """A year typed wrong is caught here."""
        until: date | None = self.cleaned_data["rite_until"]
        if until and not _RITE_BEGAN <= until <= date(2100, 1, 1):
            raise ValidationError("Se over årstallet.")
        return until
