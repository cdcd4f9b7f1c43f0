"""What is typed about a request that is in no matter."""

from datetime import date
from typing import Any

from django import forms

from tenants.insight.inquiry import ASKERS, Inquirer, check_identity
from tenants.insight.inquiry_actions import Asked
from tenants.insight.states import IDENTITIES, check_received
from tenants.persons.states import checked_id_number
from varde.ui.fields import LongTextField, TextField, in_form
from varde.ui.refusals import refusal_on
from varde.ui.widgets import DayInput


class InquiryForm(forms.Form):
    """A request as it came. Nothing that was typed is lost by a fault."""

    name = TextField(label="Navn", help_text="Hele navnet, slik personen selv sier det.")
    id_number = TextField(
        label="Fødselsnummer eller D-nummer", required=False, max_length=20,
        help_text="Gjør søket sikrere. Bare når personen vil oppgi det.",
    )  # fmt: skip
    born_on = TextField(
        label="Fødselsdato", required=False, max_length=40, help_text="Hjelper dere å skille to med samme navn."
    )
    phone = TextField(label="Telefon", required=False, max_length=60)
    address = TextField(
        label="Adressen svaret sendes til", required=False,
        help_text="Har personen adressesperre, skriver dere den ikke her. Avtal en annen måte å gi svaret på.",
    )  # fmt: skip
    asker = forms.ChoiceField(label="Hvem ber om innsyn?", choices=ASKERS, widget=forms.RadioSelect)
    asker_name = TextField(label="Navnet på den som ber, hvis det er en annen", required=False)
    identity = forms.ChoiceField(label="Hvordan vet dere hvem det er?", choices=IDENTITIES, widget=forms.RadioSelect)
    received_on = forms.DateField(
        label="Hvilken dag kom kravet?", widget=DayInput, help_text="Fristen er én måned fra denne dagen."
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_id_number(self) -> str:
        """Eleven digits that fit together."""
        with in_form():
            return checked_id_number(self.cleaned_data["id_number"])

    def clean_received_on(self) -> date:
        """A day that has been, within a year."""
        day: date = self.cleaned_data["received_on"]
        with in_form():
            check_received(day, self.today)
        return day

    def clean(self) -> dict[str, Any]:
        """Whoever asks for another has shown that they may."""
        data = super().clean() or self.cleaned_data
        if data.get("asker") and data.get("identity"):
            with refusal_on(self, "identity"):
                check_identity(data["asker"], data["identity"])
        return data

    def about(self) -> Inquirer:
        """Of a valid form."""
        data = self.cleaned_data
        return Inquirer(data["name"], data["id_number"], data["born_on"], data["phone"], data["address"])

    def asked(self) -> Asked:
        """Of a valid form."""
        data = self.cleaned_data
        return Asked(data["asker"], data["identity"], data["received_on"], data["asker_name"])


class WithdrawForm(forms.Form):
    """Taken back, and how the team knows."""

    reason = LongTextField(label="Hvordan fikk dere vite at kravet er trukket?", max_length=4000)
