"""A message to the reporter that they have not read yet can be withdrawn; the words stay in the matter, marked."""

from django.db import connection

from tenants.inbox.mistakes_queries import Asked, Kind
from tenants.inbox.models import ReporterMessage
from tenants.inbox.queries import wait_for_talk
from varde.refusal import Refused
from varde.ui.dates import date_and_time
from varde.ui.gone import words

READ = "Melderen har alt åpnet meldingen. Den kan ikke trekkes tilbake. Skriv en ny i stedet."


def check_unread(message: ReporterMessage) -> None:
    """Raise Refused for a message that whoever holds the receipt may have read; nobody reads it while it is asked."""
    wait_for_talk(message.concern_id)
    with connection.cursor() as cursor:
        cursor.execute("SELECT receipt_looked(%s)", [message.pk])
        (looked,) = cursor.fetchone()
    if looked:
        raise Refused(READ)


def _says(message: ReporterMessage) -> list[tuple[str, str]]:
    return [("Skrevet", date_and_time(message.at)), ("Melding", words(message, "text"))]


KIND = Kind(
    "melding",
    ReporterMessage,
    "en melding til melderen, trukket tilbake",
    _says,
    lambda message: f"/innboks/{message.concern_id}#melder",
    Asked(
        "Trekk meldingen tilbake",
        "Melderen ser at en melding er trukket tilbake, men ikke hva som sto der. I saken blir den stående.",
        "Hvorfor trekkes meldingen tilbake?",
        "Trekk tilbake",
        "Meldingen er trukket tilbake.",
    ),
    check=check_unread,
    word="Trukket tilbake",
)
