"""Which people a reader may look at."""

from uuid import UUID

from django.http import Http404

from varde.access.permissions import Permission
from varde.access.reader import Reader
from varde.audit.actions import Action, record
from varde.identity.models import User
from varde.identity.queries import everybody


def person_for(reader: Reader, user_id: UUID) -> User:
    """A person of this office with grants; Http404 for those who do not manage people. Logged."""
    if not reader.may(Permission.PEOPLE_MANAGE):
        raise Http404
    user = User.objects.prefetch_related("grants").filter(id=user_id).first()
    if user is None:
        raise Http404
    record(by=reader, action=Action.VIEW, what="identity.user", ids=[user.id])
    return user


def people_for(reader: Reader) -> list[User]:
    """Everybody in the office; Http404 for those who do not manage people. Logged."""
    if not reader.may(Permission.PEOPLE_MANAGE):
        raise Http404
    record(by=reader, action=Action.LIST, what="identity.user")
    return everybody()
