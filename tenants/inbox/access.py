"""Who may see which concern; the getters are the guard and keep the log."""

from collections.abc import Callable
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from tenants.inbox import queries
from tenants.inbox.models import Concern
from varde.access import Permission, Reader
from varde.audit.actions import Action, record

# What later rooms know of a concern that not everybody may see (it has become a case): see `narrow`.
_narrower: list[Callable[[Reader, QuerySet[Concern]], QuerySet[Concern]]] = []


def narrow(by_room: Callable[[Reader, QuerySet[Concern]], QuerySet[Concern]]) -> None:
    """A later room takes away what this reader may not see; every getter of this room asks it."""
    if by_room not in _narrower:
        _narrower.append(by_room)


def visible(reader: Reader, rows: QuerySet[Concern]) -> QuerySet[Concern]:
    """Those of the rows that no later room hides from the reader."""
    for by_room in _narrower:
        rows = by_room(reader, rows)
    return rows


def concern_for(reader: Reader, concern_id: UUID) -> Concern:
    """One concern, with the look logged; Http404 for a hidden one and an absent one alike.

    Before a named person has opened it only the envelope shows (time, channel, age), and the log says so.
    """
    rows = visible(reader, Concern.objects.filter(id=concern_id))
    found = rows.first() if reader.may(Permission.INBOX_READ) else None
    if found is None:
        record(by=reader, action=Action.DENIED, what="inbox.concern", ids=[concern_id])
        raise Http404
    what = "inbox.envelope" if found.progress == "received" else "inbox.concern"
    record(by=reader, action=Action.VIEW, what=what, ids=[found.id])
    return found


def concerns_for(reader: Reader, *, closed: bool = False) -> QuerySet[Concern]:
    """The inbox list, logged as one look; Http404 without the permission."""
    if not reader.may(Permission.INBOX_READ):
        raise Http404
    record(by=reader, action=Action.LIST, what="inbox.concern")
    return visible(reader, queries.concerns(closed=closed))


def concern_with_receipt(reader: Reader, typed: str) -> Concern:
    """The concern behind a receipt, for its holder; Http404 for every code that is none."""
    found = queries.with_receipt(reader.office, typed)
    if found is None:
        raise Http404
    record(by=reader, action=Action.VIEW, what="inbox.receipt", ids=[found.id])
    return found
