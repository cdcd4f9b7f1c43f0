"""What is chosen among the cases."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms

from shared.codes.categories import categories
from tenants.cases.filters import CARRIED, HELD, NAMES, SHOWN, SORTED, Choice
from tenants.cases.filters_queries import PARTS
from tenants.team.queries import services
from tenants.triage import queries as triage
from varde.identity.choosing import named_with
from varde.ui.filters import DUE, FilterForm
from varde.ui.widgets import DayInput


class ChoiceForm(FilterForm):
    """Which cases, and in which order; by their urgency, date, people, service, and what stands in them."""

    parts = PARTS
    vis = forms.ChoiceField(label="Hvilke saker", choices=SHOWN, required=False)
    kategori = forms.MultipleChoiceField(label="Kategori", required=False, widget=forms.CheckboxSelectMultiple)
    frist = forms.ChoiceField(label="Frist", choices=DUE, required=False)
    eier = forms.ChoiceField(label="Neste steg eies av", required=False)
    medlem = forms.ChoiceField(label="Satt på saken", required=False)
    tjeneste = forms.ChoiceField(label="Tjenesten til en på saken", required=False)
    barer = forms.ChoiceField(label="Hvem har saken", choices=CARRIED, required=False)
    stopp = forms.ChoiceField(label="Stoppet", choices=HELD, required=False)
    fra = forms.DateField(label="Kom fra og med", required=False, widget=DayInput)
    til = forms.DateField(label="Kom til og med", required=False, widget=DayInput)
    sorter = forms.ChoiceField(label="Rekkefølge", choices=SORTED, required=False)

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__(data)
        self.fields["kategori"].choices = [(one.code, one.label) for one in categories()]  # type: ignore[attr-defined]
        people = triage.owners()
        for name in ("eier", "medlem"):
            self.choices(name, named_with(people, data.get(name)))
        self.choices("tjeneste", [(one, one) for one in services()])

    @property
    def choice(self) -> Choice:
        """What could be read."""
        found = self.chosen
        said = {name: found[typed] for name, typed in NAMES.items() if typed in found}
        said |= {name: UUID(said[name]) for name in ("owner", "member") if name in said}
        if "category" in said:
            said["category"] = tuple(said["category"])
        return Choice(**said, more={part.name: found[part.name] for part in self.parts.rows if part.name in found})
