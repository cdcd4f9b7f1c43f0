"""What is chosen among the cases, and the name it is kept under."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms

from shared.codes.categories import categories
from tenants.cases.filters import DUE, NAMES, SHOWN, SORTED, Choice
from varde.identity.models import User
from varde.ui.fields import TextField
from varde.ui.widgets import DayInput


class ChoiceForm(forms.Form):
    """Read from the address. What is wrong there is said, and chooses nothing."""

    vis = forms.ChoiceField(label="Hvilke saker", choices=SHOWN, required=False)
    kategori = forms.MultipleChoiceField(label="Kategori", required=False, widget=forms.CheckboxSelectMultiple)
    frist = forms.ChoiceField(label="Frist", choices=DUE, required=False)
    eier = forms.ChoiceField(label="Neste steg eies av", required=False)
    fra = forms.DateField(label="Kom fra og med", required=False, widget=DayInput)
    til = forms.DateField(label="Kom til og med", required=False, widget=DayInput)
    sorter = forms.ChoiceField(label="Rekkefølge", choices=SORTED, required=False)

    def __init__(self, data: Any, *, people: list[User]) -> None:
        super().__init__(data)
        self.fields["kategori"].choices = [(one.code, one.label) for one in categories()]  # type: ignore[attr-defined]
        owners = [("", "Alle"), *((str(person.id), person.name) for person in people)]
        self.fields["eier"].choices = owners  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Days in their order."""
        data = super().clean() or self.cleaned_data
        if data.get("fra") and data.get("til") and data["til"] < data["fra"]:
            self.add_error("til", "Siste dag kommer før første dag. Velg en senere dag.")
        return data

    @property
    def choice(self) -> Choice:
        """What could be read."""
        self.is_valid()
        data: Mapping[str, Any] = self.cleaned_data
        said = {name: data[typed] for name, typed in NAMES.items() if data.get(typed)}
        if "owner" in said:
            said["owner"] = UUID(said["owner"])
        return Choice(**said | ({"category": tuple(said["category"])} if "category" in said else {}))


class NameForm(forms.Form):
    """The name of a kept choice."""

    navn = TextField(label="Navn på utvalget", max_length=60)
