"""What the operator takes down. Only what is told counts: nothing but «what» must be known before it is sent."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from shared.contracts.safe_ways import as_told
from shared.registry.models import Office
from varde.ui.fields import LongTextField, TextField

TOLD = (
    "acute", "reporter_kind", "anonymous", "reporter_name", "reporter_phone", "reporter_relation", "what", "who",
    "where_lives", "where_happened", "when", "suspected", "about_staff", "safe_person", "listening", "interpreter",
    "safe_contact", "extra", "names_matter",
)  # fmt: skip


# Chosen from a list or ticked: not what somebody has written.
_CHOSEN = ("acute", "reporter_kind", "anonymous", "about_staff")
EARLIER = "Den som ringte, sa at det gjelder en tidligere melding."

# The code of an error that lies in two fields together: each of them is kept as it was typed.
TOGETHER = "together"
AND_YET_NAMED = "Fjern krysset, eller fjern navn og telefon til den som ringer."

# The codes are those of the letter; the kommune's own form asks the same.
ABOUT_STAFF = (
    ("", "Nei, eller det er ikke sagt"),
    ("staff", "Ja, noen som arbeider i kommunen"),
    ("leader", "Ja, en leder i kommunen"),
    ("team", "Ja, noen i TryggEst-teamet"),
    ("coordinator", "Ja, koordinatoren som leder TryggEst-teamet"),
)


# What is asked first, in the order of a talk; the rest is unfolded when there is time for it.
FIRST = ("acute", "what", "who", "where_lives", "safe_person", "reporter_kind")
MORE = (
    "reporter_name", "reporter_phone", "reporter_relation", "anonymous", "safe_contact", "where_happened", "when",
    "suspected", "listening", "interpreter", "about_staff", "names_matter",
)  # fmt: skip


def typed(posted: Mapping[str, str], kept: Mapping[str, Any]) -> dict[str, Any]:
    """What stands in the fields as they were sent; a field that was not sent is as it was kept."""
    return {name: posted.get(name, kept.get(name, "")) for name in TOLD if name in posted or name in kept}


def has_words(fields: Mapping[str, Any]) -> bool:
    """Has anything been written down?"""
    return any(str(text).strip() for name, text in fields.items() if name not in _CHOSEN)


def of_earlier(told: Mapping[str, Any]) -> dict[str, Any]:
    """The same, with a sentence that it is about an earlier report."""
    return {**told, "extra": "\n\n".join(filter(None, [EARLIER, str(told.get("extra", ""))]))}


def with_number(told: Mapping[str, Any], caller: str) -> dict[str, Any]:
    """With the number that rang where no other was told, so that the kommune can ring back; not of the anonymous."""
    if told.get("anonymous") or told.get("reporter_phone"):
        return dict(told)
    return {**told, "reporter_phone": caller}


def as_letter(told: Mapping[str, Any]) -> dict[str, Any]:
    """As the letter has it: who may be listening and the language go with how the exposed is safely reached."""
    around = {name: str(told.get(name, "")) for name in ("listening", "interpreter")}
    rest = {name: said for name, said in told.items() if name not in around}
    return {**rest, "safe_person": as_told(str(told.get("safe_person", "")), **around)}


class _Short(LongTextField):
    """A few lines: names and places are often told with an explanation; the area grows as it is written."""

    default_max = 500

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 2}), **kwargs)


class CallForm(forms.Form):
    """One call. `kommune` is the operator's own choice; empty means the kommune that the page proposes.

    `stand`: the field that has the focus when the page opens. `as_before`: the kommune that it was sent to already, and
    is sent to again where nothing is chosen.
    """

    acute = forms.BooleanField(label="Det haster: noen kan være i fare nå", required=False)
    reporter_kind = forms.ChoiceField(
        label="Hvem ringer?",
        choices=[("privat", "Privatperson"), ("ansatt", "Ansatt")],
        widget=forms.RadioSelect,
        error_messages={"required": "Velg om den som ringer, er privatperson eller ansatt."},
    )
    anonymous = forms.BooleanField(label="Den som ringer, vil være anonym", required=False)
    reporter_name = TextField(label="Navn på den som ringer", required=False)
    reporter_phone = TextField(
        label="Telefon til den som ringer",
        required=False,
        max_length=40,
        help_text="Tomt: nummeret det ringes fra, følger med hvis det vises og den som ringer, ikke vil være anonym.",
    )
    reporter_relation = TextField(label="Forhold til den utsatte", required=False)
    what = LongTextField(
        label="Hva er det du er bekymret for?",
        help_text="Med egne ord, så nær det som ble sagt.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    who = _Short(label="Hvem gjelder det?", required=False, help_text="Navn, eller en beskrivelse om navnet er ukjent.")
    where_lives = _Short(
        label="Hvor bor den utsatte?", required=False, help_text="Adresse, sted, postnummer eller kommune."
    )
    where_happened = _Short(label="Hvor skjedde det?", required=False)
    when = _Short(label="Når skjedde det?", required=False)
    suspected = _Short(label="Hvem kan stå bak?", required=False)
    about_staff = forms.ChoiceField(
        label="Gjelder bekymringen noen som arbeider i kommunen?",
        required=False,
        choices=ABOUT_STAFF,
        help_text="Er svaret ja, ser bare koordinatoren der og en valgt stedfortreder bekymringen. "
        "Gjelder den koordinatoren, ser bare stedfortrederen den.",
        widget=forms.RadioSelect,
    )
    safe_person = _Short(
        label="Hvordan er det trygt å ta kontakt med den utsatte?",
        required=False,
        help_text="For eksempel når personen er alene, og hvem som ikke må vite at vi ringer.",
    )
    listening = _Short(
        label="Hvem kan høre på hos den utsatte?",
        required=False,
        help_text="Noen som er i rommet nå, bor der eller kan svare på telefonen.",
    )
    interpreter = TextField(label="Trenger den utsatte tolk, på hvilket språk?", required=False, max_length=100)
    safe_contact = _Short(
        label="Hvordan er det trygt å ringe tilbake til den som ringer?",
        required=False,
        help_text="For eksempel når, og om vi kan legge igjen beskjed.",
    )
    extra = LongTextField(
        label="Notater",
        required=False,
        help_text="Dine egne ord. Følger med til kommunen.",
        widget=forms.Textarea(attrs={"rows": 1}),
    )
    names_matter = TextField(
        label="Gjelder det en sak kommunen har? Nummeret på den",
        required=False,
        max_length=40,
        help_text="Saksnummer, koden på kvitteringen eller referansen herfra. Du får ikke vite om den finnes.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    kommune = forms.ChoiceField(label="Send til", required=False)

    def __init__(
        self, *args: Any, recipients: Iterable[Office], stand: str = "", as_before: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["kommune"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        unchosen = f"Samme som før: {as_before}" if as_before else "Kommunen som er foreslått"
        field.choices = [("", unchosen), *((str(office.id), office.name) for office in recipients)]
        for each in self.fields.values():  # on a shared machine the browser must not offer what was told before
            each.widget.attrs.setdefault("autocomplete", "off")
        focus = stand if stand in self.fields else "what"
        self.fields[focus].widget.attrs["autofocus"] = True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("anonymous") and (cleaned.get("reporter_name") or cleaned.get("reporter_phone")):
            self.add_error("anonymous", ValidationError(AND_YET_NAMED, code=TOGETHER))
        return cleaned

    def forgive(self) -> None:
        """What is not asked yet is no fault of what is only to be kept."""
        for name in [name for name in self.errors if not self._faults(name, besides=("required",))]:
            del self.errors[name]

    @property
    def unkept(self) -> list[str]:
        """What `told` cannot keep as it was typed: «Label: sentence»."""
        names = [name for name in TOLD if self._faults(name, besides=("required", TOGETHER))]
        return [f"«{self.fields[name].label}»: {' '.join(map(str, self.errors[name]))}" for name in names]

    def _faults(self, name: str, besides: tuple[str, ...]) -> bool:
        return any(fault.code not in besides for fault in self.errors.as_data().get(name, []))

    @property
    def first(self) -> list[forms.BoundField]:
        """The six that are asked first."""
        return [self[name] for name in FIRST]

    @property
    def more(self) -> list[forms.BoundField]:
        """The rest."""
        return [self[name] for name in MORE]

    @property
    def unfolded(self) -> bool:
        """Is there something among the rest, said or wrong, that must be seen?"""
        stands = any(bound.value() not in (None, "", False) for bound in self.more)
        return stands or any(name in self.errors for name in MORE)

    def told(self, before: dict[str, Any]) -> dict[str, Any]:
        """What can be kept of it now; a field that cannot be read keeps what was there before, an emptied one
        nothing."""
        unread = [name for name in TOLD if name not in self.cleaned_data]
        kept = {name: before[name] for name in unread if name in before}
        kept |= {name: "" for name in unread if name in self.data and not str(self.data[name]).strip()}
        if self.has_error("anonymous", TOGETHER):  # the tick was read; it only does not go with the name
            kept["anonymous"] = True
        return kept | {name: self.cleaned_data[name] for name in TOLD if name in self.cleaned_data}
