"""What is typed in this room."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms

from tenants.reporting import strict
from tenants.reporting.single import Place
from tenants.reporting.single_actions import LONGEST
from tenants.reporting.states import Period
from varde.identity.models import User
from varde.ui.fields import LongTextField, TextField
from varde.ui.seen import SeenForm

_HELP = "Må være anonymt: ingen navn, steder, datoer eller annet som kan kjennes igjen."
ALL = "alle"


class OwnerForm(forms.Form):
    """Who makes the report."""

    user = forms.ModelChoiceField(
        label="Ny rapportansvarlig",
        help_text="Må være en koordinator som ingen sak er skjult for. Ingen utpeker seg selv.",
        queryset=User.objects.none(),
        empty_label="Velg",
    )

    def __init__(self, *args: Any, people: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["user"]
        field.queryset = User.objects.filter(pk__in=[each.pk for each in people]).order_by("name")  # type: ignore[attr-defined]
        field.label_from_instance = lambda user: user.name  # type: ignore[attr-defined]


class PeriodForm(forms.Form):
    """Which period a report is made of."""

    period = forms.ChoiceField(label="Periode")

    def __init__(self, *args: Any, periods: Iterable[Period], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["period"].choices = [(each.value, each.label.capitalize()) for each in periods]  # type: ignore[attr-defined]


class TakeOutForm(forms.Form):
    """Which registrations leave, as what, and why."""

    period = forms.ChoiceField(label="Periode")
    ending = forms.ChoiceField(label="Filtype", choices=[("xlsx", "Regneark (XLSX)"), ("csv", "Tekst (CSV)")])
    reason = TextField(
        label="Hvorfor tas registreringene ut?",
        help_text="Det du skriver, står i innsynsloggen. Skriv ingen navn.",
        max_length=200,
    )

    def __init__(self, *args: Any, periods: Iterable[Period], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(each.value, each.label.capitalize()) for each in periods]
        self.fields["period"].choices = [(ALL, "Alle siden start"), *known]  # type: ignore[attr-defined]


class WordsForm(SeenForm):
    """The words of one registration: a field for each place."""

    def __init__(
        self,
        *args: Any,
        places: Sequence[Place],
        said: Mapping[str, str],
        kinds: Mapping[str, Iterable[str]],
        **kw: Any,
    ) -> None:
        super().__init__(*args, **kw)
        self._names = {f"sted_{at}": place.key for at, place in enumerate(places)}
        for name, place in zip(self._names, places, strict=True):
            found = [f"{kind.label}: {kind.advice}" for kind in map(strict.kind, kinds.get(place.key, ()))]
            held = f" Holdes utenfor til den er skrevet om. {' '.join(found)}" if found else ""
            self.fields[name] = LongTextField(
                label=place.label,
                required=False,
                max_length=LONGEST,
                help_text=f"{_HELP}{held}",
                initial=said.get(place.key, ""),
            )

    def typed(self) -> dict[str, str]:
        """Place -> text. Of a valid form."""
        return {key: str(self.cleaned_data[name]) for name, key in self._names.items()}

    def as_shown(self, said: Mapping[str, str]) -> dict[str, str]:
        """What stands, by the names of the fields."""
        return {name: said.get(key, "") for name, key in self._names.items()}
