"""Files can be marked as laid wrongly: folded, left out of what goes elsewhere, and opened only with a reason."""

from typing import Any

from tenants.inbox import attachments
from tenants.inbox.attached import Attachment
from tenants.inbox.home import home_of
from tenants.inbox.mistakes_queries import Asked, Kind
from varde.refusal import Refused
from varde.ui.dates import date_and_time
from varde.ui.gone import words


def _says(row: Attachment) -> list[tuple[str, str]]:
    later = next((one for one in attachments.later_of(row.concern_id) if one.attachment_id == row.pk), None)
    laid: list[tuple[str, str]] = []
    if later is not None:
        laid = [
            ("Lagt ved", f"{date_and_time(later.at)} av {later.by_name}"), ("Kom fra", words(later, "came_from")),
        ]  # fmt: skip
    return [("Fil", attachments.called(row)), ("Filnavn", words(row, "name")), *laid]


def _check(row: Any) -> None:
    if row.concern.progress == "received":
        raise Refused("Ingen har åpnet bekymringen ennå. Åpne den først.")


FILE = Kind(
    "vedlegg",
    Attachment,
    "et vedlegg",
    _says,
    lambda row: f"{home_of(row.concern).address}#vedlegg",
    Asked(
        "Merk vedlegget som feilført",
        "Filen slettes ikke. Den foldes sammen med navnet ditt og grunnen, og følger ikke med når saken overføres "
        "eller noen får innsyn. Bare originalen kan åpnes, og den som gjør det, må oppgi en grunn.",
        "Hva er feil?",
        "Merk som feilført",
        "Merket som feilført.",
    ),
    check=_check,
)
