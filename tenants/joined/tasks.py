"""Telling leaders that there is something new: never what."""

from tenants.joined import major_actions, major_queries
from varde.celery import office_task
from varde.notify import mail
from varde.tenancy.door import OfficeRef
from varde.tenancy.work import work


@office_task("joined.tell_leaders", every=900, kinds=("kommune",))
def tell_leaders(ref: OfficeRef) -> None:
    """Once per alert; swept in case the ring or the mail was lost. Who has left is told nothing and not asked again."""
    with work(ref, "reminders") as by:
        rows = major_queries.untold()
        wanted = {row: row.to.email if row.to.is_active else "" for row in rows}
        told = mail.tell("new", to=sorted(set(wanted.values()) - {""}), ref=ref)
        major_actions.mark_told(alerts=[row for row, to in wanted.items() if not to or to in told], by=by)
