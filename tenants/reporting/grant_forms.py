"""What is asked for in words, because nobody registers it."""

from typing import Any, ClassVar

from django import forms

from tenants.reporting.grant_actions import Written
from varde.ui.fields import LongTextField
from varde.ui.screened import ScreenedForm

_LONG = 6000
_HELP = "Skriv ikke om personer."


class GrantForm(ScreenedForm):
    """Words beside what is registered. `seen`: the fingerprint of the preview that the page showed."""

    screened: ClassVar[tuple[str, ...]] = ("because", "money", "activities", "reach", "results", "next")
    because = LongTextField(label="Hvorfor rettes rapporten?", max_length=1000, help_text=_HELP)
    money = LongTextField(
        label="Hva har kommunen fått i tilskudd, og hvordan er det brukt?", max_length=_LONG, required=False,
        help_text=f"Beløp i kroner der dere har det. {_HELP}",
    )  # fmt: skip
    activities = LongTextField(
        label="Andre aktiviteter enn de som er ført", max_length=_LONG, required=False, help_text=_HELP
    )
    reach = LongTextField(
        label="Hvem er nådd, og hvor mange, utenom det som er ført?", max_length=_LONG, required=False, help_text=_HELP
    )
    results = LongTextField(label="Hva har arbeidet ført til?", max_length=_LONG, required=False, help_text=_HELP)
    next = LongTextField(label="Hva gjør dere neste år?", max_length=_LONG, required=False, help_text=_HELP)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, corrects: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not corrects:
            del self.fields["because"]

    def written(self) -> Written:
        """Of a valid form."""
        texts = {name: self.cleaned_data[name].strip() for name in self.screened if name not in ("because",)}
        return Written(texts, self.cleaned_data.get("because", "").strip(), self.reasons)
