"""Who may see which concern: the database says so (`models.IN_MATTER`). The getters are the guard and keep the log."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404

from tenants.inbox import gone_receipts, queries, search, search_named
from tenants.inbox.home import Home, homes_of
from tenants.inbox.models import Concern
from tenants.inbox.queries import Followed
from varde.access import Permission, Reader
from varde.audit.actions import Action, record
from varde.audit.shown import logged
from varde.identity.models import User
from varde.refusal import Refused


def concern_for(reader: Reader, concern_id: UUID) -> Concern:
    """One concern, with the look logged; Http404 for a hidden one and an absent one alike.

    Before a named person has opened it only the envelope shows (time, channel, age), and the log says so.
    """
    rows = Concern.objects.filter(queries.there("inbox.concern", concern_id), id=concern_id)
    found = rows.first() if reader.may(Permission.INBOX_READ) else None
    if found is None:
        record(by=reader, action=Action.DENIED, what="inbox.concern", ids=[concern_id])
        raise Http404
    what = "inbox.envelope" if found.progress == "received" else "inbox.concern"
    ground = queries.ground_of(found.id)
    record(by=reader, action=look(ground), what=what, ids=[found.id], ground=ground)
    return found


def look(ground: str) -> Action:
    """How a look on this ground stands in the log."""
    return Action.BREAK_GLASS if ground == queries.LENT else Action.VIEW


def concerns_for(
    reader: Reader, *, closed: bool = False, later: bool = False, among: Q | None = None
) -> QuerySet[Concern]:
    """The inbox list; those that a page fetches are logged. Http404 without the permission."""
    if not reader.may(Permission.INBOX_READ):
        raise Http404
    return logged(queries.concerns(closed=closed, later=later, among=among), by=reader, what="inbox.concern")


def concern_with_receipt(reader: Reader, typed: str) -> Followed:
    """How far the concern has come behind a receipt, for its holder; Http404 for every code that is none, of which
    `Deleted` says that it was one."""
    found = queries.with_receipt(reader.office, typed)
    if found is None:
        raise gone_receipts.deleted() or Http404
    queries.wait_for_talk(found.id)
    record(by=reader, action=Action.VIEW, what="inbox.receipt", ids=[found.id])
    return found


def check_owner(owner: User, concern_id: UUID) -> None:
    """Raise Refused for somebody who is to own something in a matter and does not see it.

    The concern is held by whoever asks, so that nobody is shut out meanwhile.
    """
    if owner not in queries.readers_of(concern_id):
        raise Refused(f"{owner.name} er ikke på saken, eller er stengt ute av den. Velg en annen.")


_MOST_FOUND = 50


@dataclass(frozen=True, slots=True)
class Found:
    """Hits with where each lives and what it is called; are there more than are shown?"""

    rows: list[tuple[Concern, Home]]
    more: bool


def found_for(reader: Reader, typed: str) -> Found:
    """What a search found, logged with every hit; Http404 without the permission."""
    if not reader.may(Permission.INBOX_READ):
        raise Http404
    called = search_named.named(reader.office, typed)
    tokens = [] if called else search.wanted(typed)
    rows = search.these(called) if called else search.found(tokens)
    hits = list(rows[: _MOST_FOUND + 1])
    shown = hits[:_MOST_FOUND]
    record(by=reader, action=Action.SEARCH, what="inbox.concern", ids=[row.id for row in shown])
    homes = homes_of([row.id for row in shown])
    return Found([(row, homes[row.id]) for row in shown], more=len(hits) > _MOST_FOUND)
