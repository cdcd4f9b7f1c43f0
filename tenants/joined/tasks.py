"""Telling leaders that there is something new: never what."""

from tenants.joined import major_actions, major_queries
from varde.celery import office_task
from varde.notify import mail
from varde.tenancy.door import OfficeRef
from varde.tenancy.work import work


@office_task("joined.tell_leaders", every=900, kinds=("kommune",))
def tell_leaders(ref: OfficeRef) -> None:
    """Once per alert; swept in case the ring or the mail was lost. Who has left or is shut out by then is not told."""
    with work(ref, "reminders") as by:
        rows = major_queries.untold()
        told = mail.tell("new", to=sorted({row.to.email for row in rows}), ref=ref)
        major_actions.mark_told(alerts=[row for row in rows if row.to.email in told], by=by)
