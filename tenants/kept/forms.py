"""What is typed about how long things are kept, and about the archive."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django import forms

from tenants.inbox.attached import Attachment
from tenants.inbox.attachments import called
from tenants.kept.actions import Wanted
from tenants.kept.models import Bundle
from tenants.kept.states import ENDS, STARTS, Class, check_hold
from varde.retention.rules import LONGEST
from varde.ui.dates import count, date_and_time
from varde.ui.fields import LongTextField, TextField, in_form
from varde.ui.seen import SeenForm
from varde.ui.widgets import DayInput

_NUMBER = re.compile(r"[0-9A-Za-zÆØÅæøå/.\- ]+")


class ClassForm(SeenForm):
    """A class as the kommune wants it."""

    name = TextField(label="Hva kaller dere klassen?", max_length=120)
    ground = LongTextField(
        label="Hjemmel", max_length=500, help_text="Vis til loven og til punktet i bevarings- og kassasjonsplanen."
    )
    starts = forms.ChoiceField(label="Når begynner tiden?", widget=forms.RadioSelect)
    years = forms.IntegerField(label="År", min_value=0, max_value=LONGEST // 12)
    extra = forms.IntegerField(label="Og måneder", min_value=0, max_value=11, required=False)
    then = forms.ChoiceField(label="Hva skjer når tiden er ute?", choices=ENDS, widget=forms.RadioSelect)

    def __init__(self, *args: Any, chosen: Class, **kwargs: Any) -> None:
        years, months = divmod(chosen.months, 12)
        first = {
            "name": chosen.name,
            "ground": chosen.ground,
            "starts": chosen.starts,
            "years": years,
            "extra": months,
            "then": chosen.then,
        }
        kwargs["initial"] = first | {"seen": str(chosen.decided_at or "")}
        super().__init__(*args, **kwargs)
        choices = [(code, STARTS[code]) for code in chosen.possible]
        self.fields["starts"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """At least a month, at most what the engine takes."""
        data = super().clean() or self.cleaned_data
        if "years" in data and "extra" in data and not 0 < self._months(data) <= LONGEST:
            self.add_error("years", f"Velg minst én måned og høyst {LONGEST // 12} år.")
        return data

    @staticmethod
    def _months(data: dict[str, Any]) -> int:
        return int(data["years"]) * 12 + int(data["extra"] or 0)

    def wanted(self) -> Wanted:
        """Of a valid form."""
        data = self.cleaned_data
        return Wanted(data["name"], data["ground"], data["starts"], self._months(data), data["then"])


class ArchivedForm(forms.Form):
    """The archive has got a bundle, and which of them."""

    bundle_id = forms.TypedChoiceField(label="Hvilken pakke fikk arkivet?", coerce=UUID, widget=forms.RadioSelect)

    reference = TextField(
        label="Arkivets saksnummer", max_length=60, help_text="For eksempel 2026/1234. Ikke skriv navn."
    )
    received_on = forms.DateField(label="Når fikk arkivet den?", widget=DayInput)

    def __init__(self, *args: Any, bundles: Iterable[Bundle], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        made = [(str(each.pk), _called(each)) for each in bundles]
        self.fields["bundle_id"].choices = made  # type: ignore[attr-defined]
        if len(made) == 1:
            self.initial["bundle_id"] = made[0][0]

    def clean_reference(self) -> str:
        """A number, so that no name stays behind when the matter is gone."""
        said: str = self.cleaned_data["reference"]
        if not _NUMBER.fullmatch(said) or not any(sign.isdigit() for sign in said):
            raise forms.ValidationError(
                "Skriv saksnummeret slik arkivet ga det, med minst ett tall, for eksempel 2026/1234."
            )
        return said


def _called(bundle: Bundle) -> str:
    made = f"Laget {date_and_time(bundle.made_at)} av {bundle.made_by_name}"
    return f"{made}, {count(bundle.files, 'fil', 'filer')}, fingeravtrykk {bundle.sha256[:8]}"


class WithoutForm(forms.Form):
    """Files that no bundle can hold, and why they may go all the same."""

    chosen = forms.TypedMultipleChoiceField(
        label="Hvilke filer kan slettes uten at arkivet har dem?", coerce=UUID, widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Noe har endret seg siden du åpnet siden. Se over listen på nytt."},
    )  # fmt: skip
    reason = LongTextField(label="Hvorfor?", max_length=2000)

    def __init__(self, *args: Any, files: Iterable[Attachment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["chosen"].choices = [(str(each.pk), called(each)) for each in files]  # type: ignore[attr-defined]


class LongerForm(forms.Form):
    """Keep it past its time."""

    until = forms.DateField(label="Behold til og med", widget=DayInput)
    reason = LongTextField(label="Hvorfor må den beholdes lenger?", max_length=2000)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_until(self) -> date:
        """A day to come."""
        day: date = self.cleaned_data["until"]
        with in_form():
            check_hold(day, self.today)
        return day
