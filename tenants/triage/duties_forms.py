"""The duties of a matter as they are weighed: an answer and a reason each."""

from dataclasses import dataclass
from typing import Any

from django import forms

from shared.codes.duties import Duty, duties
from tenants.triage.duties import ANSWERS
from tenants.triage.duties_actions import Answer
from varde.ui.fields import LongTextField
from varde.ui.seen import resent


@dataclass(frozen=True, slots=True)
class Part:
    """One duty on the page."""

    duty: Duty
    fields: list[forms.BoundField]
    seen: forms.BoundField


class DutiesForm(forms.Form):
    """Every duty on one page; those that nobody answers now stay as they are."""

    def __init__(self, *args: Any, newest: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for each in duties():
            self.fields[f"seen_{each.code}"] = forms.CharField(
                required=False, widget=forms.HiddenInput, initial=newest.get(each.code, "")
            )
            self.fields[f"answer_{each.code}"] = forms.ChoiceField(
                label=each.question, choices=ANSWERS, required=False, widget=forms.RadioSelect
            )
            self.fields[f"reason_{each.code}"] = LongTextField(
                label="Begrunnelse", required=False, max_length=4000, help_text="Må fylles ut når du svarer."
            )

    @property
    def parts(self) -> list[Part]:
        """Duty by duty, for the page."""
        return [
            Part(each, [self[f"answer_{each.code}"], self[f"reason_{each.code}"]], self[f"seen_{each.code}"])
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
        if not answered and not self.errors:
            self.add_error(None, "Svar på minst én av pliktene.")
        return data

    def given(self) -> list[Answer]:
        """Of a valid form."""
        data = self.cleaned_data
        return [
            Answer(
                each.code, data[f"answer_{each.code}"], data[f"reason_{each.code}"], self.data.get(f"seen_{each.code}")
            )
            for each in duties()
            if data[f"answer_{each.code}"]
        ]

    def told(self, sentence: str, newest: dict[str, str]) -> None:
        """Show the sentence, and let the next sending know of the newest answers."""
        self.data = resent(self.data, {f"seen_{code}": row_id for code, row_id in newest.items()})
        self.add_error(None, sentence)
