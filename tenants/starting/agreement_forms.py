"""What is typed when the kommune answers, and when it goes out."""

from typing import Any

from django import forms

from tenants.starting.agreement_actions import Decision
from varde.ui.fields import LongTextField, TextField
from varde.ui.widgets import DayInput


class _DecisionForm(forms.Form):
    """Who decided."""

    decided_by = TextField(label="Hvem bestemte?", help_text="Navn og tittel, eller organet som vedtok det.")
    reference = TextField(label="Nummer på vedtaket", required=False, help_text="For eksempel «Sak 34/26».")

    def decision(self) -> Decision:
        """Of a valid form."""
        given: dict[str, Any] = self.cleaned_data
        return Decision(given["decided_by"], given["reference"], given["reason"])


class AnswerForm(_DecisionForm):
    """Yes or no to terms."""

    said = forms.ChoiceField(
        label="Svaret", choices=[("yes", "Ja, vi blir med på vilkårene"), ("no", "Nei")], widget=forms.RadioSelect
    )
    day = forms.DateField(
        label="Fra hvilken dag?",
        required=False,
        widget=DayInput,
        help_text="Bare for ja. Tomt felt er så snart det går.",
    )
    reason = LongTextField(label="Begrunnelse til regionen", required=False, max_length=1000)
    field_order = ("said", "day", "decided_by", "reference", "reason")

    def clean(self) -> dict[str, Any]:
        """A no says why."""
        given = super().clean() or {}
        if given.get("said") == "no" and not given.get("reason"):
            self.add_error("reason", "Skriv kort hvorfor, så regionen forstår det.")
        return given


class StayForm(_DecisionForm):
    """The kommune does not go out after all."""

    reason = LongTextField(label="Hvorfor?", required=False, max_length=1000, help_text="Regionen får lese dette.")


class LeaveForm(_DecisionForm):
    """The kommune goes out."""

    day = forms.DateField(
        label="Fra hvilken dag?", widget=DayInput, help_text="Velger du i dag, slutter det med en gang."
    )
    reason = LongTextField(label="Hvorfor?", max_length=1000, help_text="Regionen får lese dette.")
    understood = forms.BooleanField(
        label="Jeg har lest hva som skjer", error_messages={"required": "Les hva som skjer, og kryss av."}
    )
    field_order = ("day", "decided_by", "reference", "reason", "understood")

    def __init__(self, *args: Any, taking_back: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if taking_back:  # a yes that is not in force is taken back at once
            del self.fields["day"]
