"""What is typed when deciding, keeping the next step, and setting deadlines."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString

from shared.codes.categories import categories
from tenants.triage import urgency
from tenants.triage.actions import NewStep
from tenants.triage.states import GOES_ON, OUTCOMES
from tenants.triage.urgency import Rule, Runs
from varde.clock import OSLO
from varde.days import check_to_come
from varde.identity.choosing import let_choose
from varde.identity.models import User
from varde.ui import dates
from varde.ui.dates import day_of
from varde.ui.fields import LongTextField, in_form
from varde.ui.seen import SeenForm
from varde.ui.widgets import ClockInput, DayInput

OUTCOME_HELP = {
    "case": "Det blir en sak i TryggEst, og du kommer rett til den.",
    "more_info": "Bekymringen blir i innboksen til dere vet mer.",
    "advice": "Bekymringen avsluttes med begrunnelsen din.",
    "not_ours": "Bekymringen avsluttes med begrunnelsen din.",
}


class DueForm(forms.Form):
    """Whose the next step is, and by when."""

    owner = forms.ChoiceField(
        label="Hvem gjør det?", error_messages={"invalid_choice": "Velg en som er med i teamet nå."}
    )
    due_day = forms.DateField(label="Frist, dato", widget=DayInput)
    due_hour = forms.TimeField(
        label="Frist, klokkeslett", required=False, widget=ClockInput, help_text="Uten klokkeslett: kl. 15.00."
    )

    def __init__(self, *args: Any, owners: list[User], now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        self.people = let_choose(self, ["owner"], owners)

    def clean_due_day(self) -> Any:
        """The day, when it is not over."""
        day = self.cleaned_data["due_day"]
        if day is not None:
            with in_form():
                check_to_come(day, day_of(self.now))
        return day

    def clean(self) -> dict[str, Any]:
        """Day and hour together as `due_at`, when it is not past."""
        data = super().clean() or self.cleaned_data
        if data.get("due_day") and "due_hour" in data:
            try:
                data["due_at"] = urgency.due_moment(data["due_day"], data["due_hour"], self.now)
            except ValueError as error:
                self.add_error("due_hour", str(error))
        return data

    @property
    def chosen(self) -> User:
        """The owner; of a valid form."""
        return self.people[self.cleaned_data["owner"]]


class StepForm(DueForm):
    """The step that comes next."""

    text = LongTextField(label="Hva er neste steg?", max_length=2000)
    field_order = ["text", "owner", "due_day", "due_hour"]

    def step(self) -> NewStep:
        """Of a valid form."""
        return NewStep(self.cleaned_data["text"], self.chosen, self.cleaned_data["due_at"])


class ThenForm(SeenForm, StepForm):
    """What came of the step that was seen, and the one that comes after it."""

    came_of = LongTextField(
        label="Hva kom ut av det?", max_length=4000, help_text="Skriv det også når det ikke ble noe av, og hvorfor."
    )
    field_order = ["came_of", "text", "owner", "due_day", "due_hour"]
    fieldsets = [
        ("Det som er gjort", "", ["came_of"]),
        ("Det neste", "", ["text", "owner", "due_day", "due_hour"]),
    ]


class ChangeForm(SeenForm, DueForm):
    """Another owner or another date for the step as it was seen."""


def category_choices(rules: list[Rule], runs: Runs, now: datetime) -> list[tuple[str, SafeString]]:
    """Each category as its word in colour, its sentence and the deadline it would give this matter."""
    found = []
    for each in categories():
        due = urgency.deadline(each.code, rules, received_at=runs.start(each.code, now), now=now)
        mark = format_html('<span class="ds-tag" data-color="{}">{}</span>', each.colour, each.label)
        found.append((each.code, format_html("{} {} Frist {}.", mark, each.sentence, dates.date_and_time(due))))
    return found


class DecideForm(SeenForm, StepForm):
    """The decision on a concern. The step is asked for only when the matter goes on."""

    says_when = dict.fromkeys(("text", "owner"), "Må fylles ut når saken går videre")

    category = forms.ChoiceField(label="Hvor mye haster det?", widget=forms.RadioSelect)
    outcome = forms.ChoiceField(
        label="Hva gjør vi?",
        widget=forms.RadioSelect,
        choices=[(code, f"{label}. {OUTCOME_HELP[code]}") for code, label in OUTCOMES],
    )
    reason = LongTextField(
        label="Begrunnelse",
        help_text="Hva bygger dere vurderingen på? Teksten kan ikke endres etterpå.",
        max_length=8000,
    )
    fieldsets = [
        ("Vurdering", "", ["category", "outcome", "reason"]),
        (
            "Neste steg",
            "Saken går videre når dere oppretter sak eller henter inn mer. Uten dato gjelder fristen for kategorien.",
            ["text", "owner", "due_day", "due_hour"],
        ),
    ]

    def __init__(self, *args: Any, rules: list[Rule], runs: Runs, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rules, self.runs = rules, runs
        self.fields["category"].choices = category_choices(rules, runs, self.now)  # type: ignore[attr-defined]
        for name in ("text", "owner", "due_day"):
            self.fields[name].required = False

    def clean(self) -> dict[str, Any]:
        """The step must be whole when the matter goes on; a missing date is the category's deadline."""
        data = super().clean()
        if data.get("outcome") in GOES_ON:
            if not data.get("text") and "text" not in self.errors:
                self.add_error("text", "Skriv hva som er neste steg.")
            if not data.get("owner") and "owner" not in self.errors:
                self.add_error("owner", "Velg hvem som gjør det.")
            self._default_due(data)
        return data

    def _default_due(self, data: dict[str, Any]) -> None:
        if data.get("due_day") or "due_day" in self.errors or "category" not in data:
            return
        if data.get("due_hour") is not None:
            self.add_error("due_day", "Velg også dato når du har valgt klokkeslett.")
            return
        code = data["category"]
        due = urgency.deadline(code, self.rules, received_at=self.runs.start(code, self.now), now=self.now)
        if due < self.now:
            text = (
                f"Fristen for kategorien ({dates.date_and_time(due)}) er passert. Velg når neste steg skal være gjort."
            )
            self.add_error("due_day", text)
        data["due_at"] = due

    def decision(self) -> dict[str, Any]:
        """The arguments of `actions.decide`; of a valid form."""
        data = self.cleaned_data
        step = self.step() if data["outcome"] in GOES_ON else None
        return {name: data[name] for name in ("category", "outcome", "reason")} | {"step": step}


def due_parts(due_at: datetime) -> dict[str, Any]:
    """A time as the initial values of the two fields."""
    local = due_at.astimezone(OSLO)
    return {"due_day": local.date(), "due_hour": time(local.hour, local.minute)}
