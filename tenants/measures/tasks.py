"""Every quarter of an hour: measures that are due."""

from collections.abc import Mapping
from typing import Literal

from tenants.measures import actions, queries, requests_actions, requests_queries
from tenants.measures.requests_models import Request
from tenants.triage.notices import addresses
from varde.celery import office_task
from varde.clock import OSLO, now
from varde.notify import mail
from varde.tenancy.door import OfficeRef
from varde.tenancy.work import work


@office_task("measures.reminders", every=900, kinds=("kommune",))
def remind(ref: OfficeRef) -> None:
    """Tell owners of measures that are due, once per measure; mail before commit, as in triage."""
    with work(ref, "reminders") as by:
        measures = list(queries.to_remind(by, now().astimezone(OSLO).date()))
        wanted = {one: set(addresses([(one.owner, one.case.concern_id)])) for one in measures}
        told = mail.tell("due", to=sorted(set().union(*wanted.values())), ref=ref)
        actions.mark_reminded(measures=[one for one, whom in wanted.items() if told & whom], by=by)


@office_task("measures.requests", every=900, kinds=("kommune",))
def tell_of_requests(ref: OfficeRef) -> None:
    """Tell who was asked and who got an answer that something is new, and owners of what is overdue, once."""
    with work(ref, "reminders") as by:
        late = list(requests_queries.to_remind(now().astimezone(OSLO).date()))
        new = list(requests_queries.to_tell())
        reminded = _told("due", {row: addresses([(row.owner, row.concern_id)]) for row in late}, ref)
        told = _told("new", {row: _whom(row) for row in new}, ref)
        requests_actions.mark_told(reminded=reminded, told=told, by=by)


def _whom(row: Request) -> list[str]:
    """Whoever was asked, while they work here; or whoever follows it up."""
    if row.to_tell == "recipient":
        return [row.recipient.email] if row.recipient and row.recipient.is_active else []
    return addresses([(row.owner, row.concern_id)])


def _told(kind: Literal["new", "due"], wanted: Mapping[Request, list[str]], ref: OfficeRef) -> list[Request]:
    """Those whose people need not be told again; a row with nobody to tell is one of them."""
    told = mail.tell(kind, to=sorted(set().union(*wanted.values())), ref=ref)
    return [row for row, whom in wanted.items() if told & set(whom) or not whom]
