"""The words of a card in one language."""

from django import forms

from tenants.outreach.cards_queries import FIELDS
from varde.ui.fields import LongTextField, TextField
from varde.ui.seen import SeenForm

APPROVE = "godkjenn"
_UNREAD = "Kryss av når en som kan språket godt, har lest teksten. Uten det kan den lagres som utkast."


class WordsForm(SeenForm):
    """Every piece of the card; `proofread` is needed to approve."""

    title = TextField(label="Overskrift", max_length=200)
    lead = LongTextField(label="Hva TryggEst er", max_length=500)
    ring = TextField(label="«Ring»", max_length=100, help_text="Står foran kommunens telefonnummer.")
    web = TextField(label="«Eller meld fra på nett»", max_length=200)
    code = TextField(
        label="«QR-kode til»", max_length=100, help_text="Leses opp for den som ikke ser koden, foran adressen."
    )
    anonymous = LongTextField(label="At en kan være anonym", max_length=500)
    urgent = LongTextField(label="Hva en gjør når det haster", max_length=500, help_text="Må ha med 112 og 113.")
    lines = LongTextField(label="Andre å ringe", max_length=1000, required=False, help_text="Én på hver linje.")
    proofread = forms.BooleanField(label="En som kan språket godt, har lest teksten.", required=False)

    @property
    def approves(self) -> bool:
        """Was it sent to be approved?"""
        return self.data.get("do") == APPROVE

    def clean_urgent(self) -> str:
        """A card without the numbers to call could cost a life."""
        said = str(self.cleaned_data["urgent"])
        if not ("112" in said and "113" in said):
            raise forms.ValidationError("Ta med 112 og 113.")
        return said

    def clean(self) -> None:
        """Approved is only what somebody who knows the language has read."""
        if self.approves and not self.cleaned_data.get("proofread"):
            self.add_error("proofread", _UNREAD)

    def typed(self) -> dict[str, str]:
        """Of a valid form."""
        return {name: self.cleaned_data[name] for name in FIELDS}
