"""Who invites kommuner and follows how far they have come."""

from uuid import UUID

from django.http import Http404

from regional.onboarding import queries
from regional.onboarding.queries import Invitation, Kommune
from varde.access import Permission, Reader
from varde.audit.actions import Action, record


def note_read(by: Reader) -> None:
    """The list was read; Http404 for those who may not."""
    if not by.may(Permission.ONBOARDING):
        raise Http404
    record(by=by, action=Action.LIST, what="onboarding.kommune")


def kommune_for(by: Reader, kommune_id: UUID) -> Kommune:
    """One of the region's kommuner as it has said that it stands; Http404 for any other. Logged."""
    found = queries.one(by, kommune_id) if by.may(Permission.ONBOARDING) else None
    if found is None:
        record(by=by, action=Action.DENIED, what="onboarding.kommune", ids=[kommune_id])
        raise Http404
    record(by=by, action=Action.VIEW, what="onboarding.kommune", ids=[kommune_id])
    return found


def invitation_for(by: Reader, order_id: UUID) -> Invitation:
    """An invitation whose office is made and not with the region yet; Http404 for any other. Logged."""
    listed = queries.under_way(by) if by.may(Permission.ONBOARDING) else []
    found = next((each for each in listed if each.row.order == order_id and each.born), None)
    if found is None:
        record(by=by, action=Action.DENIED, what="onboarding.invited", ids=[order_id])
        raise Http404
    record(by=by, action=Action.VIEW, what="onboarding.invited", ids=[found.row.id])
    return found
