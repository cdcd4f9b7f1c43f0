"""Keeping a choice among the cases under a name."""

from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from tenants.cases.filters import Choice, address
from tenants.cases.saved_models import SavedView
from varde.access import Permission, Reader, require
from varde.audit.actions import Action, record
from varde.clock import now
from varde.privacy.box import close, open_box
from varde.privacy.errors import CannotOpen
from varde.refusal import Refused

PURPOSE = "views"
MOST = 12


@dataclass(frozen=True, slots=True)
class Named:
    """A kept choice, as its owner sees it."""

    id: UUID
    name: str
    chosen: str


def of(reader: Reader) -> list[Named]:
    """The reader's own, the oldest first."""
    rows = SavedView.objects.filter(user_id=reader.user_id).order_by("at", "id") if reader.user_id else ()
    return [Named(row.id, _name(row), row.chosen) for row in rows]


def _name(row: SavedView) -> str:
    try:
        return open_box(row.name, purpose=PURPOSE)
    except CannotOpen:
        return "Uten navn"


def _owner(by: Reader) -> UUID:
    """PermissionDenied for somebody who works with no cases, and for a purpose."""
    require(by, Permission.CASES)
    if by.user_id is None:
        raise PermissionDenied
    return by.user_id


@transaction.atomic
def keep(*, name: str, choice: Choice, by: Reader) -> None:
    """The same name again is the new choice. Refused when there are too many."""
    owner = _owner(by)
    rows = {_name(row): row for row in SavedView.objects.select_for_update().filter(user_id=owner)}
    row = rows.get(name)
    if row is None and len(rows) >= MOST:
        raise Refused(f"Du kan ha {MOST} utvalg. Slett ett først.")
    kept = row or SavedView(user_id=owner, name=close(name, purpose=PURPOSE), at=now())
    kept.chosen = address(choice)
    kept.save()
    record(by=by, action=Action.CHANGE, what="cases.view", ids=[kept.id])


@transaction.atomic
def drop(*, view_id: UUID, by: Reader) -> None:
    """One of the reader's own; one that is gone already is gone."""
    SavedView.objects.filter(id=view_id, user_id=_owner(by)).delete()
    record(by=by, action=Action.CHANGE, what="cases.view", ids=[view_id], reason="slettet")
