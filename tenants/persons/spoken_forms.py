"""What is typed about the person's voice, the first contact, and dangers."""

from datetime import date
from typing import Any

from django import forms

from tenants.persons.models import Person
from tenants.persons.queries import shown_name
from tenants.persons.spoken_actions import Told
from tenants.persons.voice import (
    CAPACITIES,
    CONSENTS,
    CONTACTS,
    DANGERS,
    HELPED,
    STAGES,
    WORDS,
    Contact,
    Said,
    check_contact,
    check_review,
    check_said,
)
from varde.ui.fields import LongTextField, TextField, in_form
from varde.ui.widgets import DayInput


class _ByPerson(forms.Form):
    """A form with a choice among the persons of the matter."""

    def __init__(self, *args: Any, persons: list[Person], nobody: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.persons = {str(each.pk): each for each in persons}
        named = [(key, shown_name(each)) for key, each in self.persons.items()]
        self.fields["person"].choices = [("", nobody), *named]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Person | None:
        """The person, or nobody; of a valid form."""
        return self.persons.get(self.cleaned_data["person"])


_PERSON = {"invalid_choice": "Velg en person i denne saken."}


class VoiceForm(_ByPerson):
    """What the person says now."""

    stage = forms.ChoiceField(label="Hvor i saken er dere?", choices=STAGES, widget=forms.RadioSelect, initial="start")
    person = forms.ChoiceField(label="Hvem gjelder det?", required=False, error_messages=_PERSON)
    words = forms.ChoiceField(label="Hvem kommer ordene fra?", choices=WORDS, widget=forms.RadioSelect)
    wants = LongTextField(label="Hva ønsker personen?", required=False, max_length=8000)
    consent = forms.ChoiceField(label="Samtykker personen?", choices=CONSENTS, initial="not_asked")
    consent_why = TextField(
        label="Hvorfor ikke samtykke?", required=False, max_length=1000, help_text="Når svaret er nei eller kan ikke."
    )
    capacity = forms.ChoiceField(label="Samtykkekompetanse", choices=CAPACITIES, initial="not_assessed")
    guardian = TextField(label="Verge", required=False)
    supporter = TextField(label="Støtteperson", required=False)
    interpreter = TextField(label="Tolk, hvilket språk?", required=False, max_length=80)
    safe_contact = TextField(label="Trygge måter og tider å nå personen på", required=False, max_length=500)
    not_safe = TextField(label="Måter og tider som ikke er trygge", required=False, max_length=500)
    not_on_voicemail = TextField(label="Hva må ikke legges igjen på svarer?", required=False, max_length=500)
    listening = TextField(
        label="Hvem kan høre på?",
        required=False,
        max_length=500,
        help_text="Noen som bor der, eller som svarer på telefonen.",
    )
    safe_with = TextField(label="Hvem er det trygt å snakke med eller ha til stede?", required=False, max_length=500)
    helped = forms.ChoiceField(label="Hjalp det?", choices=[("", "Ikke spurt ennå"), *HELPED], required=False)
    helped_words = LongTextField(label="Om hjelpen, med personens ord", required=False, max_length=8000)
    fieldsets = (
        ("Når og hvem", "", ["stage", "person", "words"]),
        ("Ønsker og samtykke", "", ["wants", "consent", "consent_why", "capacity"]),
        (
            "Støtte og trygg kontakt",
            "Det som er sagt før, står i feltene. Gjelder noe ikke lenger, skriv det som gjelder nå.",
            [
                "guardian",
                "supporter",
                "interpreter",
                "safe_contact",
                "not_safe",
                "not_on_voicemail",
                "listening",
                "safe_with",
            ],
        ),
        ("Ved slutten", "", ["helped", "helped_words"]),
    )

    def clean(self) -> dict[str, Any]:
        """What belongs together is there together."""
        data = super().clean() or self.cleaned_data
        if not self.errors:
            for name, sentence in check_said(self.said(), data["stage"]).items():
                self.add_error(name, sentence)
        return data

    def said(self) -> Said:
        """Of a form whose fields are valid."""
        return Said(**{name: self.cleaned_data[name] for name in Said.__dataclass_fields__})


class ContactForm(forms.Form):
    """The first contact with somebody who has no services: planned before, filled in after."""

    who = TextField(label="Hvem tar kontakt?", help_text="Gjerne noen personen kjenner fra før.")
    where = TextField(label="Hvor?")
    safe_how = LongTextField(label="Hvordan gjøres det trygt?", max_length=4000)
    if_refused = LongTextField(label="Hva gjør dere hvis personen takker nei?", max_length=4000)
    state = forms.ChoiceField(label="Hvordan gikk det?", choices=CONTACTS, widget=forms.RadioSelect, initial="planned")
    follow_up = LongTextField(
        label="Oppfølging", required=False, max_length=4000, help_text="Må fylles ut når faren kan øke."
    )

    def clean(self) -> dict[str, Any]:
        """A growing danger has its follow-up."""
        data = super().clean() or self.cleaned_data
        if not self.errors:
            for name, sentence in check_contact(self.contact()).items():
                self.add_error(name, sentence)
        return data

    def contact(self) -> Contact:
        """Of a form whose fields are valid."""
        return Contact(**{name: self.cleaned_data[name] for name in Contact.__dataclass_fields__})


class WarningForm(_ByPerson):
    """A danger to those who visit."""

    kind = forms.ChoiceField(label="Hva er faren?", choices=DANGERS, widget=forms.RadioSelect)
    text = LongTextField(label="Hva må den som skal dit, vite?", max_length=4000)
    person = forms.ChoiceField(label="Gjelder det en person?", required=False, error_messages=_PERSON)
    place = TextField(
        label="Gjelder det et sted?", required=False, help_text="Velg personen i stedet når adressen er skjermet."
    )
    ground = TextField(
        label="Hvordan vet dere det?",
        max_length=500,
        help_text="For eksempel: sett av hjemmetjenesten 3. mai, fortalt av personen, opplyst av politiet.",
    )
    review_on = forms.DateField(
        label="Når skal advarselen ses på igjen?",
        widget=DayInput,
        help_text="Innen et år. Før, hvis faren kan gå over.",
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_review_on(self) -> date:
        """Not past, and within a year."""
        return _checked_day(self.cleaned_data["review_on"], self.today)

    def clean(self) -> dict[str, Any]:
        """Of somebody or somewhere."""
        data = super().clean() or self.cleaned_data
        if not (data.get("person") or data.get("place")):
            self.add_error("person", "Velg en person, eller skriv stedet advarselen gjelder.")
        return data

    def told(self) -> Told:
        """Of a valid form."""
        data = self.cleaned_data
        return Told(data["kind"], data["text"], data["review_on"], self.chosen, data["place"], data["ground"])


def _checked_day(day: date, today: date) -> date:
    with in_form():
        check_review(day, today)
    return day


class RenewForm(forms.Form):
    """Until when a warning that still holds is good."""

    again_on = forms.DateField(label="Gjelder fortsatt. Når skal den ses på igjen?", widget=DayInput)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_again_on(self) -> date:
        """Not past, and within a year."""
        return _checked_day(self.cleaned_data["again_on"], self.today)


class EndForm(forms.Form):
    """Why a warning is over."""

    reason = TextField(label="Hvorfor gjelder advarselen ikke lenger?", max_length=500)
