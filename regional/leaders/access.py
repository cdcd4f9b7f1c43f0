"""Who may see the leader team and change it. Everybody let into the room sees all of it; reading is logged."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404

from regional.leaders.models import Place, RotationTable, Term
from regional.leaders.queries import newest_table
from varde.access import Permission, Reader
from varde.audit.actions import Action, record


def manages(by: Reader) -> None:
    """PermissionDenied for those who do not run the leader team."""
    if by.purpose != "setup" and not by.may(Permission.LEADERS_MANAGE):
        raise PermissionDenied


def table(by: Reader) -> RotationTable | None:
    """The newest decision, or None where the region has made none."""
    found = newest_table()
    record(by=by, action=Action.VIEW, what="leaders.rotation", ids=[found.id] if found else [])
    return found


def table_for(by: Reader, table_id: UUID) -> RotationTable:
    """One decision; Http404, logged, when there is none."""
    found = RotationTable.objects.filter(id=table_id).first() if by.may(Permission.LEADERS_READ) else None
    return _there(found, by, "leaders.rotation", table_id)


def term_for(by: Reader, term_id: UUID) -> Term:
    """Somebody's time in a place; Http404, logged, when there is none that counts."""
    rows = Term.objects.select_related("place").filter(id=term_id, gone_at=None)
    return _there(rows.first() if by.may(Permission.LEADERS_MANAGE) else None, by, "leaders.term", term_id)


def place_for(by: Reader, place_id: UUID) -> Place:
    """A place outside the rotation; Http404, logged, when there is none."""
    found = Place.objects.filter(id=place_id).first() if by.may(Permission.LEADERS_MANAGE) else None
    return _there(found, by, "leaders.place", place_id)


def note_people(by: Reader) -> None:
    """Who sits was looked at."""
    record(by=by, action=Action.LIST, what="leaders.term")


def _there[R: (RotationTable, Term, Place)](found: R | None, by: Reader, what: str, asked: UUID) -> R:
    record(by=by, action=Action.DENIED if found is None else Action.VIEW, what=what, ids=[asked])
    if found is None:
        raise Http404
    return found
