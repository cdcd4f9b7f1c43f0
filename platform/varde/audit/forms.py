"""The filter of the log."""

from typing import Any

from django import forms

from varde.audit.models import Action
from varde.audit.queries import Wanted
from varde.audit.words import said
from varde.ui.fields import TextField
from varde.ui.widgets import DayInput


class FilterForm(forms.Form):
    """Fields `fra`, `til`, `hvem`, `gjorde`, `hva`, `ting`; all may be empty."""

    fra = forms.DateField(label="Fra dag", required=False, widget=DayInput)
    til = forms.DateField(label="Til dag", required=False, widget=DayInput)
    hvem = TextField(label="Hvem", required=False, max_length=200)
    gjorde = forms.ChoiceField(label="Gjorde", required=False, choices=[("", "Alt"), *Action.choices])
    hva = forms.ChoiceField(label="Med", required=False)
    ting = TextField(label="Kort nummer", required=False, max_length=60)

    def __init__(self, *args: Any, whats: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["hva"]
        field.choices = [("", "Alt"), *((what, said(what)) for what in whats)]

    def wanted(self) -> Wanted:
        """The question; only when the form is valid."""
        data = self.cleaned_data
        return Wanted(data["fra"], data["til"], data["hvem"], data["gjorde"], data["hva"], data["ting"])
