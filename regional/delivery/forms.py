"""Where something is to go, how long it may wait, and which way to try."""

from collections.abc import Iterable
from typing import Any

from django import forms

from regional.delivery.actions import LONGEST_WAIT
from shared.registry.models import Office


class _ToKommune(forms.Form):
    kommune = forms.ChoiceField(label="Kommune", error_messages={"required": "Velg en kommune."})

    def __init__(self, *args: Any, recipients: Iterable[Office], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["kommune"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [("", "Velg kommune"), *((str(office.id), office.name) for office in recipients)]


class OrderForm(_ToKommune):
    """The kommune that it is to be sent to now."""


class TestForm(_ToKommune):
    """The kommune whose way is tried."""

    __test__ = False


class WaitForm(forms.Form):
    """How long a concern may wait before the phone is told."""

    hours = forms.IntegerField(
        label="Timer før vakttelefonen får beskjed",
        min_value=1,
        max_value=LONGEST_WAIT,
        error_messages={
            "required": "Skriv et antall timer.",
            "invalid": "Skriv et helt tall.",
            "min_value": "Velg minst 1 time.",
            "max_value": f"Velg høyst {LONGEST_WAIT} timer.",
        },
    )
