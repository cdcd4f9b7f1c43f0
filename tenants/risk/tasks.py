"""Every quarter of an hour: assessments that are due to be made anew."""

from tenants.risk import actions, queries
from tenants.triage.notices import addresses
from varde.celery import office_task
from varde.clock import now
from varde.identity.models import User
from varde.notify import mail
from varde.tenancy.door import OfficeRef
from varde.tenancy.work import work
from varde.ui.dates import day_of


@office_task("risk.reminders", every=900, kinds=("kommune",))
def remind(ref: OfficeRef) -> None:
    """Tell who signed last, or the coordinators when that person no longer sees the case; once per assessment."""
    with work(ref, "reminders") as by:
        rows = queries.to_remind(by, day_of(now()))
        people = {person.id: person for person in User.objects.filter(id__in={row.signed_by for row in rows})}
        held = {row: [(people[row.signed_by], row.case.concern_id)] for row in rows if row.signed_by in people}
        told = mail.tell_of("due", {row: addresses(pairs) for row, pairs in held.items()}, ref=ref)
        actions.mark_reminded(rows=told, by=by)
