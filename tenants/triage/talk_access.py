"""Who may see a drøfting: the team. The getters keep the log."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404

from tenants.triage import talk_queries
from tenants.triage.talk_models import Talk
from varde.access import Reader, Role
from varde.audit.actions import Action, record
from varde.audit.shown import logged


def may_end(reader: Reader) -> bool:
    """May this reader delete a drøfting at once?"""
    return reader.has(Role.COORDINATOR)


def require_ending(reader: Reader) -> None:
    """PermissionDenied for anybody but a coordinator."""
    if not may_end(reader):
        raise PermissionDenied


def talk_for(reader: Reader, talk_id: UUID) -> Talk:
    """One drøfting, the look logged. Http404 (logged too) when there is none."""
    found = Talk.objects.filter(pk=talk_id).first()
    if found is None:
        record(by=reader, action=Action.DENIED, what="triage.talk", ids=[talk_id])
        raise Http404
    record(by=reader, action=Action.VIEW, what="triage.talk", ids=[found.id])
    return found


def became_for(reader: Reader, talk: Talk) -> UUID | None:
    """The concern that it became, when the reader sees it; that it was shown is logged."""
    found = talk_queries.became(talk)
    if found is not None:
        record(by=reader, action=Action.LIST, what="inbox.concern", ids=[found])
    return found


def talks_for(reader: Reader) -> QuerySet[Talk]:
    """All of them; those that a page fetches are logged."""
    return logged(talk_queries.talks(), by=reader, what="triage.talk")
