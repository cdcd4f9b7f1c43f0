"""What the team says of a year."""

from tenants.outreach.year_queries import PARTS
from varde.ui.fields import LongTextField
from varde.ui.seen import SeenForm


class WordsForm(SeenForm):
    """Three questions; nobody's name."""

    went_well = LongTextField(label=PARTS[0][1], required=False, max_length=8000)
    learned = LongTextField(label=PARTS[1][1], required=False, max_length=8000)
    coming = LongTextField(
        label=PARTS[2][1],
        required=False,
        max_length=8000,
        help_text="Ledere og referansegruppen leser dette. Skriv ingen navn, og ikke noe som kan kjennes igjen.",
    )

    def typed(self) -> dict[str, str]:
        """Of a valid form."""
        return {name: self.cleaned_data[name] for name, _ in PARTS}
