"""What the log of contact says can be marked as entered wrongly."""

from tenants.inbox.home import home_of
from tenants.inbox.mistakes_queries import Kind, as_mistake
from tenants.measures.contacts_models import CaseContact
from varde.ui.dates import date_and_time, short_date
from varde.ui.gone import words


def _says(row: CaseContact) -> list[tuple[str, str]]:
    name = row.partner.name if row.partner else ""
    return [
        ("Ført", f"{date_and_time(row.at)} av {row.by_name}"),
        ("Kontakt", f"{short_date(row.held_on)}, {row.get_way_display().lower()}"),
        ("Med", ", ".join(filter(None, (name, words(row, "who"))))),
        ("Sagt eller avtalt", words(row, "text")),
    ]


CONTACT = Kind(
    "kontakt", CaseContact, "en kontakt med andre", _says, lambda row: f"{home_of(row.concern).address}/kontakter",
    as_mistake("kontakten"),
)  # fmt: skip
