"""What is typed about the leader team's meetings."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict

from regional.meetings.actions import Offices, Wish
from regional.meetings.calendar_plan import is_away
from regional.meetings.models import Meeting
from regional.meetings.people import InTurn, Office
from regional.meetings.rules import Rules
from regional.meetings.screened import no_id_number
from regional.meetings.states import check_starts, check_was
from shared.codes.screening import Piece, Words, look
from varde.clock import OSLO
from varde.refusal import print_of_values
from varde.ui.dates import day_of, short_date
from varde.ui.fields import LongTextField, TextField, in_form
from varde.ui.gone import words
from varde.ui.screened import ScreenedForm, print_of
from varde.ui.seen import SeenForm, resent
from varde.ui.widgets import ClockInput, DayInput
from varde.worktime import holiday


class RulesForm(forms.Form):
    """When meetings lie, what is always on the agenda, and how many must come."""

    days_before = forms.IntegerField(
        label="Hvor mange dager før rapporteringsfristen?", min_value=1, max_value=60,
        help_text="Møtet flyttes bakover til nærmeste arbeidsdag, aldri til en helligdag eller etter fristen.",
    )  # fmt: skip
    quiet = forms.BooleanField(label="Unngå fellesferien (uke 28–30), julaften og nyttårsaften", required=False)
    starts = forms.TimeField(label="Vanlig starttid", widget=ClockInput)
    minutes = forms.IntegerField(label="Varighet i minutter", min_value=15, max_value=600)
    place = TextField(label="Vanlig sted", required=False)
    quorum = forms.IntegerField(
        label="Hvor stor del av de innkalte må møte? (prosent)", min_value=1, max_value=100,
        help_text="En vara teller som den som er kalt inn.",
    )  # fmt: skip
    both_approve = forms.BooleanField(label="Både møteleder og referent godkjenner referatet", required=False)
    fixed_items = LongTextField(
        label="Faste punkter på saklisten", required=False, max_length=2000, help_text="Ett punkt på hver linje."
    )

    def rules(self) -> Rules:
        """Of a valid form."""
        data = dict(self.cleaned_data)
        lines = [line.strip() for line in data.pop("fixed_items").split("\n")]
        return Rules(fixed_items=tuple(dict.fromkeys(line[:120] for line in lines if line)), **data)


class PlanForm(forms.Form):
    """How many meetings a year, and for how many years."""

    per_year = forms.IntegerField(label="Møter i året", min_value=1, max_value=12)
    years = forms.IntegerField(label="Hvor mange år framover?", min_value=1, max_value=6)


class MeetingForm(SeenForm):
    """When and where."""

    day = forms.DateField(label="Dato", widget=DayInput)
    hour = forms.TimeField(label="Klokken", widget=ClockInput)
    minutes = forms.IntegerField(label="Varighet i minutter", min_value=15, max_value=600)
    place = TextField(label="Sted", required=False)
    link = TextField(label="Lenke til videomøte", required=False, max_length=500)

    def __init__(
        self, *args: Any, now: datetime, kept: datetime | None = None, called_at: datetime | None = None, **kw: Any
    ) -> None:
        super().__init__(*args, **kw)
        self.now, self.kept, self.called_at = now, kept, called_at

    def clean_link(self) -> str:
        """Only addresses that a calendar may open."""
        link: str = self.cleaned_data["link"]
        if link and not link.startswith("https://"):
            raise forms.ValidationError("Lenken må begynne med https://.")
        return link

    def clean(self) -> dict[str, Any]:
        """Day and hour together; a time that the meeting already has may stay."""
        data = super().clean() or self.cleaned_data
        if data.get("day") and data.get("hour"):
            found = datetime.combine(data["day"], data["hour"], OSLO)
            data["starts_at"] = found
            if found != self.kept:
                self._check(found)
        return data

    def _check(self, found: datetime) -> None:
        try:
            with in_form():
                check_starts(found, self.now, self.called_at)
        except forms.ValidationError as error:
            self.add_error("day", error)

    def wish(self) -> Wish:
        """Of a valid form."""
        data = self.cleaned_data
        return Wish(data["starts_at"], data["minutes"], data["place"], data.get("link", ""))


class EnteredForm(MeetingForm):
    """A meeting that was held: when, where, and why it is entered only now."""

    why = LongTextField(
        label="Hvorfor føres møtet inn etterpå?", max_length=500,
        help_text="For eksempel «Kalt inn på e-post før vi tok i bruk Varde». Det står i referatet.",
    )  # fmt: skip

    def __init__(self, *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        del self.fields["link"]

    def _check(self, found: datetime) -> None:
        try:
            with in_form():
                check_was(found, self.now)
        except forms.ValidationError as error:
            self.add_error("day", error)


def initial_of(meeting: Meeting) -> dict[str, Any]:
    """What the form shows of a meeting."""
    local = meeting.starts_at.astimezone(OSLO)
    return {
        "day": day_of(local),
        "hour": local.time().replace(tzinfo=None),
        "minutes": meeting.minutes,
        "place": words(meeting, "place"),
        "link": words(meeting, "link"),
    }


def warning_of(meeting: Meeting) -> str:
    """What whoever moved it there should know; "" for an ordinary day before its deadline."""
    day = day_of(meeting.starts_at)
    if meeting.deadline and day >= meeting.deadline:
        return f"Møtet ligger ikke før rapporteringsfristen {short_date(meeting.deadline)}."
    if name := holiday(day):
        return f"Dagen er en helligdag: {name}."
    if day.weekday() > 4:
        return "Dagen er i en helg."
    return "Dagen er i fellesferien eller like før høytiden." if is_away(day) else ""


class CallForm(forms.Form):
    """Who cannot come, who leads and who writes, and who is called to single points."""

    away = forms.MultipleChoiceField(
        label="Koordinatorer som ikke kan komme", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="Den som er borte, beholder turen sin til neste møte. Den neste på listen tar over nå.",
    )  # fmt: skip
    chair = forms.ChoiceField(label="Møteleder", required=False)
    taker = forms.ChoiceField(label="Referent", required=False)

    def __init__(
        self, *args: Any, offices: dict[str, Office], others: dict[str, Office], turn: InTurn, **kw: Any
    ) -> None:
        super().__init__(*args, **kw)
        self.offices, self.able = offices, offices | others
        self._field("away").choices = [(key, one.label) for key, one in offices.items()]
        for name, whose in (("chair", turn.chair), ("taker", turn.taker)):
            said = f"Etter tur: {whose.label}" if whose else "Velg"
            self._field(name).choices = [("", said), *((key, one.label) for key, one in self.able.items())]

    def _field(self, name: str) -> Any:
        return self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Two people where there are two."""
        data = super().clean() or self.cleaned_data
        chosen = [data.get(name) for name in ("chair", "taker") if data.get(name)]
        if len(self.able) > 1 and len(chosen) == 2 and chosen[0] == chosen[1]:
            self.add_error("taker", "Velg en annen enn møtelederen.")
        for name in ("chair", "taker"):
            if data.get(name) and data[name] in data.get("away", []):
                self.add_error(name, "Du har krysset av for at denne ikke kan komme.")
        return data

    def chosen(self, turn: InTurn) -> Offices | None:
        """Who has the offices, of a valid form; `turn` without those who are away. None where there is nobody."""
        chair = self.able.get(self.cleaned_data["chair"]) or turn.chair
        taker = self.able.get(self.cleaned_data["taker"]) or turn.taker
        if chair is None or taker is None:
            return None
        if chair == taker and len(self.offices) > 1:
            there = [one for key, one in self.offices.items() if key not in self.cleaned_data["away"]]
            taker = next((one for one in there if one != chair), taker)
        return Offices(chair, taker)


class OfficesForm(SeenForm):
    """Who leads and who writes, by hand."""

    chair = forms.ChoiceField(label="Møteleder")
    taker = forms.ChoiceField(label="Referent")

    def __init__(self, *args: Any, offices: dict[str, Office], **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.offices = offices
        for name in ("chair", "taker"):
            field: Any = self.fields[name]
            field.choices = [(key, one.label) for key, one in offices.items()]

    def chosen(self) -> tuple[Office, Office]:
        """The chair and the minute-taker. Of a valid form."""
        return self.offices[self.cleaned_data["chair"]], self.offices[self.cleaned_data["taker"]]


class GuestForm(forms.Form):
    """Somebody who comes on request, to a point."""

    member = forms.ChoiceField(label="Hvem?")

    def __init__(self, *args: Any, members: Sequence[tuple[str, str]], **kw: Any) -> None:
        super().__init__(*args, **kw)
        field: Any = self.fields["member"]
        field.choices = [("", "Velg"), *members]


class PointForm(forms.Form):
    """A point of one's own."""

    title = TextField(label="Eget punkt", max_length=120)

    def clean_title(self) -> str:
        """Nobody's id number."""
        title: str = self.cleaned_data["title"]
        with in_form():
            no_id_number(title)
        return title


class TextForm(SeenForm):
    """What stands on the agenda under a point; `seen` is its version."""

    title = TextField(label="Overskrift", max_length=200)
    text = LongTextField(label="Tekst på saklisten", required=False)


class SaidForm(SeenForm):
    """What was said; `seen` is the version of the text that was on the page, `was` a print of it."""

    was = forms.CharField(required=False, widget=forms.HiddenInput)
    said = LongTextField(
        label="Hva ble sagt?", required=False,
        help_text="Skriv ikke noe om enkeltpersoner i en sak: ingen navn, datoer eller steder som peker på noen.",
    )  # fmt: skip

    @property
    def is_touched(self) -> bool:
        """Was the text written on since the page was opened? Of a valid form."""
        return bool(self.cleaned_data["was"] != print_of_values([self.cleaned_data["said"]]))


class DecisionForm(ScreenedForm):
    """What was decided, whose it is, and by which day; screened when it goes back to a kommune.

    Nothing of it has to be filled in unless something was decided: then the three are asked for.
    """

    optional_said = True
    screened = ("decided",)
    decided = LongTextField(label="Hva ble bestemt?", max_length=2000, required=False)
    owner = forms.ChoiceField(label="Hvem følger opp?", required=False)
    due = forms.DateField(label="Frist", widget=DayInput, required=False)
    answers = forms.BooleanField(label="Send beslutningen som svar til kommunen som reiste saken", required=False)
    measure = forms.BooleanField(label="Legg det inn som tiltak i handlingsplanen også", required=False)

    def __init__(
        self,
        data: QueryDict | None,
        *,
        owners: Sequence[tuple[str, str]],
        earliest: date,
        matter: bool,
        plan: bool,
        **kw: Any,
    ) -> None:
        sent = matter and data is not None and f"{kw['prefix']}-answers" in data
        super().__init__(data, texts=None if sent else {}, **kw)
        self.earliest = earliest
        field: Any = self.fields["owner"]
        field.choices = [("", "Velg"), *owners]
        if not matter:
            del self.fields["answers"]
        if not plan:
            del self.fields["measure"]

    def clean(self) -> dict[str, Any]:
        """A decision that is begun has a text, somebody who sees to it, and a day."""
        data = super().clean()
        for name, ask in _ASKED.items():
            if not data.get(name) and name not in self.errors:
                self.add_error(name, ask)
        return data

    def clean_due(self) -> date | None:
        """Not before the meeting, and for one of today or ahead not before today."""
        due: date | None = self.cleaned_data["due"]
        if due and due < self.earliest:
            raise forms.ValidationError(f"Fristen kan ikke være før {short_date(self.earliest)}.")
        return due


_ASKED = {
    "decided": "Skriv hva som ble bestemt, eller tøm feltene for ansvarlig og frist.",
    "owner": "Velg hvem som følger opp.",
    "due": "Sett en frist.",
}


class ApproveForm(SeenForm):
    """A yes to the minutes, one's own or noted; `seen` is the round, `left` whose yes is still to come."""

    office = forms.ChoiceField(label="Hvem godkjenner?", widget=forms.RadioSelect)
    how = TextField(
        label="Hvordan ble det sagt?", required=False,
        help_text="For eksempel «på e-post 12. mars».",
    )  # fmt: skip
    says_when: ClassVar[dict[str, str]] = {"how": "Må fylles ut når du fører det for en annen"}

    def __init__(self, *args: Any, left: Sequence[tuple[str, str]], own: Sequence[str], **kw: Any) -> None:
        super().__init__(*args, **kw)
        office: Any = self.fields["office"]
        office.choices = left
        self.own = own
        if all(code in own for code, _ in left):
            del self.fields["how"]

    def clean(self) -> dict[str, Any]:
        """How somebody else said it."""
        data = super().clean() or self.cleaned_data
        if "how" in self.fields and not data.get("how") and data.get("office") not in (None, *self.own):
            self.add_error("how", "Skriv hvordan godkjenningen ble gitt, for eksempel «på e-post 12. mars».")
        return data


class AddendumForm(forms.Form):
    """A correction of approved minutes. What may be about somebody in a case is pointed out once before it is entered,
    since nobody can take it out again."""

    text = LongTextField(label="Hva er riktig?", max_length=4000)
    shown = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict | None, *, known: Words) -> None:
        super().__init__(data)
        text = "" if data is None else data.get("text", "")
        self.look = look({"text": text if len(text) <= LongTextField.default_max else ""}, known)

    @property
    def pieces(self) -> list[Piece]:
        """The text cut where something was found; empty where nothing was."""
        return self.look.pieces("text") if self.look.found else []

    def clean(self) -> dict[str, Any]:
        """The first time it is only shown."""
        data = super().clean() or self.cleaned_data
        found = print_of(self.look)
        if self.look.found and data.get("shown") != found:
            self.data = resent(self.data, {"shown": found})
            self.add_error("text", "Se over det som er merket. Kan det stå, så før tillegget en gang til.")
        return data


class DoneForm(forms.Form):
    """What came of a decision."""

    came_of = LongTextField(label="Hva kom ut av det?", max_length=2000)


class PaperForm(forms.Form):
    """The title of a file; the file itself is read from the request."""

    title = TextField(label="Hva er vedlegget?", max_length=120)
