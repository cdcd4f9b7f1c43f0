"""Forms about two kommuner that become one."""

from typing import Any

from django import forms

from shared.orders.forms import AnswerForm
from varde.ui.fields import LongTextField, TextField


class DeclineForm(AnswerForm):
    """Field `said`: why the kommune says no."""

    said = LongTextField(
        label="Hvorfor sier kommunen nei?",
        max_length=400,
        help_text="Driften og den andre kommunen ser begrunnelsen. Skriv ingenting om personer.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )


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
