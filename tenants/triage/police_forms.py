"""What is typed about police and prosecutor."""

from datetime import date, datetime
from typing import Any

from django import forms

from tenants.triage import police
from tenants.triage.police import CONSENT, INFORMED, OUTCOMES, REPORTED, Police
from varde.days import check_been
from varde.ui.dates import day_of
from varde.ui.fields import LongTextField, TextField, in_form
from varde.ui.seen import SeenForm
from varde.ui.widgets import DayInput

CONTACT_HELP = (
    "Politikontakten ser ingenting av det som står her. Skal noe deles, trengs et grunnlag, og det skrives opp."
)


class PoliceForm(SeenForm):
    """Where it stands with the police."""

    reported = forms.ChoiceField(label="Er forholdet anmeldt?", choices=REPORTED, widget=forms.RadioSelect)
    reported_by = TextField(label="Hvem anmeldte?", required=False, max_length=200)
    reported_on = forms.DateField(label="Når ble det anmeldt?", required=False, widget=DayInput)
    case_number = TextField(label="Saksnummer hos politiet", required=False, max_length=60)
    investigator = TextField(label="Etterforskerens navn", required=False, max_length=200)
    investigator_phone = TextField(
        label="Etterforskerens telefon", required=False, max_length=50, widget=forms.TextInput(attrs={"type": "tel"})
    )
    informed = forms.ChoiceField(
        label="Er politikontakten orientert?",
        required=False,
        choices=INFORMED,
        widget=forms.RadioSelect,
        help_text=CONTACT_HELP,
    )
    consent = forms.ChoiceField(
        label="Vil den utsatte at det anmeldes?", required=False, choices=CONSENT, widget=forms.RadioSelect
    )
    no_consent = LongTextField(label="Hvorfor vil personen ikke det?", required=False, max_length=4000)
    instead = LongTextField(
        label="Hva gjør dere i stedet?",
        required=False,
        max_length=4000,
        help_text="Anmeldes det likevel, skriver du hvorfor.",
    )
    fieldsets = [
        ("Anmeldelse", "", ["reported", "reported_by", "reported_on"]),
        ("Hos politiet", "", ["case_number", "investigator", "investigator_phone", "informed"]),
        ("Den utsatte", "", ["consent", "no_consent", "instead"]),
    ]

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = day_of(now)

    def clean_reported_on(self) -> date | None:
        """Not in the future."""
        return _past(self.cleaned_data["reported_on"], self.today)

    def clean(self) -> dict[str, Any]:
        """What belongs together is filled in together."""
        data = super().clean() or self.cleaned_data
        for name, sentence in police.missing(self._said(data)).items():
            if name not in self.errors:
                self.add_error(name, sentence)
        return data

    def said(self) -> Police:
        """Of a valid form."""
        return self._said(self.cleaned_data)

    @staticmethod
    def _said(data: dict[str, Any]) -> Police:
        texts = {name: str(data.get(name) or "") for name in Police.__dataclass_fields__ if name != "reported_on"}
        day = data.get("reported_on")
        return Police(**texts, reported_on=day.isoformat() if day else "")


class ProsecutionForm(forms.Form):
    """What the prosecutor has decided."""

    outcome = forms.ChoiceField(label="Hva har påtalemyndigheten bestemt?", choices=OUTCOMES, widget=forms.RadioSelect)
    decided_on = forms.DateField(label="Dato", widget=DayInput)
    note = LongTextField(label="Merknad", required=False, max_length=4000)

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = day_of(now)

    def clean_decided_on(self) -> date | None:
        """Not in the future."""
        return _past(self.cleaned_data["decided_on"], self.today)


def _past(day: date | None, today: date) -> date | None:
    if day is not None:
        with in_form():
            check_been(day, today)
    return day


def initial_of(said: Police) -> dict[str, Any]:
    """What the form shows of what counts."""
    return said.as_json() | {"reported_on": date.fromisoformat(said.reported_on) if said.reported_on else None}
