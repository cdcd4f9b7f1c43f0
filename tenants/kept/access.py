"""Who may do what about the end of a matter: those who see it by right; a coordinator confirms."""

from collections.abc import Collection, Sequence
from uuid import UUID

from django.core.exceptions import PermissionDenied

from tenants.inbox.access import concern_for
from tenants.inbox.models import Concern
from tenants.inbox.queries import cover_of, covered, held_by_right
from tenants.kept.models import DueMark
from varde.access import Permission, Reader, Role, require
from varde.audit.actions import Action, record


def matter_for(reader: Reader, concern_id: UUID) -> Concern:
    """The matter, the look logged. Http404 (logged too) when it is hidden or does not exist."""
    return concern_for(reader, concern_id)


def note_listed(reader: Reader, marks: Sequence[DueMark]) -> None:
    """Log which matters a page of the list showed."""
    record(by=reader, action=Action.LIST, what="kept.due", ids=[mark.concern_id for mark in marks])


def require_held(by: Reader, concern: Concern) -> None:
    """For actions: PermissionDenied for somebody who does not see the matter, or whom break-glass let in."""
    require(by, Permission.CASES)
    if not Concern.objects.filter(pk=concern.pk).exists() or not held_by_right(concern.pk):
        raise PermissionDenied


def confirmable(by: Reader, concerns: Collection[Concern]) -> set[UUID]:
    """Of those that the reader sees, the ones whose end they may confirm, as a list shows it; asked anew then."""
    return {concern.pk for concern in concerns} if by.has(Role.COORDINATOR) else covered(concerns)


def may_confirm(by: Reader, concern: Concern) -> bool:
    """A coordinator; of a covered matter those two who have it, since the coordinators may not see it."""
    if not held_by_right(concern.pk):
        return False
    return by.has(Role.COORDINATOR) or cover_of(concern) is not None
