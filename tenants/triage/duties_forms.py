"""The duties of a matter as they are weighed: an answer and a reason each."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms

from shared.codes.duties import Duty, duties
from tenants.triage.duties import ANSWERS
from tenants.triage.duties_actions import Answer
from tenants.triage.tell_actions import ToTell
from tenants.triage.tell_forms import NOT_HERE
from varde.days import check_to_come
from varde.identity.choosing import let_choose
from varde.identity.models import User
from varde.ui.dates import day_of
from varde.ui.fields import LongTextField, TextField
from varde.ui.refusals import refusal_on
from varde.ui.seen import resent
from varde.ui.widgets import DayInput

_TELLS = ("teller", "to", "due")


@dataclass(frozen=True, slots=True)
class Part:
    """One duty on the page."""

    duty: Duty
    fields: list[forms.BoundField]
    tells: list[forms.BoundField]
    seen: forms.BoundField

    @property
    def tells_open(self) -> bool:
        """Is anything said of who tells, or asked for?"""
        return self.fields[0].value() == "yes" or any(field.value() or field.errors for field in self.tells)


class DutiesForm(forms.Form):
    """Every duty on one page; those that nobody answers now stay as they are."""

    optional_said = True
    says_when = {f"reason_{each.code}": "Må fylles ut når du svarer" for each in duties()}

    def __init__(self, *args: Any, newest: dict[str, str], owners: list[User], now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = day_of(now)
        for each in duties():
            self.fields[f"seen_{each.code}"] = forms.CharField(
                required=False, widget=forms.HiddenInput, initial=newest.get(each.code, "")
            )
            self.fields[f"answer_{each.code}"] = forms.ChoiceField(
                label=each.question, choices=ANSWERS, required=False, widget=forms.RadioSelect
            )
            self.fields[f"reason_{each.code}"] = LongTextField(label="Begrunnelse", required=False, max_length=4000)
            self._ask_who_tells(each.code)
        self.people = let_choose(self, [f"teller_{each.code}" for each in duties()], owners)

    def _ask_who_tells(self, code: str) -> None:
        self.fields[f"teller_{code}"] = forms.ChoiceField(
            label="Hvem melder fra?", required=False, error_messages=NOT_HERE
        )
        self.fields[f"to_{code}"] = TextField(
            label="Til hvem?", required=False, max_length=200, help_text="For eksempel barnevernet eller politiet."
        )
        self.fields[f"due_{code}"] = forms.DateField(label="Innen når?", required=False, widget=DayInput)

    @property
    def parts(self) -> list[Part]:
        """Duty by duty, for the page."""
        return [
            Part(
                each,
                [self[f"answer_{each.code}"], self[f"reason_{each.code}"]],
                [self[f"{name}_{each.code}"] for name in _TELLS],
                self[f"seen_{each.code}"],
            )
            for each in duties()
        ]

    def clean(self) -> dict[str, Any]:
        """An answer has its reason and a reason its answer; something must be answered."""
        data = super().clean() or self.cleaned_data
        answered = False
        for each in duties():
            answer, reason = data.get(f"answer_{each.code}"), data.get(f"reason_{each.code}")
            answered |= bool(answer or reason)
            if answer and not reason and f"reason_{each.code}" not in self.errors:
                self.add_error(f"reason_{each.code}", f"Skriv hvorfor du svarer slik om «{each.label}».")
            if reason and not answer and f"answer_{each.code}" not in self.errors:
                self.add_error(f"answer_{each.code}", f"Velg et svar om «{each.label}».")
            self._check_who_tells(each, data)
        if not answered and not self.errors:
            self.add_error(None, "Svar på minst én av pliktene.")
        return data

    def _check_who_tells(self, each: Duty, data: dict[str, Any]) -> None:
        """All of it for a yes, and none of it for anything else."""
        names = [f"{name}_{each.code}" for name in _TELLS]
        missing = (
            f"Velg hvem som melder fra om «{each.label}».", "Skriv hvem som skal få meldingen.", "Velg innen når.",
        )  # fmt: skip
        for name, sentence in zip(names, missing, strict=True):
            if name in self.errors:
                continue
            if data.get(f"answer_{each.code}") == "yes" and not data.get(name):
                self.add_error(name, sentence)
            elif data.get(f"answer_{each.code}") != "yes" and data.get(name):
                self.add_error(name, "Dette fylles bare ut når svaret er ja.")
        if data.get(names[-1]) and names[-1] not in self.errors:
            with refusal_on(self, names[-1]):
                check_to_come(data[names[-1]], self.today)

    def _who_tells(self, code: str) -> ToTell | None:
        data = self.cleaned_data
        if data[f"answer_{code}"] != "yes":
            return None
        return ToTell(self.people[data[f"teller_{code}"]], data[f"to_{code}"], data[f"due_{code}"])

    def given(self) -> list[Answer]:
        """Of a valid form."""
        data = self.cleaned_data
        return [
            Answer(
                each.code,
                data[f"answer_{each.code}"],
                data[f"reason_{each.code}"],
                self.data.get(f"seen_{each.code}"),
                self._who_tells(each.code),
            )
            for each in duties()
            if data[f"answer_{each.code}"]
        ]

    def told(self, sentence: str, newest: dict[str, str]) -> None:
        """Show the sentence, and let the next sending know of the newest answers."""
        self.data = resent(self.data, {f"seen_{code}": row_id for code, row_id in newest.items()})
        self.add_error(None, sentence)
