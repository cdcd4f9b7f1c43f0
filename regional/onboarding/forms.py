"""What is typed when a kommune is invited."""

import re
from typing import Any

from django import forms

from regional.onboarding.actions import Wanted
from shared.codes.kommuner import Kommune
from varde.ui.fields import TextField
from varde.ui.widgets import DayInput

_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "ä": "a", "ö": "o", "á": "a", "š": "s", "č": "c", "đ": "d"})


def address_of(name: str) -> str:
    """An address that could be made of a name: «Østre Toten» gives «ostre-toten»."""
    plain = name.casefold().translate(_LETTERS)
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40]


class SearchForm(forms.Form):
    """Which kommune?"""

    sok = TextField(label="Kommune, bydel eller nummer", max_length=60, required=False)


class InviteForm(forms.Form):
    """The office that is asked for."""

    number = TextField(label="Nummer", max_length=6, help_text="Fire siffer, seks for en bydel, 9900–9999 til øving.")
    name = TextField(label="Navn", max_length=80)
    slug = TextField(
        label="Adresse", max_length=40, help_text="Første ledd i nettadressen: små bokstaver a–z, tall og bindestrek."
    )
    administrator_name = TextField(label="Navnet på den første administratoren", max_length=120)
    administrator_email = forms.EmailField(
        label="E-posten til den første administratoren",
        help_text="Får en lenke til å logge inn når kontoret er laget. Navn og adresse slettes fra bestillingen da.",
        error_messages={"invalid": "Skriv en e-postadresse, for eksempel kari@kommunen.no."},
    )
    starts_on = forms.DateField(label="Planlagt start", required=False, widget=DayInput)

    fieldsets = (
        ("Kommunen", "", ["number", "name", "slug", "starts_on"]),
        ("Den som gjør resten i kommunen", "", ["administrator_name", "administrator_email"]),
    )

    def wanted(self) -> Wanted:
        """Of a valid form."""
        given: dict[str, Any] = {name: self.cleaned_data[name] for name in Wanted.__slots__}
        return Wanted(**given)


def initial_of(known: Kommune) -> dict[str, str]:
    """What the list knows of a kommune."""
    return {"number": known.number, "name": known.name, "slug": known.slug or address_of(known.name)}
