"""What is typed about a measure."""

from datetime import date, datetime
from typing import Any

from django import forms

from shared.codes import legal
from tenants.measures.actions import Plan
from tenants.measures.models import Measure
from tenants.measures.queries import as_seen
from tenants.measures.states import KINDS, MOVES, STATES, check_effect
from varde.days import check_to_come
from varde.identity.choosing import let_choose
from varde.identity.models import User
from varde.ui.dates import day_of
from varde.ui.fields import LongTextField, TextField, in_form
from varde.ui.gone import words
from varde.ui.refusals import refusal_on
from varde.ui.seen import SeenForm
from varde.ui.widgets import DayInput

type Choices = list[tuple[str, str]]

_GROUNDS = [("measure", "Tiltaket"), ("ground", "Å dele opplysninger"), ("duty", "Plikter")]


def _grounds() -> list[tuple[str, str | Choices]]:
    """Those of measures first; a section that is both a ground and a duty stands under each."""
    groups: dict[str, Choices] = {}
    for each in legal.references():
        said = f"{each.label} ({each.citation})" if each.act else each.label
        groups.setdefault(each.kind, []).append((each.code, said))
    return [("", "Ikke valgt"), *((title, groups[kind]) for kind, title in _GROUNDS)]


class PlanForm(forms.Form):
    """A measure as it is planned."""

    kind = forms.ChoiceField(label="Hva slags tiltak?", choices=KINDS, widget=forms.RadioSelect)
    title = LongTextField(label="Hva skal gjøres?", max_length=2000)
    service = TextField(label="Hvilken tjeneste?", max_length=120, required=False)
    owner = forms.ChoiceField(
        label="Hvem har ansvar?", error_messages={"invalid_choice": "Velg en som har tilgang til saken."}
    )
    due_on = forms.DateField(label="Når skal det være gjort?", widget=DayInput)
    legal_ground = forms.ChoiceField(label="Hjemmel", required=False, choices=_grounds)

    def __init__(self, *args: Any, owners: list[User], now: datetime, kept: date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now, self.kept = now, kept
        self.people = let_choose(self, ["owner"], owners)

    def clean_due_on(self) -> date:
        """Not past; a date that the measure already has may stay."""
        day: date = self.cleaned_data["due_on"]
        if day != self.kept:
            with in_form():
                check_to_come(day, day_of(self.now))
        return day

    def plan(self) -> Plan:
        """Of a valid form."""
        data = self.cleaned_data
        names = ("kind", "title", "due_on", "service", "legal_ground")
        return Plan(owner=self.people[data["owner"]], **{name: data[name] for name in names})


class ChangeForm(SeenForm, PlanForm):
    """The plan of a measure as it was seen, changed."""


def initial_of(measure: Measure) -> dict[str, Any]:
    """What the form shows of a measure."""
    plain = {name: getattr(measure, name) for name in ("kind", "due_on", "legal_ground")}
    told = {name: words(measure, name) for name in ("title", "service")}
    return {"owner": str(measure.owner_id), "seen": as_seen(measure)} | plain | told


class MoveForm(forms.Form):
    """Where the measure is now; ended measures say what came of them."""

    to = forms.ChoiceField(label="Hvor langt er tiltaket kommet?", widget=forms.RadioSelect)
    effect = LongTextField(
        label="Hva førte det til?", required=False, max_length=8000, help_text="Må fylles ut når tiltaket avsluttes."
    )

    def __init__(self, *args: Any, status: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(code, label) for code, label in STATES if code in MOVES[status]]
        self.fields["to"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The effect is asked for where it belongs."""
        data = super().clean() or self.cleaned_data
        with refusal_on(self, "effect"):
            check_effect(data.get("to", "running"), data.get("effect", ""))
        return data
