"""A signature as paper: the text as it was, who signed, and the text's print."""

from regional.phone.declaration_models import Declaration
from varde.documents.paper import Facts, Heading, Paper, Text
from varde.ui.dates import date_and_time, short_date


def paper(row: Declaration, office: str) -> Paper:
    """The same each time: its day is the day of the signature."""
    facts = (
        ("Signert av", row.name),
        ("Konto", row.user.email),
        ("Signert", date_and_time(row.signed_at)),
        ("Gjelder til og med", short_date(row.valid_until)),
        ("Tekstens avtrykk (SHA-256)", row.sha256),
    )
    lead = "Signert elektronisk i Varde, etter ny bekreftelse av hvem som signerte."
    return Paper(
        row.title, office, row.signed_at, (Text(row.text), Heading("Signatur"), Facts(facts)), lead=lead, mark=""
    )
