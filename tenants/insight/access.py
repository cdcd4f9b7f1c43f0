"""Who may see which request and statement: those who see the matter. The log's rows name the matter."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import BooleanField, Model
from django.db.models.expressions import RawSQL
from django.http import Http404

from tenants.inbox.access import look
from tenants.inbox.models import Concern
from tenants.inbox.queries import ground_of, held_by_right
from tenants.insight.models import AccessRequest, Statement
from varde.access import Permission, Reader, Role
from varde.audit.actions import Action, record


def _there(key: UUID) -> RawSQL:
    """As `inbox.queries.there`: the same way, and the same time, for what is hidden and what is not there."""
    return RawSQL("insight_there(%s)", [key], output_field=BooleanField())


def _found[M: Model](reader: Reader, model: type[M], key: UUID, what: str) -> M:
    rows: Any = model._default_manager.select_related("concern", "person")
    found = rows.filter(_there(key), pk=key).first() if reader.may(Permission.INBOX_READ) else None
    if found is None:
        record(by=reader, action=Action.DENIED, what=what, ids=[key])
        raise Http404
    ground = ground_of(found.concern_id)
    record(by=reader, action=look(ground), what=what, ids=[found.concern_id], ground=ground)
    checked: M = found
    return checked


def request_for(reader: Reader, access_id: UUID) -> AccessRequest:
    """A request with its matter, the look logged. Http404 (logged too) when hidden or absent."""
    return _found(reader, AccessRequest, access_id, "insight.request")


def statement_for(reader: Reader, statement_id: UUID) -> Statement:
    """A statement with its matter, the look logged. Http404 (logged too) when hidden or absent."""
    return _found(reader, Statement, statement_id, "insight.statement")


def note_listed(reader: Reader, rows: Sequence[AccessRequest]) -> None:
    """Log the matters of which a page listed requests."""
    record(by=reader, action=Action.LIST, what="insight.request", ids=[row.concern_id for row in rows])


def may_decide(reader: Reader, concern: Concern) -> bool:
    """Only a coordinator who sees the matter by right says what goes out."""
    return reader.has(Role.COORDINATOR) and held_by_right(concern.id)


def require_deciding(by: Reader, concern: Concern) -> None:
    """PermissionDenied for anybody else."""
    if not may_decide(by, concern):
        raise PermissionDenied


def held(by: Reader, concern: Concern) -> Concern:
    """For actions: the matter as it is now, held until the end. PermissionDenied unless it is seen by right."""
    found = Concern.objects.select_for_update().filter(pk=concern.pk).first()
    if found is None or not by.may(Permission.INBOX_READ) or not held_by_right(concern.pk):
        raise PermissionDenied
    return found
