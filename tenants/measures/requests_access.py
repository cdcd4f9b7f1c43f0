"""Who may see which request: those who see its case, and the kontaktperson that it was given to."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from django.http import Http404

from tenants.cases.models import Case
from tenants.measures.requests_models import Request
from tenants.measures.requests_states import over, shut
from varde.access import Reader
from varde.audit import hooks
from varde.audit.actions import Action, record

GIVEN = "gitt forespørsel"


def request_in(reader: Reader, case: Case, request_id: UUID) -> Request:
    """A request of a case whose look has been logged. Http404 when it is none of the case's."""
    rows = Request.objects.select_related("partner", "recipient", "owner")
    found = rows.filter(case=case, pk=request_id).first()
    if found is None:
        record(by=reader, action=Action.DENIED, what="measures.request", ids=[request_id])
        raise Http404
    found.case = case
    record(by=reader, action=Action.VIEW, what="measures.request", ids=[case.id])
    return found


def request_given(reader: Reader, request_id: UUID) -> Request:
    """A request that was given to this reader, or that was and is withdrawn; Http404 for all others, there or not."""
    found = Request.objects.filter(recipient_id=reader.user_id, pk=request_id).first()
    if found is None:
        record(by=reader, action=Action.DENIED, what="measures.request", ids=[request_id])
        raise Http404
    record(by=reader, action=Action.VIEW, what="measures.request", ids=[found.case_id], ground=GIVEN)
    return found


def note_waiting(reader: Reader, rows: Sequence[Request]) -> None:
    """Log whose requests a list showed; nothing for none, the page has its own row."""
    if rows:
        record(by=reader, action=Action.LIST, what="measures.request", ids=[row.case_id for row in rows])


def note_given(reader: Reader, rows: Sequence[Request]) -> None:
    """Log which requests a kontaktperson's list showed."""
    ids = [row.case_id for row in rows]
    record(by=reader, action=Action.LIST, what="measures.request", ids=ids, ground=GIVEN if ids else "")


def tasks(matters: Collection[UUID]) -> Mapping[UUID, Sequence[hooks.Task]]:
    """For the log's control: who was asked, and who follows it up, has something to do with the matter until then."""
    found: dict[UUID, list[hooks.Task]] = {}
    for row in Request.objects.filter(concern__in=matters):
        until = over(row.state, row.answered_at)
        mine = [hooks.Task(row.owner_id, row.sent_at, until)]
        if row.recipient_id is not None:
            mine.append(hooks.Task(row.recipient_id, row.sent_at, until or shut(row.due_on)))
        found.setdefault(row.concern_id, []).extend(mine)
    return found
