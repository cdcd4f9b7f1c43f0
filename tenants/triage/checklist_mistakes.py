"""Calls to 112, 113 and 116 117 can be marked as entered wrongly."""

from tenants.inbox.home import home_of
from tenants.inbox.mistakes_queries import Kind, as_mistake
from tenants.triage.checklist_models import EmergencyCall
from varde.ui.dates import date_and_time
from varde.ui.gone import words


def _says(row: EmergencyCall) -> list[tuple[str, str]]:
    return [
        ("Skrevet", f"{date_and_time(row.at)} av {row.by_name}"),
        ("Ringt", f"{row.whom} {date_and_time(row.called_at)}"),
        ("Hvem ringte", words(row, "caller")),
        ("Hva ble sagt", words(row, "outcome")),
    ]


CALL = Kind(
    "nodsamtale", EmergencyCall, "en samtale med nødetat", _says, lambda row: home_of(row.concern).address,
    as_mistake("samtalen"),
)  # fmt: skip
