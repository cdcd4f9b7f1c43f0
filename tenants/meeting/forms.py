"""What is typed about a meeting."""

from datetime import datetime
from typing import Any

from django import forms

from shared.codes import legal
from tenants.meeting.actions import Wish
from tenants.meeting.models import Meeting
from tenants.meeting.states import starts
from tenants.triage.forms import StepForm
from varde.clock import OSLO
from varde.identity.choosing import let_choose
from varde.identity.models import User
from varde.ui.dates import day_of
from varde.ui.fields import LongTextField, TextField
from varde.ui.gone import words
from varde.ui.seen import SeenForm
from varde.ui.widgets import ClockInput, DayInput

_NOT_THERE = {"invalid_choice": "Velg en som er i teamet nå."}


class MeetingForm(SeenForm):
    """Time, place, chair and minute-taker."""

    day = forms.DateField(label="Dato", widget=DayInput)
    hour = forms.TimeField(label="Klokka", widget=ClockInput)
    minutes = forms.IntegerField(label="Varighet i minutter", min_value=15, max_value=600, initial=180)
    place = TextField(label="Sted", required=False, help_text="Står i kalenderen til alle som får invitasjonen.")
    link = TextField(label="Lenke til videomøte", required=False, max_length=500)
    chair = forms.ChoiceField(label="Møteleder", error_messages=_NOT_THERE)
    minute_taker = forms.ChoiceField(label="Referent", error_messages=_NOT_THERE)

    def __init__(self, *args: Any, team: list[User], now: datetime, kept: datetime | None = None, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.now, self.kept = now, kept
        self.people = let_choose(self, ("chair", "minute_taker"), team)

    def clean_link(self) -> str:
        """Only addresses that a calendar may open."""
        link: str = self.cleaned_data["link"]
        if link and not link.startswith("https://"):
            raise forms.ValidationError("Lenken må begynne med https://.")
        return link

    def clean(self) -> dict[str, Any]:
        """Day and hour together as `starts_at`; a time that the meeting already has may stay."""
        data = super().clean() or self.cleaned_data
        if data.get("day") and data.get("hour"):
            try:
                data["starts_at"] = self._starts(data)
            except ValueError as error:
                self.add_error("hour", str(error))
        return data

    def _starts(self, data: dict[str, Any]) -> datetime:
        if self.kept is not None and datetime.combine(data["day"], data["hour"], OSLO) == self.kept:
            return self.kept
        return starts(data["day"], data["hour"], self.now)

    def wish(self) -> Wish:
        """Of a valid form."""
        data = self.cleaned_data
        plain = {name: data[name] for name in ("starts_at", "minutes", "place", "link")}
        return Wish(chair=self.people[data["chair"]], minute_taker=self.people[data["minute_taker"]], **plain)


class CallForm(MeetingForm):
    """A new meeting, with who else comes."""

    people_asked = forms.MultipleChoiceField(
        label="Hvem kommer?", required=False, widget=forms.CheckboxSelectMultiple, error_messages=_NOT_THERE
    )

    def __init__(self, *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.fields["people_asked"].choices = [  # type: ignore[attr-defined]
            (key, person.name) for key, person in self.people.items()
        ]

    def asked(self) -> list[User]:
        """Of a valid form."""
        return [self.people[key] for key in self.cleaned_data["people_asked"]]


def initial_of(meeting: Meeting) -> dict[str, Any]:
    """What the form shows of a meeting."""
    local = meeting.starts_at.astimezone(OSLO)
    return {
        "day": day_of(local),
        "hour": local.time().replace(tzinfo=None),
        "minutes": meeting.minutes,
        "chair": str(meeting.chair_id),
        "minute_taker": str(meeting.minute_taker_id),
        "place": words(meeting, "place"),
        "link": words(meeting, "link"),
    }


class InviteForm(forms.Form):
    """A colleague, or somebody from outside."""

    user = forms.ChoiceField(label="Kollega", required=False, error_messages=_NOT_THERE)
    name = TextField(label="Eller en utenfra: navn", required=False)
    service = TextField(label="Tjeneste", required=False)

    def __init__(self, *args: Any, team: list[User], **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.people = let_choose(self, ["user"], team, "Ingen")

    def chosen(self) -> dict[str, Any]:
        """The arguments of `actions.invite`; of a valid form."""
        data = self.cleaned_data
        return {"user": self.people.get(data["user"]), "name": data["name"], "service": data["service"]}


class PointForm(forms.Form):
    """A point of one's own."""

    title = TextField(label="Eget punkt", help_text="Ikke skriv navn på dem en sak gjelder. Ta heller saken med.")


class MinutesForm(SeenForm):
    """What was said; `seen` is the version of the text that was on the page."""

    text = LongTextField(label="Referat", required=False)


class DecisionForm(StepForm):
    """What was decided: in words, whose it is, and by when."""

    text = LongTextField(label="Hva ble bestemt?", max_length=2000)


class HearForm(forms.Form):
    """On which ground somebody from outside hears a matter."""

    participant = forms.ChoiceField(label="Hvem?", error_messages={"invalid_choice": "Velg en som er invitert."})
    ground = forms.ChoiceField(label="På hvilket grunnlag?")
    reason = LongTextField(label="Hvorfor?", max_length=2000)

    def __init__(self, *args: Any, guests: list[tuple[str, str]], **kw: Any) -> None:
        super().__init__(*args, **kw)
        grounds = [(each.code, each.label) for each in legal.grounds()]
        self.fields["participant"].choices = [("", "Velg"), *guests]  # type: ignore[attr-defined]
        self.fields["ground"].choices = [("", "Velg"), *grounds]  # type: ignore[attr-defined]
