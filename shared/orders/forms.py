"""Forms about orders."""

from typing import Any

from django import forms

from varde.ui.fields import LongTextField, TextField


class AnswerForm(forms.Form):
    """Field `said`: why the order is refused."""

    said = LongTextField(
        label="Hvorfor ikke?",
        max_length=400,
        help_text="Kontoret som bestilte, ser begrunnelsen. Skriv ingenting om personer.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class RegionForm(forms.Form):
    """Fields `name`, `slug`, `administrator_name`, `administrator_email`."""

    name = TextField(label="Regionens navn", max_length=80, help_text="For eksempel Lillehammerregionen.")
    slug = TextField(
        label="Adressen", max_length=40, help_text="Første ledd i nettadressen: små bokstaver a–z, tall og bindestrek."
    )
    administrator_name = TextField(label="Den første administratoren: navn", max_length=120)
    administrator_email = forms.EmailField(
        label="Den første administratoren: e-post",
        max_length=254,
        help_text="Får en engangslenke når regionen er klar.",
    )


class LinkForm(forms.Form):
    """Fields `administrator_name` and `administrator_email`: who shall have the next link."""

    administrator_name = TextField(label="Navnet på den første administratoren", max_length=120)
    administrator_email = forms.EmailField(
        label="E-posten til den første administratoren",
        max_length=254,
        help_text="Den forrige lenken slutter å virke. Navn og adresse slettes fra bestillingen når lenken er sendt.",
        error_messages={"invalid": "Skriv en e-postadresse, for eksempel kari@kommunen.no."},
    )


LEAST = 20


class LeaveForm(forms.Form):
    """Fields `passphrase` and `again`: what the file is locked with. Never stored, never shown again."""

    passphrase = TextField(
        label="Passordfrase til filen",
        max_length=200,
        help_text=f"Minst {LEAST} tegn, for eksempel fem tilfeldige ord. Skriv den på papir og legg den i safen "
        "før du går videre. Uten den kan ingen åpne filen.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = TextField(
        label="Passordfrasen en gang til, fra arket",
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_passphrase(self) -> str:
        """Long enough to stand alone."""
        typed = str(self.cleaned_data["passphrase"]).strip()
        if len(typed) < LEAST:
            raise forms.ValidationError(f"Passordfrasen må ha minst {LEAST} tegn.")
        return typed

    def clean_again(self) -> str:
        """The same as the first."""
        typed = str(self.cleaned_data["again"]).strip()
        if "passphrase" in self.cleaned_data and typed != self.cleaned_data["passphrase"]:
            raise forms.ValidationError("De to er ikke like. Skriv passordfrasen en gang til.")
        return typed


class OpenedForm(forms.Form):
    """Field `code`: what opening the file showed."""

    code = TextField(
        label="Bekreftelseskode",
        max_length=40,
        help_text="Seksten tegn. Programmet viser den når filen er åpnet og alt er på plass.",
    )


class AgreeForm(forms.Form):
    """Field `name`: the kommune's name, typed by the second person."""

    name = TextField(label="Skriv kommunens navn for å bekrefte", max_length=80)

    def __init__(self, *args: Any, office: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._office = office

    def clean_name(self) -> str:
        """Exactly this office."""
        typed = str(self.cleaned_data["name"]).strip()
        if typed.casefold() != self._office.casefold():
            raise forms.ValidationError(f"Skriv «{self._office}».")
        return typed
