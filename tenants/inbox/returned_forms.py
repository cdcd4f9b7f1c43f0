"""Why it is sent back, and where it may belong."""

from collections.abc import Iterable
from typing import Any

from django import forms

from tenants.inbox.returned_states import WHY


class ReturnForm(forms.Form):
    """Codes alone: no words of the matter are to stand where the phone reads them."""

    why = forms.ChoiceField(
        label="Hvorfor sendes den tilbake?",
        choices=WHY,
        widget=forms.RadioSelect,
        error_messages={"required": "Velg hvorfor."},
    )
    suggested = forms.ChoiceField(
        label="Hvilken kommune kan den høre til?",
        required=False,
        help_text="Vakttelefonen ser forslaget, men ikke noe av innholdet. Den kan bare sende til kommunene på listen.",
    )

    def __init__(self, *args: Any, kommuner: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["suggested"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [("", "Vet ikke"), *kommuner]
