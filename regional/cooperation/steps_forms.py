"""What is typed in the guided steps, about the year's money, and about a paper."""

from collections.abc import Iterable, Mapping
from typing import Any, cast
from uuid import UUID

from django import forms

from regional.cooperation.money import Figures
from regional.cooperation.terms import Party
from regional.lines.forms import FromForm
from shared.registry.models import Office
from varde.documents.uploads import SentFile
from varde.ui.fields import LongTextField, TextField
from varde.ui.seen import SeenForm
from varde.ui.widgets import DayInput

MONEY = ("planned", "received", "used")
_MONEY = {"planned": "Planlagt", "received": "Mottatt", "used": "Brukt"}


class StepForm(FromForm):
    """Which kommune a step is about, and from when."""

    kommune = forms.ChoiceField(
        label="Hvilken kommune?",
        error_messages={"required": "Velg en kommune.", "invalid_choice": "Velg en kommune fra listen."},
    )
    field_order = ("kommune", "begins", "day", "clock")

    def __init__(self, *args: Any, offices: Iterable[Office], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offices = {str(office.id): office for office in offices}
        choices = [("", "Velg kommune"), *((key, f"{one.name} ({one.number})") for key, one in self.offices.items())]
        cast(forms.ChoiceField, self.fields["kommune"]).choices = choices

    def chosen(self) -> Office:
        """The kommune; of a valid form."""
        return self.offices[self.cleaned_data["kommune"]]


class SendForm(forms.Form):
    """The terms to a kommune."""

    answer_by = forms.DateField(label="Svar ønskes innen", required=False, widget=DayInput)
    message = LongTextField(label="Noen ord til kommunen", required=False, max_length=2000)


class FinishForm(forms.Form):
    """That what follows was seen, and which list it was."""

    seen = forms.CharField(widget=forms.HiddenInput)
    agreed = forms.BooleanField(
        label="Jeg har lest hva som skjer, og det som må gjøres før, er gjort eller avtalt",
        error_messages={"required": "Kryss av når du har lest hva som skjer."},
    )


class CancelForm(forms.Form):
    """Why a step is called off."""

    why = TextField(label="Hvorfor avbrytes steget?", max_length=300)


class TakeBackForm(forms.Form):
    """Why something that was to end does not."""

    why = TextField(label="Hvorfor trekkes det tilbake?", max_length=300)


class MoneyForm(SeenForm):
    """The grant of a year, and what each party was to have, got and used. Whole kroner."""

    grant = forms.IntegerField(label="Tilskudd til fordeling (kroner)", required=False, min_value=0)

    def __init__(self, *args: Any, parties: Iterable[Party], figures: Figures, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parties = list(parties)
        self.fields["grant"].initial = figures.get((None, "grant"))
        self.fieldsets = [("Tilskuddet", "", ["grant"])]
        for party in self.parties:
            names = [f"{what}_{party.id}" for what in MONEY]
            for what, name in zip(MONEY, names, strict=True):
                self.fields[name] = forms.IntegerField(
                    label=f"{_MONEY[what]} (kroner)", required=False, initial=figures.get((party.id, what))
                )
            self.fieldsets.append((party.name, "", names))

    def figures(self) -> Mapping[tuple[UUID | None, str], int]:
        """What was typed; an empty field says nothing."""
        data = self.cleaned_data
        found: dict[tuple[UUID | None, str], int | None] = {(None, "grant"): data["grant"]}
        found |= {(party.id, what): data[f"{what}_{party.id}"] for party in self.parties for what in MONEY}
        return {key: kroner for key, kroner in found.items() if kroner is not None}


class DocumentForm(forms.Form):
    """A paper of the agreement."""

    title = TextField(
        label="Hva er dokumentet?", max_length=200, help_text="For eksempel: Signert avtale, vedtak i kommunestyret."
    )
    file = forms.FileField(
        label="Fil",
        required=False,
        help_text="PDF, Word eller OpenDocument, opptil 25 MB.",
        widget=forms.FileInput(attrs={"accept": ".pdf,.docx,.odt"}),
        allow_empty_file=True,
    )

    def sent(self) -> SentFile | None:
        """The file as it was sent; None without one."""
        found = self.files.get("file")
        return found if isinstance(found, SentFile) else None
