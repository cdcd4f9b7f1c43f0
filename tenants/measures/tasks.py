"""Every quarter of an hour: measures that are due."""

from tenants.measures import actions, queries, requests_actions, requests_queries
from tenants.measures.requests_models import Request
from tenants.triage.notices import addresses
from varde.celery import office_task
from varde.clock import now
from varde.notify import mail
from varde.tenancy.door import OfficeRef
from varde.tenancy.work import work
from varde.ui.dates import day_of


@office_task("measures.reminders", every=900, kinds=("kommune",))
def remind(ref: OfficeRef) -> None:
    """Tell owners of measures that are due, once per measure; mail before commit, as in triage."""
    with work(ref, "reminders") as by:
        measures = list(queries.to_remind(by, day_of(now())))
        wanted = {one: addresses([(one.owner, one.case.concern_id)]) for one in measures}
        actions.mark_reminded(measures=mail.tell_of("due", wanted, ref=ref), by=by)


@office_task("measures.requests", every=900, kinds=("kommune",))
def tell_of_requests(ref: OfficeRef) -> None:
    """Tell who was asked and who got an answer that something is new, and owners of what is overdue, once."""
    with work(ref, "reminders") as by:
        late = list(requests_queries.to_remind(day_of(now())))
        new = list(requests_queries.to_tell())
        owners = {row: addresses([(row.owner, row.concern_id)]) for row in late}
        reminded = mail.tell_of("due", owners, ref=ref, alone_is_told=True)
        told = mail.tell_of("new", {row: _whom(row) for row in new}, ref=ref, alone_is_told=True)
        requests_actions.mark_told(reminded=reminded, told=told, by=by)


def _whom(row: Request) -> list[str]:
    """Whoever was asked, while they work here; or whoever follows it up."""
    if row.to_tell == "recipient":
        return [row.recipient.email] if row.recipient and row.recipient.is_active else []
    return addresses([(row.owner, row.concern_id)])
