"""Who may see what came back: those at the phone, by reference only. The getter is the guard and keeps the log."""

from uuid import UUID

from django.http import Http404

from regional.delivery import queries
from regional.delivery.models import Returned
from regional.delivery.queries import Line
from varde.access import Permission, Reader
from varde.audit.actions import Action, record


def returned_for(by: Reader, returned_id: UUID) -> Returned:
    """One that came back; Http404, logged, for none and for those who are not at the phone."""
    may = by.may(Permission.HOTLINE) or by.may(Permission.HOTLINE_MANAGE)
    found = Returned.objects.filter(id=returned_id).first() if may else None
    if found is None:
        record(by=by, action=Action.DENIED, what="delivery.returned", ids=[returned_id])
        raise Http404
    record(by=by, action=Action.VIEW, what="delivery.returned", ids=[found.id])
    return found


def lines_for(by: Reader) -> list[Line]:
    """All that came back, logged as one look at the list."""
    record(by=by, action=Action.LIST, what="delivery.returned")
    return queries.lines(by)
