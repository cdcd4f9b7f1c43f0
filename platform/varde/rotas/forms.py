"""What is typed about opening hours and the rota."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import forms

from varde.days import check_to_come
from varde.identity.choosing import let_choose
from varde.identity.models import User
from varde.rotas import rules
from varde.rotas.models import PLACES, WEEKDAYS
from varde.ui.dates import day_of
from varde.ui.refusals import refusal_on
from varde.ui.seen import SeenForm
from varde.ui.widgets import ClockInput, DayInput
from varde.worktime import Week

ONE_WHO = "er med i teamet nå"


class RotaForm(forms.Form):
    """Knows who may have the phone and what time it is."""

    def __init__(self, *args: Any, people: list[User], now: datetime, one_who: str = ONE_WHO, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        whom = {"user", "instead"} & self.fields.keys()
        for name in whom:
            self.fields[name].error_messages["invalid_choice"] = f"Velg en som {one_who}."
        self.people = let_choose(self, whom, people)

    def data_of(self) -> dict[str, Any]:
        """The arguments of the action; of a valid form."""
        return self.cleaned_data

    def person(self, name: str) -> User:
        """Who was chosen; of a valid form."""
        return self.people[self.cleaned_data[name]]

    def check(self, field: str | None, rule: Callable[[], Any]) -> Any:
        """What a rule answers; its refusal becomes the error of a field."""
        with refusal_on(self, field):
            return rule()
        return None


class WeeklyForm(RotaForm):
    """A shift of every week."""

    user = forms.ChoiceField(label="Hvem?")
    place = forms.TypedChoiceField(label="Rekkefølge", choices=PLACES, coerce=int, widget=forms.RadioSelect)
    weekdays = forms.TypedMultipleChoiceField(
        label="Ukedager", choices=list(enumerate(WEEKDAYS)), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    starts = forms.TimeField(label="Fra", widget=ClockInput)
    ends = forms.TimeField(
        label="Til", widget=ClockInput, help_text="Samme eller tidligere klokkeslett: vakten slutter neste dag."
    )
    valid_from = forms.DateField(label="Fra og med", widget=DayInput)

    def clean_valid_from(self) -> Any:
        """Not a day that is over."""
        day = self.cleaned_data["valid_from"]
        self.check("valid_from", lambda: check_to_come(day, day_of(self.now)))
        return day

    def data_of(self) -> dict[str, Any]:
        """The arguments of the action; of a valid form."""
        return self.cleaned_data | {"user": self.person("user")}


class TimesForm(RotaForm):
    """A day, from and until; as `starts_at` and `ends_at` of a valid form."""

    day = forms.DateField(label="Dag", widget=DayInput)
    starts = forms.TimeField(label="Fra", widget=ClockInput)
    ends = forms.TimeField(
        label="Til", widget=ClockInput, help_text="Samme eller tidligere klokkeslett: til neste dag."
    )

    def clean(self) -> dict[str, Any]:
        """A time that the clock skips, and what is over, is refused."""
        data = super().clean() or self.cleaned_data
        if {"day", "starts", "ends"} <= data.keys():
            self.check("day", lambda: check_to_come(data["day"], day_of(self.now)))
        if {"day", "starts", "ends"} <= data.keys() and "day" not in self.errors:
            found = self.check("starts", lambda: rules.stretch(data["day"], data["starts"], data["ends"], self.now))
            data["starts_at"], data["ends_at"] = found or (None, None)
        return data

    def times(self) -> dict[str, Any]:
        """The two times."""
        return {name: self.cleaned_data[name] for name in ("starts_at", "ends_at")}


class DatedForm(TimesForm):
    """A single shift."""

    user = forms.ChoiceField(label="Hvem?")
    place = forms.TypedChoiceField(label="Rekkefølge", choices=PLACES, coerce=int, widget=forms.RadioSelect)
    field_order = ["user", "place", "day", "starts", "ends"]

    def data_of(self) -> dict[str, Any]:
        """The arguments of the action; of a valid form."""
        return {"user": self.person("user"), "place": self.cleaned_data["place"]} | self.times()


class SwapForm(TimesForm):
    """Somebody else takes the shift."""

    user = forms.ChoiceField(label="Hvem skal slippe vakten?")
    instead = forms.ChoiceField(label="Hvem tar den?")
    field_order = ["user", "instead", "day", "starts", "ends"]

    def let_give(self, people: list[User]) -> None:
        """Only these people's shifts may be given away."""
        choices: Any = [("", "Velg"), *((str(one.id), one.name) for one in people)]
        self.fields["user"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Two different people."""
        data = super().clean()
        if data.get("user") and data.get("user") == data.get("instead"):
            self.add_error("instead", "Velg en annen til å ta vakten.")
        return data

    def data_of(self) -> dict[str, Any]:
        """The arguments of the action; of a valid form."""
        return {"user": self.person("user"), "instead": self.person("instead")} | self.times()


class AbsenceForm(RotaForm):
    """Somebody is away for some days. Why is not asked."""

    user = forms.ChoiceField(label="Hvem er borte?")
    first_day = forms.DateField(label="Første dag borte", widget=DayInput)
    last_day = forms.DateField(label="Siste dag borte", widget=DayInput)

    def clean(self) -> dict[str, Any]:
        """Days that cannot be are refused."""
        data = super().clean() or self.cleaned_data
        if {"first_day", "last_day"} <= data.keys():
            first, last, today = data["first_day"], data["last_day"], day_of(self.now)
            self.check("last_day", lambda: rules.check_absence(first, last, today))
        return data

    def data_of(self) -> dict[str, Any]:
        """The arguments of the action; of a valid form."""
        return self.cleaned_data | {"user": self.person("user")}


class DayForm(RotaForm):
    """One day that is closed or has other hours."""

    day = forms.DateField(label="Dag", widget=DayInput)
    opens = forms.TimeField(label="Åpner", required=False, widget=ClockInput, help_text="Tomt: stengt hele dagen.")
    closes = forms.TimeField(label="Stenger", required=False, widget=ClockInput)

    def clean(self) -> dict[str, Any]:
        """Both hours or none."""
        data = super().clean() or self.cleaned_data
        if {"opens", "closes"} <= data.keys():
            self.check("closes", lambda: rules.check_span(data["opens"], data["closes"]))
        if "day" in data:
            self.check("day", lambda: check_to_come(data["day"], day_of(self.now)))
        return data


class HoursForm(SeenForm, RotaForm):
    """The hours of a week from a day on; empty on a weekday that is closed."""

    valid_from = forms.DateField(label="Gjelder fra og med", widget=DayInput)
    on_holidays = forms.BooleanField(label="Åpent også på helligdager", required=False)

    def __init__(self, *args: Any, week: Week, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fieldsets = [("", "", ["valid_from", "on_holidays"])]
        for number, name in enumerate(WEEKDAYS):
            span = next(iter(week.get(number, ())), None)
            names = [f"opens_{number}", f"closes_{number}"]
            self.fields[names[0]] = forms.TimeField(
                label=f"Åpner {name}", required=False, widget=ClockInput, initial=span.opens if span else None
            )
            self.fields[names[1]] = forms.TimeField(
                label=f"Stenger {name}", required=False, widget=ClockInput, initial=span.closes if span else None
            )
            self.fieldsets.append((name.capitalize(), "", names))

    def stands(self) -> dict[str, Any]:
        """What the form would show if nobody had typed anything."""
        return {name: self.get_initial_for_field(field, name) for name, field in self.fields.items()}

    def clean(self) -> dict[str, Any]:
        """Each day has both hours or none, and some day is open."""
        data = super().clean() or self.cleaned_data
        for number in range(len(WEEKDAYS)):
            opens, closes = f"opens_{number}", f"closes_{number}"
            if {opens, closes} <= data.keys():
                self.check(closes, lambda a=opens, b=closes: rules.check_span(data[a], data[b]))  # type: ignore[misc]
        if not self.errors and not any(opens for opens, _ in self._week().values()):
            self.add_error(None, "Da er det aldri åpent. Fyll ut minst én dag.")
        return data

    def clean_valid_from(self) -> Any:
        """Not a day that is over: what was open then cannot be changed afterwards."""
        day = self.cleaned_data["valid_from"]
        self.check("valid_from", lambda: check_to_come(day, day_of(self.now)))
        return day

    def _week(self) -> dict[int, tuple[Any, Any]]:
        data = self.cleaned_data
        return {number: (data.get(f"opens_{number}"), data.get(f"closes_{number}")) for number in range(len(WEEKDAYS))}

    def data_of(self) -> dict[str, Any]:
        """The arguments of the action; of a valid form."""
        plain = {name: self.cleaned_data[name] for name in ("valid_from", "on_holidays")}
        return {"week": self._week(), "seen": self.was_seen} | plain
