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
        told = mail.tell("due", to=addresses(measure.owner for measure in measures), ref=ref)
        actions.mark_reminded(measures=[one for one in measures if told & set(addresses([one.owner]))], by=by)
