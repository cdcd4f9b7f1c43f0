"""What is typed about a meeting."""

from datetime import datetime
from typing import Any

from django import forms

from shared.codes import legal
from tenants.meeting.actions import Wish
from tenants.meeting.decision_actions import StepDone
from tenants.meeting.models import Meeting
from tenants.meeting.states import starts
from tenants.triage.forms import StepForm
from tenants.triage.models import NextStep
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


class DecisionForm(SeenForm, StepForm):
    """What was decided: in words, whose it is, and by when; and whether the step that stands (`seen`) was done."""

    text = LongTextField(label="Hva ble bestemt?", max_length=2000)
    step_done = forms.ChoiceField(
        label="Er steget som står der nå, gjort?",
        widget=forms.RadioSelect,
        choices=[
            ("yes", "Ja. Beslutningen blir neste steg."),
            ("no", "Nei. Steget blir stående, og beslutningen blir en egen oppgave."),
        ],
    )
    came_of = LongTextField(
        label="Hva kom ut av det?", required=False, max_length=2000, help_text="Fylles ut når steget er gjort."
    )
    field_order = ["text", "owner", "due_day", "due_hour", "step_done", "came_of"]

    def __init__(self, *args: Any, standing: NextStep | None, **kw: Any) -> None:
        super().__init__(*args, **kw)
        if standing is None:
            del self.fields["step_done"], self.fields["came_of"]

    def clean(self) -> dict[str, Any]:
        """What came of a step that was done must be said."""
        data = super().clean()
        if data.get("step_done") == "yes" and not data.get("came_of") and "came_of" not in self.errors:
            self.add_error("came_of", "Skriv hva som kom ut av steget.")
        return data

    def after(self) -> StepDone | None:
        """The step that was done, of a valid form; None when it stands, or there is none."""
        done = self.cleaned_data.get("step_done") == "yes"
        return StepDone(self.cleaned_data["came_of"], self.was_seen) if done else None


class DoneForm(forms.Form):
    """What came of a task; of one about no matter it need not be said."""

    came_of = LongTextField(label="Hva kom ut av det?", max_length=2000)

    def __init__(self, *args: Any, must: bool, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.fields["came_of"].required = must


class WrongForm(forms.Form):
    """What is wrong with something that was entered."""

    reason = LongTextField(label="Hva er feil?", max_length=1000)


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
