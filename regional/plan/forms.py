"""What is typed about a plan, its goals and its measures."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, cast
from uuid import UUID

from django import forms

from regional.plan.models import Goal, Measure, Plan
from regional.plan.states import ORIGINS, STATUSES
from regional.plan.told import GoalTold, MeasureTold, Owner, PlanTold, ProgressTold
from varde.tenancy.door import OfficeRef
from varde.ui.dates import day_of
from varde.ui.fields import LongTextField, TextField
from varde.ui.seen import SeenForm
from varde.ui.widgets import DayInput

_NO_CASES = "Om felles arbeid. Skriv ingenting om enkeltpersoner eller saker."
_FIRST_YEAR, _LAST_YEAR = 2018, 2100


class PlanForm(SeenForm):
    """Name and period; a new plan also says what it carries on."""

    title = TextField(label="Navn på planen", initial="Interkommunal handlingsplan for TryggEst")
    first_year = forms.IntegerField(label="Fra og med år", min_value=_FIRST_YEAR, max_value=_LAST_YEAR)
    last_year = forms.IntegerField(label="Til og med år", min_value=_FIRST_YEAR, max_value=_LAST_YEAR)
    about = LongTextField(label="Innledning", required=False, max_length=4_000, help_text=_NO_CASES)

    def typed(self) -> PlanTold:
        """Of a valid form. Raises ValueError with a sentence."""
        return PlanTold(**{name: self.cleaned_data[name] for name in ("title", "first_year", "last_year", "about")})


class NewPlanForm(PlanForm):
    """A new plan: from nothing, or from an earlier one."""

    carry = forms.ChoiceField(
        label="Hva skal den bygge på?",
        required=False,
        help_text="Mål og tiltak som ikke er gjort eller stanset, kopieres inn. Den gamle planen står som den er.",
        error_messages={"invalid_choice": "Velg en av planene."},
    )

    def __init__(self, *args: Any, earlier: Sequence[Plan], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.earlier = {str(one.id): one for one in earlier}
        choices = [("", "En tom plan")]
        choices += [(key, f"{one.title} {one.period}, versjon {one.version}") for key, one in self.earlier.items()]
        cast(forms.ChoiceField, self.fields["carry"]).choices = choices
        if not earlier:
            del self.fields["carry"]

    def carried(self) -> Plan | None:
        """The earlier plan that was chosen."""
        return self.earlier.get(self.cleaned_data.get("carry", ""))


class GoalForm(SeenForm):
    """A goal."""

    title = TextField(label="Mål", help_text="Det dere vil oppnå sammen, i én setning.")
    about = LongTextField(label="Mer om målet", required=False, max_length=4_000, help_text=_NO_CASES)

    def typed(self) -> GoalTold:
        """Of a valid form. Raises ValueError with a sentence."""
        return GoalTold(title=self.cleaned_data["title"], about=self.cleaned_data["about"])


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who can be given a measure; `user` None for one without an account here."""

    key: str
    name: str
    user: UUID | None


class Owners:
    """Who can be chosen to see to something: kommuner, people of the region's office, or a body by its name."""

    BODY = "organ"

    def __init__(self, kommuner: Iterable[OfficeRef], people: Iterable[Person]) -> None:
        self.kommuner = {f"k:{one.id}": one for one in kommuner}
        self.people = {f"p:{one.key}": one for one in people}

    def choices(self, empty: str) -> list[Any]:
        """For a drop-down, with `empty` first."""
        return [
            ("", empty),
            ("Kommuner", [(key, one.name) for key, one in self.kommuner.items()]),
            ("Personer", [(key, one.name) for key, one in self.people.items()]),
            ("Andre", [(self.BODY, "En virksomhet eller et organ (skriv navnet under)")]),
        ]

    def owner(self, key: str, body: str) -> Owner | None:
        """The one that was chosen; None for nobody. Raises ValueError for a body without a name."""
        if key in self.kommuner:
            ref = self.kommuner[key]
            return Owner(kind="kommune", name=ref.name, kommune=ref.id)
        if key in self.people:
            person = self.people[key]
            return Owner(kind="member", name=person.name, user=person.user)
        return Owner(kind="body", name=body) if key == self.BODY else None

    def key_of(self, measure: Measure) -> str:
        """The choice that says who a measure's owner is; a person or kommune that is no longer here is a name."""
        if measure.owner_kind == "kommune" and f"k:{measure.owner_kommune}" in self.kommuner:
            return f"k:{measure.owner_kommune}"
        known = (
            key for key, one in self.people.items() if (one.user, one.name) == (measure.owner_user, measure.owner_name)
        )
        return next(known, self.BODY) if measure.owner_kind == "member" else self.BODY


class OwnerForm(SeenForm):
    """A form that asks who sees to something."""

    owners: Owners
    says_when: ClassVar[dict[str, str]] = {"body": "Må fylles ut for en virksomhet"}

    def _ask(self, owners: Owners, empty: str) -> None:
        self.owners = owners
        cast(forms.ChoiceField, self.fields["owner"]).choices = owners.choices(empty)

    def _check_owner(self, data: dict[str, Any]) -> None:
        try:
            self.owners.owner(data.get("owner", ""), data.get("body", ""))
        except ValueError as error:
            self.add_error("body", str(error))

    def chosen(self) -> Owner | None:
        """Of a valid form."""
        return self.owners.owner(self.cleaned_data.get("owner", ""), self.cleaned_data.get("body", ""))


class MeasureForm(OwnerForm):
    """A measure under a goal."""

    goal = forms.ChoiceField(label="Under hvilket mål?", error_messages={"invalid_choice": "Velg et av målene."})
    what = TextField(label="Tiltak", max_length=300, help_text="Hva som skal gjøres.")
    kommuner = forms.MultipleChoiceField(
        label="Hvem gjelder det for?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Velg ingen når tiltaket er felles for alle.",
        error_messages={"invalid_choice": "Velg blant kommunene i samarbeidet."},
    )
    owner = forms.ChoiceField(
        label="Hvem har ansvaret?",
        error_messages={"required": "Velg hvem som har ansvaret.", "invalid_choice": "Velg en i listen."},
    )
    body = TextField(label="Navn på virksomheten eller organet", required=False)
    due_on = forms.DateField(label="Frist", widget=DayInput)
    effect = LongTextField(label="Ønsket virkning", required=False, max_length=2_000, help_text="Hva som er annerledes når det er gjort.")  # fmt: skip # noqa: E501
    cost = forms.IntegerField(label="Kostnad i kroner", required=False, min_value=0, max_value=2_000_000_000)
    origin_kind = forms.ChoiceField(
        label="Hvor kommer det fra?", required=False, choices=[("", "Ikke oppgitt"), *ORIGINS]
    )
    origin = TextField(label="Hvilket vedtak eller hvilken sak", required=False, help_text="For eksempel: Lederteamet 12.01.2026, sak 4.")  # fmt: skip # noqa: E501

    def __init__(
        self,
        *args: Any,
        goals: Collection[Goal],
        owners: Owners,
        names: dict[UUID, str],
        kept: Measure | None = None,
        **kw: Any,
    ) -> None:
        super().__init__(*args, **kw)
        self.goals = {str(goal.id): goal for goal in goals}
        choices = [(key, f"{goal.number}. {goal.title}") for key, goal in self.goals.items()]
        cast(forms.ChoiceField, self.fields["goal"]).choices = choices
        self._ask(owners, "Velg")
        offered = [(str(one.id), one.name) for one in owners.kommuner.values()]
        # One that has left the cooperation stays where it was chosen, until somebody takes it away.
        gone = [key for key in (kept.kommuner if kept else []) if key not in dict(offered)]
        offered += [(key, f"{names.get(UUID(key), '?')} (ikke med lenger)") for key in gone]
        cast(forms.MultipleChoiceField, self.fields["kommuner"]).choices = offered

    def clean(self) -> dict[str, Any]:
        """A body has a name."""
        data = super().clean() or self.cleaned_data
        self._check_owner(data)
        return data

    def goal_chosen(self) -> Goal:
        """Of a valid form."""
        return self.goals[self.cleaned_data["goal"]]

    def typed(self) -> MeasureTold:
        """Of a valid form. Raises ValueError with a sentence."""
        data = self.cleaned_data
        plain = {name: data[name] for name in ("what", "effect", "due_on", "cost", "origin_kind", "origin")}
        owner = self.chosen()
        if owner is None:
            raise ValueError("Velg hvem som har ansvaret.")
        return MeasureTold(owner=owner, kommuner=tuple(UUID(one) for one in data["kommuner"]), **plain)


class ProgressForm(OwnerForm):
    """What is new about a measure."""

    says_when: ClassVar[dict[str, str]] = OwnerForm.says_when | {"reason": "Må fylles ut når tiltaket stanses"}
    text = LongTextField(label="Hva er gjort?", required=False, max_length=4_000, help_text=_NO_CASES)
    status = forms.ChoiceField(label="Status", required=False, choices=[("", "Som før"), *STATUSES])
    reason = LongTextField(label="Hvorfor stanses det?", required=False, max_length=1_000)
    due_on = forms.DateField(label="Ny frist", required=False, widget=DayInput)
    owner = forms.ChoiceField(
        label="Ny ansvarlig", required=False, error_messages={"invalid_choice": "Velg en i listen."}
    )
    body = TextField(label="Navn på virksomheten eller organet", required=False)

    def __init__(self, *args: Any, owners: Owners, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self._ask(owners, "Som før")

    def clean(self) -> dict[str, Any]:
        """Whoever stops a measure says why; a body has a name."""
        data = super().clean() or self.cleaned_data
        self._check_owner(data)
        if data.get("status") == "stopped" and not data.get("reason") and "reason" not in self.errors:
            self.add_error("reason", "Skriv hvorfor tiltaket stanses.")
        return data

    def typed(self) -> ProgressTold:
        """Of a valid form. Raises ValueError with a sentence."""
        data = self.cleaned_data
        plain = {name: data[name] for name in ("status", "reason", "text", "due_on")}
        return ProgressTold(owner=self.chosen(), **plain)


class EvidenceForm(forms.Form):
    """What shows that a measure had an effect; the file is read by the view."""

    evidence = LongTextField(label="Hva viser at tiltaket virket?", max_length=4_000, help_text=_NO_CASES)


class AdoptForm(SeenForm):
    """The decision."""

    decision = TextField(label="Hvilket vedtak?", help_text="For eksempel: Lederteamet, sak 4/2026.")
    decided_on = forms.DateField(label="Når ble det vedtatt?", widget=DayInput)

    def __init__(self, *args: Any, today: date, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self._today = today

    def clean_decided_on(self) -> date:
        """Not a day to come."""
        chosen: date = self.cleaned_data["decided_on"]
        if day_of(chosen) > self._today:
            raise forms.ValidationError("Et vedtak kan ikke være tatt på en dag som ikke er kommet.")
        return chosen
