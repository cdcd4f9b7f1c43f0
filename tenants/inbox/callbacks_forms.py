"""What is typed about somebody who is to be called back."""

from datetime import datetime, time
from typing import Any

from django import forms

from tenants.inbox.callbacks_actions import Plan
from tenants.inbox.callbacks_states import LABELS, OF_REPORTER, REPORTER, editable
from tenants.inbox.calls_models import Callback
from tenants.inbox.calls_states import TRIES, due_time
from varde.clock import OSLO
from varde.identity.choosing import let_choose
from varde.identity.models import User
from varde.ui.fields import LongTextField, TextField, in_form
from varde.ui.numbers import check_phone
from varde.ui.seen import SeenForm
from varde.ui.widgets import ClockInput, DayInput

_NOON = time(12, 0)


class WhenForm(forms.Form):
    """Who calls, and by when."""

    owner = forms.ChoiceField(label="Hvem ringer?", error_messages={"invalid_choice": "Velg en som har tilgang."})
    due_day = forms.DateField(
        label="Innen, dato",
        widget=DayInput,
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
        error_messages={"invalid": "Skriv datoen slik: 07.01.2026."},
    )
    due_hour = forms.TimeField(
        label="Innen, klokkeslett",
        required=False,
        widget=ClockInput,
        help_text="Uten klokkeslett: kl. 12.00.",
        error_messages={"invalid": "Skriv klokkeslettet slik: 13:00."},
    )

    def __init__(self, *args: Any, owners: list[User], now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        self.people = let_choose(self, ["owner"], owners)

    def clean(self) -> dict[str, Any]:
        """Day and hour together, when such a time comes, and soon enough."""
        data = super().clean() or self.cleaned_data
        if data.get("due_day") and "due_hour" in data:
            try:
                data["due_at"] = due_time(data["due_day"], data["due_hour"] or _NOON, self.now)
            except ValueError as error:
                self.add_error("due_hour" if data["due_hour"] else "due_day", str(error))
        return data

    @property
    def chosen(self) -> User:
        """Who calls; of a valid form."""
        return self.people[self.cleaned_data["owner"]]


class ChangeForm(SeenForm, WhenForm):
    """Somebody else calls, or at another time."""


def stands(callback: Callback) -> dict[str, Any]:
    """Who calls and when now, as the form has it."""
    local = callback.due_at.astimezone(OSLO)
    return {"owner": str(callback.owner_id), "due_day": local.date(), "due_hour": local.time()}


class CallbackForm(WhenForm):
    """Whom to call, how that is safe, when and by whom."""

    who = TextField(label="Hvem skal ringes?", max_length=200)
    phone = TextField(
        label="Telefonnummer", max_length=50, widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"})
    )
    safe_ways = LongTextField(
        label="Når og hvordan er det trygt?",
        required=False,
        max_length=2000,
        help_text="For eksempel tid på dagen, SMS først, eller at dere sier at dere ringer fra et annet sted.",
    )
    not_on_voicemail = LongTextField(
        label="Hva må ikke legges igjen på telefonsvarer?",
        required=False,
        max_length=2000,
        help_text="Skriv «ingenting» hvis dere ikke skal legge igjen beskjed.",
    )
    listening = TextField(
        label="Hvem kan høre på?",
        required=False,
        max_length=500,
        help_text="Noen som bor der, eller som svarer på telefonen.",
    )
    interpreter = TextField(label="Trenger tolk, på hvilket språk?", required=False, max_length=100)
    fieldsets = [
        ("Hvem", "", ["who", "phone"]),
        ("Trygg kontakt", "", ["safe_ways", "not_on_voicemail", "listening", "interpreter"]),
        ("Når og hvem", "", ["owner", "due_day", "due_hour"]),
    ]

    # Kept when the form comes back: whom the page was opened for.
    hvem = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_phone(self) -> str:
        """Something that can be dialled."""
        with in_form():
            return check_phone(str(self.cleaned_data["phone"]))

    def plan(self) -> Plan:
        """Of a valid form."""
        data = self.cleaned_data
        names = ("who", "phone", "safe_ways", "not_on_voicemail", "interpreter", "listening", "due_at")
        return Plan(owner=self.chosen, **{name: data[name] for name in names})


class ReporterForm(CallbackForm):
    """Whoever reported the matter: neither name nor number is typed, they stand sealed where they are."""

    who = None  # type: ignore[assignment]  # Django's way of leaving out an inherited field
    phone = None  # type: ignore[assignment]
    fieldsets = CallbackForm.fieldsets[1:]

    def plan(self) -> Plan:
        """Of a valid form."""
        data = self.cleaned_data
        names = (*OF_REPORTER, "due_at")
        return Plan(REPORTER, "", owner=self.chosen, to_reporter=True, **{name: data[name] for name in names})


class CorrectForm(SeenForm):
    """What was written of a call back, to be put right."""

    who, phone = CallbackForm.base_fields["who"], CallbackForm.base_fields["phone"]
    safe_ways, not_on_voicemail = CallbackForm.base_fields["safe_ways"], CallbackForm.base_fields["not_on_voicemail"]
    listening, interpreter = CallbackForm.base_fields["listening"], CallbackForm.base_fields["interpreter"]

    def __init__(self, *args: Any, to_reporter: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in set(LABELS) - set(editable(to_reporter=to_reporter)):
            del self.fields[name]

    def clean_phone(self) -> str:
        """Something that can be dialled."""
        with in_form():
            return check_phone(str(self.cleaned_data["phone"]))

    def said(self) -> dict[str, str]:
        """Everything that can be put right, of a valid form."""
        return {name: self.cleaned_data[name] for name in LABELS if name in self.fields}


class TryForm(forms.Form):
    """What came of ringing."""

    result = forms.ChoiceField(label="Hva skjedde?", choices=TRIES, widget=forms.RadioSelect)
    note = LongTextField(
        label="Merknad",
        required=False,
        max_length=2000,
        help_text="Må fylles ut når dere ikke ringer flere ganger, eller la igjen beskjed der noe ikke måtte sies.",
    )
