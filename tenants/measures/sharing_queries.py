"""Asking about what was shared."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from tenants.inbox.models import Concern
from tenants.measures.sharing_links import hashes, hashes_before
from tenants.measures.sharing_models import Sharing
from tenants.measures.sharing_states import standing

STANDINGS = {
    "opened": "Åpnet",
    "revoked": "Trukket tilbake",
    "dead": "Stengt etter fem feil koder",
    "expired": "Utløpt uten å være åpnet",
    "waiting": "Ikke åpnet ennå",
}


@dataclass(frozen=True, slots=True)
class Tried:
    """What a link and a code gave: "open", "used" or "no"; of which matter; when it had been opened."""

    answer: str
    concern_id: UUID | None
    opened_at: datetime | None


def of_matter(concern: Concern, now: datetime) -> list[tuple[Sharing, str, str]]:
    """What was shared, the newest first, with the standing of its link as a code and in words."""
    rows = Sharing.objects.filter(concern=concern).order_by("-made_at")
    return [(row, found, STANDINGS.get(found, "")) for row in rows for found in [standing_of(row, now)]]


def waiting_in(concern: Concern, now: datetime, *, held: bool = False) -> list[Sharing]:
    """Those of a matter whose link can still be opened, the oldest first; `held` until the end of the transaction."""
    rows = Sharing.objects.filter(concern=concern, expires_at__gt=now).order_by("made_at", "id")
    found = rows.select_for_update() if held else rows
    return [row for row in found if standing_of(row, now) == "waiting"]


def standing_of(row: Sharing, now: datetime) -> str:
    """What has become of its link."""
    return standing(
        expires=row.expires_at, opened=row.opened_at, revoked=row.revoked_at, wrong=row.wrong_tries, now=now
    )


def tried(secret: str, typed: str) -> Tried:
    """Try a link with a code, for the purpose "sharing": counted or opened by the database, in one statement.

    When it opens, the row may be read for the rest of this transaction.
    """
    found = _tried(*hashes(secret, typed))
    before = iter(hashes_before(secret, typed) if found.answer == "no" else ())
    while found.answer == "no" and (other := next(before, None)):
        found = _tried(*other)
    return found


def _tried(link: str, code: str) -> Tried:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('varde.sharing', %s, true)", [link])
        cursor.execute("SELECT answer, concern_id, opened_at FROM sharing_try(%s, %s)", [link, code])
        return Tried(*cursor.fetchone())


def opened() -> Sharing | None:
    """The row that was opened in this transaction."""
    return Sharing.objects.first()
