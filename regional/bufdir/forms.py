"""What is written for a report, and that it was sent."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms

from regional.bufdir.actions import Written
from regional.bufdir.models import Kind
from varde.ui.fields import LongTextField, TextField
from varde.ui.screened import ScreenedForm
from varde.ui.widgets import DayInput

NO_PERSON = "Skriv ikke om personer."
_LONG = 6000


class BufdirForm(ScreenedForm):
    """Words beside the figures."""

    screened: ClassVar[tuple[str, ...]] = ("because", "explained", "comment")
    because = LongTextField(label="Hvorfor rettes rapporten?", max_length=1000, help_text=NO_PERSON)
    explained = LongTextField(
        label="Hva kommer det av at noe mangler eller ikke stemmer?", max_length=_LONG, required=False,
        help_text=f"Må skrives når noe ikke stemmer. {NO_PERSON}",
    )  # fmt: skip
    comment = LongTextField(
        label="Regionens kommentar til tallene", max_length=_LONG, required=False, help_text=NO_PERSON
    )

    def __init__(self, *args: Any, corrects: bool, must_explain: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["explained"].required = must_explain
        if not corrects:
            del self.fields["because"]

    def written(self) -> Written:
        """Of a valid form."""
        given: Mapping[str, str] = {
            name: self.cleaned_data[name] for name in self.screened if name in self.fields and name != "because"
        }
        return Written(given, self.cleaned_data.get("because", ""), self.reasons)


class GrantForm(BufdirForm):
    """What nobody registers is asked for."""

    screened: ClassVar[tuple[str, ...]] = ("because", "money", "activities", "reach", "results", "next", "explained")
    comment = None  # type: ignore[assignment]
    money = LongTextField(label="Hvordan er pengene brukt?", max_length=_LONG, required=False, help_text=NO_PERSON)
    activities = LongTextField(
        label="Andre aktiviteter enn tiltakene i handlingsplanen", max_length=_LONG, required=False,
        help_text=f"For eksempel fagdager, informasjon og møter. {NO_PERSON}",
    )  # fmt: skip
    reach = LongTextField(
        label="Hvem er nådd, og hvor mange?", max_length=_LONG, required=False,
        help_text=f"Ansatte, innbyggere og samarbeidspartnere. Antall der dere har det. {NO_PERSON}",
    )  # fmt: skip
    results = LongTextField(label="Hva har arbeidet ført til?", max_length=_LONG, required=False, help_text=NO_PERSON)
    next = LongTextField(label="Hva gjør dere neste år?", max_length=_LONG, required=False, help_text=NO_PERSON)


FORMS: Mapping[Kind, type[BufdirForm]] = {Kind.BUFDIR: BufdirForm, Kind.GRANT: GrantForm}


class SentForm(forms.Form):
    """That it was sent, by a person, somewhere else."""

    sent_on = forms.DateField(label="Dagen den ble sendt", widget=DayInput)
    reference = TextField(label="Mottakerens referanse", help_text="Saksnummer, kvittering eller hvem som tok imot.")
