"""The page of a call: six fields and free notes, the rest folded away until there is time."""

from typing import Any

from django.http import HttpRequest

from tenants.inbox.calls_states import Fields
from tenants.inbox.forms import RegisterForm

NOTHING_YET = "Skriv hva som skjer før du registrerer, eller velg under «Ikke en sak»."
WHO_CALLS = "Navn, og hvordan de kjenner personen. Tomt når den som ringer, vil være anonym."


class CallForm(RegisterForm):
    """What is asked for during a call. Only «Hva skjer?» must be filled in, and only when it is registered."""

    channel = None  # type: ignore[assignment]  # it is the phone
    FIRST = ("who", "where_lives", "what", "acute", "safe_contact", "reporter_name", "extra")
    SAVED = (
        *FIRST, "reporter_kind", "anonymous", "reporter_phone", "reporter_relation", "first_teller", "occurred_on",
        "when", "where_happened", "suspected", "person_knows", "leader_told", "about_staff",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = {
            "who": "Hvem gjelder det?",
            "where_lives": "Hvor er eller bor personen?",
            "what": "Hva skjer?",
            "acute": "Noen er i fare nå",
            "safe_contact": "Hvordan er det trygt å ta kontakt?",
            "reporter_name": "Hvem ringer?",
            "extra": "Notater",
        }
        for name, label in labels.items():
            self.fields[name].label = label
        self.fields["reporter_name"].help_text = WHO_CALLS
        for name in ("who", "what", "safe_contact"):
            self.fields[name].widget.attrs["rows"] = 3
        self.order_fields(["idempotency_key", *self.SAVED])

        self.fields["what"].error_messages["required"] = NOTHING_YET


def typed_fields(request: HttpRequest) -> Fields:
    """Everything that stands in the form, as typed; boxes that are not ticked are not there."""
    return {name: request.POST[name] for name in CallForm.SAVED if request.POST.get(name, "") != ""}
