"""Whom to ring back, when it is safe, and what must not be said."""

from datetime import datetime, timedelta
from typing import Any

from django import forms

from regional.hotline.callbacks_models import ENDS, TRIES
from varde.clock import OSLO, now
from varde.refusal import Refused
from varde.ui.fields import LongTextField, TextField, in_form

WHOSE = [("own", "Jeg ringer selv"), ("shift", "Den som er ledig, ringer")]


def _check_due(due_at: datetime) -> None:
    """Refused for a time that has been, or is more than a month off."""
    if not now() - timedelta(minutes=1) <= due_at <= now() + timedelta(days=31):
        raise Refused("Velg et tidspunkt fra nå og en måned fram.")


def _area(**kwargs: Any) -> LongTextField:
    return LongTextField(required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2}), **kwargs)


class WhenForm(forms.Form):
    """A day and a time of it."""

    day = forms.DateField(label="Dag", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    clock = forms.TimeField(label="Klokkeslett", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("day") and cleaned.get("clock"):
            with in_form():
                _check_due(self.due_at(cleaned))
        return cleaned

    @staticmethod
    def due_at(cleaned: dict[str, Any]) -> datetime:
        """The moment that was said."""
        return datetime.combine(cleaned["day"], cleaned["clock"], OSLO)


class CallBackForm(WhenForm):
    """One to ring back."""

    who = TextField(label="Hvem skal ringes?", max_length=200)
    phone = TextField(label="Telefon", max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    safe = _area(label="Når og hvordan er det trygt å ringe?")
    unsaid = _area(
        label="Hva må ikke sies, og til hvem?", help_text="For eksempel hvem som ikke må vite hvor vi ringer fra."
    )
    about = _area(label="Hva gjelder det?")
    whose = forms.ChoiceField(label="Hvem ringer?", choices=WHOSE, widget=forms.RadioSelect, initial="own")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for each in self.fields.values():  # on a shared machine the browser must not offer what was told before
            each.widget.attrs.setdefault("autocomplete", "off")

    field_order = ["who", "phone", "day", "clock", "safe", "unsaid", "about", "whose"]

    def given(self) -> dict[str, Any]:
        """For `callbacks_actions.promise`."""
        said = self.cleaned_data
        whom = {name: said[name] for name in ("who", "phone", "safe", "unsaid", "about")}
        return {"whom": whom, "due_at": self.due_at(said), "shifts": said["whose"] == "shift"}


class TryForm(WhenForm):
    """How a try went, and when the next one is."""

    result = forms.ChoiceField(label="Hvordan gikk det?", choices=TRIES, widget=forms.RadioSelect)

    field_order = ["result", "day", "clock"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("day", "clock"):
            self.fields[name].required = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        over = cleaned.get("result") in ENDS
        said_when = cleaned.get("day") and cleaned.get("clock")
        if cleaned.get("result") and not over and not said_when and not self.errors:
            self.add_error("day", "Skriv når du prøver igjen.")
        return cleaned

    def again(self) -> datetime | None:
        """When the next try is; None when it is over."""
        return None if self.cleaned_data["result"] in ENDS else self.due_at(self.cleaned_data)
