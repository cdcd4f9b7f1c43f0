"""Who may look at the team, and at whose place in it."""

from uuid import UUID

from django.http import Http404

from varde.access import Permission, Reader, Role
from varde.audit.actions import Action, record
from varde.identity.models import User

_IN_TEAM = [Role.COORDINATOR.value, Role.TEAM_MEMBER.value]


def note_read(reader: Reader) -> None:
    """The team's page was read; Http404 for those who may not."""
    if not reader.may(Permission.TEAM_READ):
        raise Http404
    record(by=reader, action=Action.LIST, what="team.member")


def member_for(reader: Reader, user_id: UUID) -> User:
    """An active person in the team, for those who may change its settings; Http404 otherwise. Logged."""
    if not reader.may(Permission.SETTINGS):
        raise Http404
    found = User.objects.here().filter(id=user_id, grants__role__in=_IN_TEAM).distinct().first()
    if found is None:
        raise Http404
    record(by=reader, action=Action.VIEW, what="team.member", ids=[found.id])
    return found
