"""A person who may have a pack, what it opens with, and a place among the holders that somebody may end."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404

from tenants.continuity import queries
from tenants.continuity.models import Holder
from varde.access import Reader
from varde.audit.actions import Action, record
from varde.identity.models import User


def able_user(by: Reader) -> User:
    """For actions: the person, who may have a pack. PermissionDenied otherwise."""
    found = next((one for one in queries.able() if one.id == by.user_id), None)
    if found is None:
        raise PermissionDenied
    return found


def holder_for(by: Reader, holder_id: UUID) -> Holder:
    """A holder that the settings page has shown; Http404 (logged too) otherwise."""
    found = next((one for one in queries.holders() if one.id == holder_id), None)
    if found is None:
        record(by=by, action=Action.DENIED, what="continuity.holder", ids=[holder_id])
        raise Http404
    return found


def own_pack(by: Reader) -> tuple[Holder | None, str]:
    """The person's place among the holders and what the pack opens with; (None, "") for somebody who has none."""
    user = next((one for one in queries.able() if one.id == by.user_id), None)
    holder = queries.holder_of(user)
    row = queries.in_use(user) if user and holder else None
    return (holder, row.secret) if row else (None, "")
