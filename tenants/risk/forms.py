"""What is typed in an assessment, as its template asks; and a template's file."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString

from shared.codes.templates import Item, Scale, Step, Template
from tenants.risk.states import Given
from varde.days import A_YEAR, check_to_come
from varde.ui.fields import LongTextField, in_form
from varde.ui.seen import SeenForm
from varde.ui.widgets import DayInput

NOT_ANSWERED = ("", "Ikke besvart")
_GONE = {"invalid_choice": "Dette svaret finnes ikke i malen."}


def _choices(scale: Scale) -> list[tuple[str, str | SafeString]]:
    return [(str(step.value), _said(step)) for step in scale.steps]


def _said(step: Step) -> str | SafeString:
    return format_html("<strong>{}</strong>: {}", step.label, step.text) if step.text else step.label


class AssessmentForm(SeenForm):
    """One field for each question, words for each part, the level with its reasons, and when to do it again.

    Everything may be left open until somebody signs; what the signature needs is marked as such from the start.
    """

    use_required_attribute = False

    def __init__(
        self, *args: Any, template: Template, today: date, last: Given | None = None, warn: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.template, self.today, self.last = template, today, last
        self.fieldsets: list[tuple[str, str, list[str]]] = []
        for section in template.sections:
            names = [self._ask(item) for item in section.items]
            if section.reasoning:
                name = f"b-{section.id}"
                self.fields[name] = LongTextField(label="Hva bygger dere på?", max_length=8000)
                names.append(name)
            self.fieldsets.append((section.title, section.help, names))
        self._ask_for_level()
        if warn:
            self.fields["knows"] = forms.BooleanField(
                label="Jeg vet at jeg ikke har gyldig RITE-sertifisering",
                help_text="Du kan signere likevel. Det står på vurderingen og på saken at den er signert uten.",
            )

    def _ask(self, item: Item) -> str:
        scale, name = self.template.scale(item), f"i-{item.id}"
        told = scale.label_of(self.last.items.get(item.id)) if self.last else ""
        self.fields[name] = forms.ChoiceField(
            label=item.text,
            required=item.required,
            choices=[NOT_ANSWERED, *_choices(scale)],
            widget=forms.RadioSelect,
            help_text=" ".join(filter(None, [item.help, f"Sist: {told}." if told else ""])),
            error_messages=_GONE,
        )
        return name

    def _ask_for_level(self) -> None:
        told = self.template.level.label_of(self.last.level) if self.last else ""
        self.fields["level"] = forms.ChoiceField(
            label="Hvor stor er risikoen samlet?",
            choices=[NOT_ANSWERED, *_choices(self.template.level)],
            widget=forms.RadioSelect,
            help_text=f"Dere velger nivået. Varde regner ikke.{f' Sist: {told}.' if told else ''}",
            error_messages=_GONE,
        )
        self.fields["reason"] = LongTextField(
            label="Hvorfor dette nivået?", max_length=8000,
            help_text="Si også hva som kan gjøre risikoen høyere eller lavere.",
        )  # fmt: skip
        self.fields["next_on"] = forms.DateField(label="Når skal dere vurdere på nytt?", widget=DayInput)
        self.fieldsets.append(("Samlet vurdering", "", ["level", "reason", "next_on"]))

    def full_clean(self) -> None:
        """A draft may have gaps: what must be there is asked for when somebody signs (`states.missing`)."""
        needed = [field for field in self.fields.values() if field.required]
        for field in needed:
            field.required = False
        super().full_clean()
        for field in needed:
            field.required = True

    def clean_next_on(self) -> date | None:
        """A day to come, or none yet."""
        day: date | None = self.cleaned_data["next_on"]
        if day is not None:
            with in_form():
                check_to_come(day, self.today, A_YEAR)
        return day

    def given(self) -> Given:
        """Of a valid form."""
        data = self.cleaned_data
        return Given(
            items={item.id: int(data[f"i-{item.id}"]) for item in self.template.items if data[f"i-{item.id}"]},
            words={part.id: data[f"b-{part.id}"] for part in self.template.sections if data.get(f"b-{part.id}")},
            level=int(data["level"]) if data["level"] else None,
            reason=data["reason"],
        )


@dataclass(frozen=True, slots=True)
class Asked:
    """What a draft's form is made from; `last` where the same was asked last time, `warn` without certification."""

    template: Template
    today: date
    last: Given | None
    warn: bool

    def form(self, data: Any = None, initial: dict[str, Any] | None = None) -> AssessmentForm:
        """The form, empty or as it was sent."""
        return AssessmentForm(
            data, initial=initial, template=self.template, today=self.today, last=self.last, warn=self.warn
        )


def initial_of(given: Given, next_on: date | None, version: int) -> dict[str, Any]:
    """What the form shows of a draft."""
    items = {f"i-{key}": str(value) for key, value in given.items.items()}
    words = {f"b-{key}": text for key, text in given.words.items()}
    level = "" if given.level is None else str(given.level)
    return items | words | {"level": level, "reason": given.reason, "next_on": next_on, "seen": version}
