"""The forms that take a concern: from anyone, from an employee, and from staff who were told by phone or letter."""

import uuid
from typing import Any

from django import forms
from django.forms import BoundField

from tenants.inbox.actions import MESSAGE_LIMIT, STAFF_CHANNELS
from tenants.inbox.challenge import PROOF_LIMIT
from tenants.inbox.told import (
    FIRST_TELLER,
    LABELS,
    LEADER_TOLD,
    LIMITS,
    PERSON_KNOWS,
    REPORTER_KINDS,
    STAFF_ANSWERS,
    WHEN_REFUSED,
    WHO_SEES_IT,
    Told,
    names_itself,
)
from varde.clock import now
from varde.ui.dates import day_of
from varde.ui.fields import LongTextField, TextField
from varde.ui.widgets import DayInput

ANONYMOUS_NAMED = "Du har valgt å være anonym. Fjern navnet og telefonnummeret, eller ta bort krysset for anonym."
SAFE_HELP = "For eksempel når personen er alene, og hvem som ikke må vite at vi ringer."
KEY_LENGTH = range(16, 201)


def line(name: str, help_text: str = "", **kwargs: Any) -> TextField:
    """One line of what can be told."""
    return TextField(label=LABELS[name], required=False, max_length=LIMITS[name], help_text=help_text, **kwargs)


def prose(name: str, help_text: str = "", *, required: bool = False) -> LongTextField:
    """A long text of what can be told, counted while it is written."""
    limit = LIMITS[name]
    area = forms.Textarea(attrs={"maxlength": limit})
    return LongTextField(label=LABELS[name], required=required, max_length=limit, help_text=help_text, widget=area)


def choice(name: str, options: list[tuple[str, str]], help_text: str = "") -> forms.ChoiceField:
    """A question that may be left open."""
    return forms.ChoiceField(
        label=LABELS[name], required=False, choices=options, help_text=help_text, widget=forms.RadioSelect
    )


class KeyField(forms.Field):
    """The hidden key of a form. One that cannot be used is replaced: a hidden field must never stop a report."""

    def clean(self, value: Any) -> str:
        """The key as it came, or a new one."""
        key = str(value or "")
        return key if len(key) in KEY_LENGTH and key.isascii() and key.isalnum() else uuid.uuid4().hex


class ProofField(forms.Field):
    """A solved challenge, or anything else: what cannot be one is as good as none, and never an error."""

    def clean(self, value: Any) -> str:
        """The payload as it came, or ""."""
        proof = str(value or "")
        return proof if len(proof) <= PROOF_LIMIT else ""


class ToldForm(forms.Form):
    """What every way in asks for. Only «Hva er du bekymret for?» must be filled in."""

    idempotency_key = KeyField(widget=forms.HiddenInput)
    acute = forms.BooleanField(
        label="Noen er i fare nå eller i løpet av de nærmeste timene",
        required=False,
        help_text="Ring 112 eller 113 først. Send skjemaet etterpå.",
    )
    what = prose("what", "Skriv med dine egne ord. Du trenger ikke være sikker.", required=True)
    occurred_on = forms.DateField(
        label=LABELS["occurred_on"],
        required=False,
        widget=DayInput,
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
        error_messages={"invalid": "Skriv datoen slik: 07.01.2026."},
    )
    when = prose("when")
    where_happened = prose("where_happened")
    who = prose("who", "Navn hvis du vet det. Ellers beskriver du personen slik at vi kan finne fram.")
    where_lives = line("where_lives", "Adresse, sted eller institusjon.")
    suspected = prose("suspected", "Du trenger ikke være sikker, og du kan la feltet stå tomt.")
    anonymous = forms.BooleanField(label="Jeg vil være anonym", required=False)
    reporter_name = line("reporter_name", widget=forms.TextInput(attrs={"autocomplete": "name"}))
    reporter_phone = line("reporter_phone", widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}))
    reporter_relation = line("reporter_relation", "For eksempel nabo, datter eller ansatt i hjemmetjenesten.")
    safe_person = prose("safe_person", SAFE_HELP)
    safe_contact = prose("safe_contact", "For eksempel når vi kan ringe deg, og om vi kan legge igjen beskjed.")
    person_knows = choice("person_knows", PERSON_KNOWS)
    leader_told = choice("leader_told", LEADER_TOLD)
    about_staff = choice("about_staff", STAFF_ANSWERS, WHO_SEES_IT)
    first_teller = choice("first_teller", FIRST_TELLER)
    extra = prose("extra")

    reporter_kind = ""

    def clean_occurred_on(self) -> Any:
        """Not in the future, by the calendar in Norway."""
        day = self.cleaned_data["occurred_on"]
        if day and day > day_of(now()):
            raise forms.ValidationError("Datoen kan ikke være fram i tid.")
        return day

    def clean(self) -> dict[str, Any]:
        """Anonymous and named at once: we ask, and remove nothing ourselves."""
        data = super().clean() or self.cleaned_data
        typed = (data.get("reporter_name") or "", data.get("reporter_phone") or "")
        if names_itself(bool(data.get("anonymous")), *typed):
            self.add_error("anonymous", ANONYMOUS_NAMED)
        return data

    def told(self) -> Told:
        """What was told, of a valid form; fields that this form does not ask for are empty."""
        given = {name: value for name, value in self.cleaned_data.items() if name in Told.__dataclass_fields__}
        return Told(**({"reporter_kind": self.reporter_kind} | given))

    @property
    def key(self) -> str:
        """The client key of a valid form."""
        return str(self.cleaned_data["idempotency_key"])


class PublicForm(ToldForm):
    """A form that anyone can send: it also takes proof of work, which is asked for in a flood only."""

    # The page says it at the top: only one field must be filled in.
    optional_said = True
    altcha = ProofField(required=False, widget=forms.HiddenInput)

    @property
    def proof(self) -> str:
        """The solved challenge of a valid form; "" without one."""
        return str(self.cleaned_data["altcha"])


_INCIDENT = ("Bekymringen", "", ["acute", "what", "occurred_on", "when", "where_happened"])
_PERSON = (
    "Hvem det gjelder",
    "Skriv det du vet. Alt her er valgfritt.",
    ["who", "where_lives", "safe_person", "suspected", "about_staff"],
)


class PrivateForm(PublicForm):
    """`/meld/privat`"""

    reporter_kind = "privat"
    person_knows = None  # type: ignore[assignment]  # Django's way of leaving out an inherited field
    leader_told = None  # type: ignore[assignment]
    first_teller = None  # type: ignore[assignment]
    fieldsets = [
        _INCIDENT,
        _PERSON,
        (
            "Om deg",
            "Du kan være anonym. Da kan vi ikke spørre deg om mer, men du kan følge meldingen med en kode.",
            ["anonymous", "reporter_name", "reporter_phone", "reporter_relation", "safe_contact"],
        ),
        ("Annet", "", ["extra"]),
    ]


class EmployeeForm(PublicForm):
    """`/meld/ansatt`: also whether the person knows, and whether a leader has been told. Never required."""

    reporter_kind = "ansatt"
    fieldsets = [
        _INCIDENT,
        _PERSON,
        (
            "Personen og lederen",
            f"Du kan la spørsmålene stå åpne. {WHEN_REFUSED} Skriv da hva personen selv vil, i feltet nederst.",
            ["person_knows", "leader_told", "first_teller"],
        ),
        (
            "Om deg",
            "Som ansatt bør du oppgi navn, men du kan være anonym.",
            ["anonymous", "reporter_name", "reporter_phone", "reporter_relation", "safe_contact"],
        ),
        ("Annet", "", ["extra"]),
    ]


class RegisterForm(ToldForm):
    """Told by phone, letter or visit: six fields first, the rest when there is time."""

    channel = forms.ChoiceField(
        label="Hvordan kom bekymringen inn?",
        choices=[(code, label.capitalize()) for code, label in STAFF_CHANNELS],
        widget=forms.RadioSelect,
        initial="phone",
    )
    reporter_kind = forms.ChoiceField(  # type: ignore[assignment]  # here the caller's kind is asked for
        label="Hvem melder?", choices=REPORTER_KINDS, widget=forms.RadioSelect, initial="privat"
    )
    FIRST: tuple[str, ...] = ("channel", "reporter_kind", "what", "who", "where_lives", "acute")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = {
            "what": "Hva er bekymringen?",
            "anonymous": "Melderen vil være anonym",
            "reporter_name": "Melderens navn",
            "reporter_phone": "Melderens telefon",
            "reporter_relation": "Hvordan kjenner melderen personen?",
            "safe_person": "Hvordan er det trygt å ta kontakt med den det gjelder?",
            "safe_contact": "Hvordan kan vi ta kontakt med melderen på en trygg måte?",
            "suspected": "Hvem mistenkes?",
            "leader_told": "Har melderen sagt fra til lederen sin?",
            "person_knows": "Vet personen at det meldes fra?",
            "extra": "Annet",
        }
        for name, label in labels.items():
            self.fields[name].label = label
        for name in ("what", "who", "suspected"):
            self.fields[name].help_text = ""
        self.fields["safe_contact"].help_text = "For eksempel når vi kan ringe, og om vi kan legge igjen beskjed."
        self.fields["acute"].help_text = "Be den som melder, ringe 112 eller 113 med en gang."

    @property
    def first(self) -> list[BoundField]:
        """The six fields."""
        return [self[name] for name in self.FIRST]

    @property
    def rest(self) -> list[BoundField]:
        """Everything else."""
        return [bound for bound in self.visible_fields() if bound.name not in self.FIRST]

    @property
    def rest_has_errors(self) -> bool:
        """Then the folded part must stand open."""
        return any(bound.errors for bound in self.rest)


class MessageForm(forms.Form):
    """A message to the reporter."""

    text = LongTextField(
        label="Melding til melderen",
        max_length=MESSAGE_LIMIT,
        help_text="Den som har kvitteringen, kan lese dette. Skriv ikke navn eller noe om den utsatte.",
        widget=forms.Textarea(attrs={"maxlength": MESSAGE_LIMIT}),
    )


class ReceiptForm(forms.Form):
    """The sixteen digits. What is wrong with a code is never said: the answer is the same for all wrong ones."""

    code = forms.CharField(
        label="Koden på kvitteringen",
        help_text="16 siffer.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
