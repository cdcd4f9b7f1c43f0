"""A draft that somebody has begun can be discarded: it is marked, and stays as it was written."""

from tenants.cases.queries import locked
from tenants.cases.states import check_open
from tenants.inbox.mistakes_queries import Asked, Kind
from tenants.risk.models import Assessment
from varde.refusal import Refused
from varde.ui.dates import date_and_time


def _check(draft: Assessment) -> None:
    check_open(locked(draft.case).state)
    fresh = Assessment.objects.select_for_update().get(pk=draft.pk)
    if fresh.signed_at is not None:
        raise Refused(f"{fresh.signed_by_name} har signert vurderingen. Den kan ikke forkastes. Lag en ny i stedet.")


def _says(draft: Assessment) -> list[tuple[str, str]]:
    return [
        ("Begynt", f"{date_and_time(draft.made_at)} av {draft.made_by_name}"),
        ("Sist lagret", f"{date_and_time(draft.saved_at)} av {draft.saved_by_name}"),
    ]


DRAFT = Kind(
    "risiko",
    Assessment,
    "et utkast til risikovurdering, forkastet",
    _says,
    lambda draft: f"/saker/{draft.case_id}/risiko",
    Asked(
        "Forkast utkastet",
        "Utkastet kan ikke signeres lenger. Det som er skrevet, blir stående i saken med navnet ditt og grunnen.",
        "Hvorfor forkastes utkastet?",
        "Forkast utkastet",
        "Utkastet er forkastet.",
    ),
    _check,
    word="Forkastet",
)
