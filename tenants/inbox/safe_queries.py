"""What is known of how the people of a matter are safely reached. Who may see it: those who see the matter."""

from tenants.inbox import callbacks_access
from tenants.inbox.calls_models import Caller
from tenants.inbox.models import Concern
from tenants.inbox.safe import CALLER, REPORTER, WHOSE, Piece, Safe, as_told, from_told, gather, told_elsewhere
from varde.privacy.errors import Destroyed
from varde.privacy.fields import open_together
from varde.ui.dates import date_and_time
from varde.ui.gone import GONE, words


def of_matter(concern: Concern) -> list[Safe]:
    """Of each person what holds now; nothing before somebody has opened the concern."""
    if concern.progress == "received":
        return []
    told = Piece(WHOSE[REPORTER], concern.received_at, from_told(words(concern, "safe_contact")), REPORTER)
    return gather([*told_elsewhere(concern), told, *callbacks_access.said_in(concern), *_callers(concern)])


def _callers(concern: Concern) -> list[Piece]:
    """Whoever rang later need not be whoever reported: each stands apart, without a name."""
    rows = list(Caller.objects.filter(concern=concern).order_by("at", "id"))
    open_together(rows)
    return [
        Piece(f"Sagt i en samtale {date_and_time(row.at)}", row.at, _said(row), f"{CALLER}{row.id}") for row in rows
    ]


def _said(row: Caller) -> dict[str, str]:
    try:
        said = {name: str(row.told.get(name, "")) for name in ("safe_contact", "listening", "interpreter")}
    except Destroyed:
        return {"safe_ways": GONE}
    return from_told(as_told(said["safe_contact"], said["listening"], said["interpreter"]))
