"""Contact about a case, as it is typed."""

from typing import Any

from django import forms

from tenants.measures.contacts_actions import Contact
from tenants.team.partners_forms import ContactForm
from tenants.team.partners_models import Partner
from varde.ui.fields import LongTextField, TextField


class CaseContactForm(ContactForm):
    """Whom, when, how, and what was said."""

    partner = forms.ChoiceField(label="Hvilken samarbeidspart?", required=False)
    who = TextField(label="Hvem snakket dere med?", max_length=200, required=False)
    text = LongTextField(label="Hva ble sagt eller avtalt?", max_length=8000)
    field_order = ["partner", "who"]

    def __init__(self, *args: Any, partners: list[Partner], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.partners = {str(row.id): row for row in partners}
        choices = [("", "Ingen av dem"), *((key, row.name) for key, row in self.partners.items())]
        self.fields["partner"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Somebody must be named, one way or the other."""
        data = super().clean() or self.cleaned_data
        if not data.get("partner") and not data.get("who") and "who" not in self.errors:
            self.add_error("who", "Velg en samarbeidspart, eller skriv hvem dere snakket med.")
        return data

    def case_contact(self) -> Contact:
        """Of a valid form."""
        data = self.cleaned_data
        partner = self.partners.get(data["partner"])
        return Contact(partner, data["who"], data["held_on"], data["way"], data["reached"] == "yes", data["text"])
