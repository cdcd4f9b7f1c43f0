"""Who may see which request that is in no matter. What a member's look would tell is logged under the matter."""

from collections.abc import Sequence
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404

from tenants.insight import inquiry_queries as queries
from tenants.insight.inquiry_models import Inquiry
from tenants.insight.inquiry_queries import Match
from varde.access import Permission, Reader, Role
from varde.audit.actions import Action, record
from varde.audit.extract import GROUND


def answers(reader: Reader) -> bool:
    """Does this reader take requests down and answer them?"""
    return reader.has(Role.COORDINATOR)


def require_answering(reader: Reader) -> None:
    """PermissionDenied for anybody but a coordinator."""
    if not answers(reader):
        raise PermissionDenied


def inquiry_for(reader: Reader, inquiry_id: UUID) -> tuple[Inquiry, list[Match]]:
    """A request with the reader's own matches, the look logged. Http404 (logged too) when hidden or absent.

    Only a coordinator sees a request for its own sake. That anybody else does, says that they see a matter: their look
    stands under that matter, and whoever is shut out of it does not read of it.
    """
    found = Inquiry.objects.filter(pk=inquiry_id).first() if reader.may(Permission.INBOX_READ) else None
    if found is None:
        record(by=reader, action=Action.DENIED, what="insight.inquiry", ids=[inquiry_id])
        raise Http404
    shown = queries.matches(found)
    matters = [each.concern.pk for each in shown]
    about = [found.pk] if answers(reader) else matters
    record(by=reader, action=Action.VIEW, what="insight.inquiry", ids=about, ground=GROUND)
    if matters:
        record(by=reader, action=Action.LIST, what="inbox.concern", ids=matters, ground=GROUND)
    return found, shown


def match_for(reader: Reader, shown: Sequence[Match], typed: str) -> Match:
    """The match of the matter whose id a form sent. Http404 (logged too) when hidden or absent."""
    found = next((each for each in shown if str(each.concern.pk) == typed), None)
    if found is None:
        record(by=reader, action=Action.DENIED, what="insight.verdict")
        raise Http404
    return found


def note_listed(reader: Reader, rows: Sequence[Inquiry]) -> None:
    """Log which of them a page listed, for a coordinator."""
    record(by=reader, action=Action.LIST, what="insight.inquiry", ids=[row.pk for row in rows])
