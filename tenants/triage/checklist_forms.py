"""The checklist, whether it is about a service, and the call, as they are typed on the page of a decision."""

import uuid
from datetime import datetime
from typing import Any

from django import forms

from shared.codes.checklists import Checklist, Group, acute
from shared.codes.emergency import emergency_numbers
from tenants.triage.checklist import NUMBERS, OTHER_SERVICE, YES_NO, Call, Filled, check_called
from varde.clock import OSLO
from varde.ui.fields import LongTextField, TextField
from varde.ui.widgets import ClockInput, DayInput
from varde.worktime import exact

SHUTS_OUT = (
    "Svarer du ja, stenges alle på tjenesten ute når du lagrer: ansatte, leder og tjenestens plass i teamet. "
    "De ser ikke at bekymringen finnes, og får ikke vite det. Bare en koordinator kan gjøre det."
)


class ChecklistForm(forms.Form):
    """Every field may be left open: what is not known yet must not stop a decision."""

    about_service = forms.ChoiceField(
        label="Gjelder bekymringen en tjeneste, eller noen som arbeider i en?",
        choices=YES_NO,
        required=False,
        widget=forms.RadioSelect,
        help_text=SHUTS_OUT,
    )
    service = forms.ChoiceField(label="Hvilken tjeneste?", required=False)
    other_service = TextField(label="Navnet, når tjenesten ikke står på listen", required=False, max_length=120)
    criteria = forms.MultipleChoiceField(
        label="Behandle som akutt når ett av dette stemmer",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Krysser du av, foreslås «Akutt sak». Du kan velge noe annet, men da skriver du hvorfor.",
    )
    not_acute = LongTextField(label="Hvorfor er det likevel ikke akutt?", required=False, max_length=4000)

    def __init__(self, *args: Any, services: list[str], asked: Checklist | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = asked or acute()
        named = [
            ("", "Velg"),
            *((name, name) for name in services),
            (OTHER_SERVICE, "En tjeneste uten brukere i Varde"),
        ]
        self.fields["service"].choices = named  # type: ignore[attr-defined]
        self.fields["criteria"].choices = [  # type: ignore[attr-defined]
            (each.code, each.label) for each in self.asked.criteria
        ]
        for group in self.asked.groups:
            self._ask(group)

    def _ask(self, group: Group) -> None:
        for each in group.questions:
            self.fields[f"q_{each.code}"] = forms.ChoiceField(
                label=each.label, choices=YES_NO, required=False, widget=forms.RadioSelect
            )
        self.fields[f"note_{group.code}"] = LongTextField(
            label=f"Notat om {group.label.lower()}", required=False, max_length=4000
        )

    @property
    def acute_part(self) -> list[forms.BoundField]:
        """The criteria and why they did not decide."""
        return [self["criteria"], self["not_acute"]]

    @property
    def service_part(self) -> list[forms.BoundField]:
        """Whether it is about a service."""
        return [self["about_service"], self["service"], self["other_service"]]

    @property
    def groups(self) -> list[dict[str, Any]]:
        """The questions, group by group, with whether anything is answered or wrong in it."""
        found = []
        for group in self.asked.groups:
            names = [*(f"q_{each.code}" for each in group.questions), f"note_{group.code}"]
            fields = [self[name] for name in names]
            open_ = any(field.value() or field.errors for field in fields)
            found.append({"label": group.label, "fields": fields, "open": open_})
        return found

    def clean(self) -> dict[str, Any]:
        """A service is named when the answer is ja, and not when it is something else."""
        data = super().clean() or self.cleaned_data
        about, chosen = data.get("about_service"), data.get("service")
        if about == "yes" and not chosen and "service" not in self.errors:
            self.add_error("service", "Velg hvilken tjeneste.")
        if about == "yes" and chosen == OTHER_SERVICE and not data.get("other_service"):
            self.add_error("other_service", "Skriv hvilken tjeneste.")
        if about != "yes" and chosen:
            self.add_error("about_service", "Du har valgt en tjeneste. Velg også ja.")
        return data

    def filled(self) -> Filled:
        """Of a valid form."""
        data = self.cleaned_data
        other = data["service"] == OTHER_SERVICE
        answers = {each.code: data[f"q_{each.code}"] for each in self.asked.questions if data[f"q_{each.code}"]}
        notes = {group.code: data[f"note_{group.code}"] for group in self.asked.groups if data[f"note_{group.code}"]}
        return Filled(
            criteria=tuple(data["criteria"]),
            answers=answers,
            notes=notes,
            not_acute=data["not_acute"],
            about_service=data["about_service"],
            service="" if other else data["service"],
            other_service=data["other_service"] if other else "",
        )


def initial_of(filled: Filled) -> dict[str, Any]:
    """What the form shows of the checklist that counts."""
    plain = {name: getattr(filled, name) for name in ("not_acute", "about_service", "other_service")}
    service = OTHER_SERVICE if filled.other_service else filled.service
    asked = {f"q_{code}": answer for code, answer in filled.answers.items()}
    notes = {f"note_{code}": text for code, text in filled.notes.items()}
    return {"criteria": list(filled.criteria), "service": service} | plain | asked | notes


class CallForm(forms.Form):
    """«Jeg har ringt»: which number, when, who and with what result."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    number = forms.ChoiceField(label="Hvilket nummer?", widget=forms.RadioSelect)
    day = forms.DateField(label="Dato", widget=DayInput)
    hour = forms.TimeField(label="Klokkeslett", widget=ClockInput)
    who = TextField(label="Hvem ringte?", max_length=200)
    outcome = LongTextField(label="Hva ble resultatet?", max_length=4000)

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        named = {each.number: f"{each.display} {each.label.lower()}" for each in emergency_numbers()}
        self.fields["number"].choices = [(number, named[number]) for number in NUMBERS]  # type: ignore[attr-defined]

    @property
    def typed(self) -> bool:
        """Has anybody begun to fill it in? Time and name are there from the start."""
        return any(str(self[name].value() or "").strip() for name in ("number", "outcome"))

    def clean(self) -> dict[str, Any]:
        """Day and hour together as `at`, when they are not in the future."""
        data = super().clean() or self.cleaned_data
        if data.get("day") and data.get("hour") is not None:
            try:
                data["at"] = exact(data["day"], data["hour"])
                check_called(data["at"], self.now)
            except ValueError as error:
                self.add_error("hour", str(error))
        return data

    def call(self) -> Call:
        """Of a valid form."""
        data = self.cleaned_data
        return Call(data["number"], data["at"], data["who"], data["outcome"])

    @property
    def used_key(self) -> uuid.UUID:
        """The same for every time this very form is sent."""
        return self.cleaned_data.get("key") or uuid.uuid4()


class LaterCallForm(CallForm):
    """The same by itself, where what was said may not be known yet."""

    outcome = LongTextField(label="Hva ble sagt?", required=False, max_length=4000)


def fresh_call(now: datetime, name: str) -> dict[str, Any]:
    """What an empty form of a call begins with."""
    here = now.astimezone(OSLO)
    return {"key": uuid.uuid4(), "day": here.date(), "hour": here.time().replace(second=0, microsecond=0), "who": name}
