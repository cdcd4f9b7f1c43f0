"""One item to decide on; a page has several, each under its own prefix."""

from typing import Any

from django import forms

from shared.codes.insight import insight_texts
from tenants.insight.queries import Reviewed
from tenants.insight.states import CHOICES, Decided, check_decided
from varde.ui.fields import LongTextField, TextField
from varde.ui.gone import words
from varde.ui.refusals import refusal_on


class ItemForm(forms.Form):
    """Give, mask or keep back. Nothing chosen is nothing decided."""

    item = forms.CharField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    choice = forms.ChoiceField(
        label="Hva skal skje med dette?",
        required=False,
        choices=[("", "Ikke vurdert"), *CHOICES],
        widget=forms.RadioSelect,
    )
    text = LongTextField(label="Teksten som gis, hvis noe tas ut", required=False, max_length=100_000)
    ground = forms.ChoiceField(
        label="Hjemmel, hvis det holdes tilbake",
        required=False,
        choices=[("", "Velg"), *((each.code, each.said) for each in insight_texts().withheld)],
    )
    reason = TextField(label="Hvorfor, hvis det holdes tilbake", required=False, max_length=1000)

    @property
    def opened(self) -> bool:
        """Is there something to see of what is taken out or kept back?"""
        return bool(self.errors) or self["choice"].value() in ("mask", "withhold")

    def clean(self) -> dict[str, Any]:
        """A choice has what belongs to it."""
        data = super().clean() or self.cleaned_data
        if data.get("choice") and not self.errors:
            with refusal_on(self):
                check_decided(self.decided())
        return data

    def decided(self) -> Decided:
        """Of a valid form."""
        data = self.cleaned_data
        return Decided(data["choice"], data["text"], data["ground"], data["reason"])


def initial_of(each: Reviewed) -> dict[str, Any]:
    """What the form shows of an item: what was decided, else the proposed text and ground with nothing chosen."""
    decision = each.decision
    shown = {"item": each.found.key, "version": decision.version if decision else 0, "text": each.masked}
    if decision is None or each.stale:
        return shown | {"ground": each.proposal[1]}
    text = words(decision, "text") if decision.choice == "mask" else each.masked
    return shown | {
        "choice": decision.choice, "text": text, "ground": decision.ground, "reason": words(decision, "reason"),
    }  # fmt: skip


def proposed(each: Reviewed) -> Decided:
    """The proposal as a decision."""
    choice, ground = each.proposal
    return Decided(choice, each.masked if choice == "mask" else "", ground, "Forslaget er godtatt." if ground else "")
