"""Every quarter of an hour: closed cases that somebody is to ask about again."""

from tenants.closing import after_actions, after_queries
from tenants.inbox.queries import readers_of
from tenants.triage.queries import coordinators
from varde.celery import office_task
from varde.clock import now
from varde.notify import mail
from varde.tenancy.door import OfficeRef
from varde.tenancy.work import work
from varde.ui.dates import day_of


@office_task("closing.followups", every=900, kinds=("kommune",))
def remind(ref: OfficeRef) -> None:
    """Tell the coordinators who see the case, or all who see it when none does; once per follow-up."""
    with work(ref, "reminders") as by:
        rows = after_queries.to_remind(day_of(now()))
        chief = coordinators()
        wanted = {}
        for row in rows:
            able = readers_of(row.case.concern_id)
            wanted[row] = {person.email for person in [one for one in able if one in chief] or able}
        after_actions.mark_reminded(rows=mail.tell_of("due", wanted, ref=ref), by=by)
