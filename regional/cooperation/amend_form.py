"""What every form about the agreement has: from when it is changed, and why."""

from typing import Any

from django import forms

from regional.cooperation.terms import Terms
from varde.ui.fields import TextField
from varde.ui.seen import SeenForm
from varde.ui.widgets import DayInput


class AmendForm(SeenForm):
    """A change of the agreement: from when, and why."""

    optional_said = True

    def __init__(self, *args: Any, terms: Terms, **kwargs: Any) -> None:
        self.terms = terms
        super().__init__(*args, **kwargs)
        self.fields["from_day"] = forms.DateField(label="Gjelder fra", widget=DayInput)
        self.fields["why"] = TextField(
            label="Hvorfor endres avtalen?",
            max_length=500,
            help_text="Står sammen med utgaven, så de som leser avtalen senere, forstår den.",
        )

    def made(self) -> Terms:
        """The terms as they were typed; of a valid form."""
        return self.terms
