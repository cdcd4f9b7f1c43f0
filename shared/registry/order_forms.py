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


class DeclineForm(AnswerForm):
    """Field `said`: why the kommune says no."""

    said = LongTextField(
        label="Hvorfor sier kommunen nei?",
        max_length=400,
        help_text="Driften og den andre kommunen ser begrunnelsen. Skriv ingenting om personer.",
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


LEAST = 20


class LeaveForm(forms.Form):
    """Fields `passphrase` and `again`: what the file is locked with. Never stored, never shown again."""

    passphrase = TextField(
        label="Passordfrase til filen",
        max_length=200,
        help_text=f"Minst {LEAST} tegn, for eksempel fem tilfeldige ord. Skriv den på papir og legg den i kommunens "
        "safe før du går videre. Uten den kan ingen åpne filen.",
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


class MergeForm(forms.Form):
    """Fields `one`, `two` (ids of kommuner), `number`, `name`, `slug` of the new one."""

    one = forms.ChoiceField(
        label="Den første kommunen", help_text="Åpne opplysninger (telefon og lenker) arves herfra."
    )
    two = forms.ChoiceField(label="Den andre kommunen")
    number = TextField(label="Det nye kommunenummeret", max_length=6)
    name = TextField(label="Den nye kommunens navn", max_length=80)
    slug = TextField(
        label="Adressen", max_length=40, help_text="Første ledd i nettadressen: små bokstaver a–z, tall og bindestrek."
    )

    def __init__(self, *args: Any, kommuner: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("one", "two"):
            self.fields[name] = forms.ChoiceField(
                label=self.fields[name].label, help_text=self.fields[name].help_text,
                choices=[("", "Velg kommune"), *kommuner],
            )  # fmt: skip
