"""Every quarter of an hour: measures that are due."""

from tenants.measures import actions, queries
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
