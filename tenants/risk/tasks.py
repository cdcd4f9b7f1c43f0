"""Every quarter of an hour: assessments that are due to be made anew."""

from tenants.risk import actions, queries
from tenants.triage.notices import addresses
from varde.celery import office_task
from varde.clock import OSLO, now
from varde.identity.models import User
from varde.notify import mail
from varde.tenancy.door import OfficeRef
from varde.tenancy.work import work


@office_task("risk.reminders", every=900, kinds=("kommune",))
def remind(ref: OfficeRef) -> None:
    """Tell who signed last, or the coordinators when that person no longer sees the case; once per assessment."""
    with work(ref, "reminders") as by:
        rows = queries.to_remind(by, now().astimezone(OSLO).date())
        people = {person.id: person for person in User.objects.filter(id__in={row.signed_by for row in rows})}
        held = {row: [(people[row.signed_by], row.case.concern_id)] for row in rows if row.signed_by in people}
        wanted = {row: set(addresses(pairs)) for row, pairs in held.items()}
        told = mail.tell("due", to=sorted(set().union(*wanted.values())), ref=ref)
        actions.mark_reminded(rows=[row for row, whom in wanted.items() if told & whom], by=by)
