"""The page of a call: six fields and free notes, the rest folded away until there is time."""

from dataclasses import replace
from typing import Any

from django import forms
from django.forms import BoundField
from django.http import HttpRequest

from shared.contracts.safe_ways import as_told
from tenants.inbox import calls_known
from tenants.inbox.calls_states import Fields
from tenants.inbox.forms import SAFE_HELP, RegisterForm
from tenants.inbox.told import LIMITS, Told
from varde.ui.fields import LongTextField, TextField
from varde.ui.seen import in_words

NOTHING_YET = "Skriv hva som skjer før du registrerer, eller velg under «Ikke en sak»."
WHO_CALLS = "Navn, og hvordan de kjenner personen. Tomt når den som ringer, vil være anonym."
NO_NUMBER = "Skriv nummeret på saken. Vet dere det ikke, registrerer du samtalen som en bekymring."
_LISTENING, _INTERPRETER, _NUMBER = 500, 100, 40
# A concern has one field for how contact is safe, with room for the three.
_WAYS = LIMITS["safe_person"] - _LISTENING - _INTERPRETER - 100


class CallForm(RegisterForm):
    """What is asked for during a call. Only «Hva skjer?» must be filled in, and only when it is registered."""

    channel = None  # type: ignore[assignment]  # it is the phone
    safe_person = LongTextField(
        required=False,
        max_length=_WAYS,
        help_text=SAFE_HELP,
        widget=forms.Textarea(attrs={"maxlength": _WAYS}),
    )
    listening = TextField(
        label="Hvem kan høre på hos den det gjelder?",
        required=False,
        max_length=_LISTENING,
        help_text="Noen som er i rommet nå, bor der eller kan svare på telefonen.",
    )
    interpreter = TextField(
        label="Trenger den det gjelder tolk, på hvilket språk?", required=False, max_length=_INTERPRETER
    )
    names_matter = TextField(
        label="Nummeret på saken",
        required=False,
        max_length=_NUMBER,
        help_text="Saksnummer (2026-1A2B3C), koden på kvitteringen eller vakttelefonens referanse.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    FIRST = ("who", "where_lives", "what", "acute", "safe_person", "reporter_name", "extra")
    SAVED = (
        *FIRST, "listening", "interpreter", "reporter_kind", "anonymous", "reporter_phone", "reporter_relation",
        "safe_contact", "first_teller", "occurred_on", "when", "where_happened", "suspected", "person_knows",
        "leader_told", "about_staff", calls_known.NUMBER,
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = {
            "who": "Hvem gjelder det?",
            "where_lives": "Hvor er eller bor personen?",
            "what": "Hva skjer?",
            "acute": "Noen er i fare nå",
            "safe_contact": "Hvordan er det trygt å ringe tilbake til den som ringer?",
            "reporter_name": "Hvem ringer?",
            "extra": "Notater",
        }
        for name, label in labels.items():
            self.fields[name].label = label
        self.fields["reporter_name"].help_text = WHO_CALLS
        for name in ("who", "what", "safe_person"):
            self.fields[name].widget.attrs["rows"] = 3
        self.order_fields(["idempotency_key", *self.SAVED])

        self.fields["what"].error_messages["required"] = NOTHING_YET

    @property
    def rest(self) -> list[BoundField]:
        """What is folded away; the number of a matter stands with its own button."""
        return [bound for bound in super().rest if bound.name != calls_known.NUMBER]

    def told(self) -> Told:
        """Of a valid form: who may be listening and the language go with how contact with the exposed is safe, a
        number that was named with the notes."""
        data, said = self.cleaned_data, super().told()
        named = calls_known.sentence(data[calls_known.NUMBER]) if data[calls_known.NUMBER] else ""
        return replace(
            said,
            safe_person=as_told(said.safe_person, data["listening"], data["interpreter"]),
            extra="\n\n".join(filter(None, [said.extra, named])),
        )

    def in_words(self, fields: Fields) -> list[calls_known.Written]:
        """What was typed, under the labels of the page."""
        return [
            (name, str(self.fields[name].label), in_words(self.fields[name], text))
            for name, text in fields.items()
            if name in self.fields
        ]


class KnownForm(CallForm):
    """The same about a matter that is here already: what happens need not be said anew, its number must."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["what"].required = False
        self.fields[calls_known.NUMBER].required = True
        self.fields[calls_known.NUMBER].error_messages["required"] = NO_NUMBER


def typed_fields(request: HttpRequest) -> Fields:
    """Everything that stands in the form, as typed; boxes that are not ticked are not there."""
    return {name: request.POST[name] for name in CallForm.SAVED if request.POST.get(name, "") != ""}
