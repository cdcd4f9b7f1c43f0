"""Every quarter of an hour: what is due, and what nobody has opened."""

from tenants.triage import actions, notices, queries
from varde.celery import office_task
from varde.clock import now
from varde.notify import mail
from varde.tenancy.door import OfficeRef
from varde.tenancy.work import work


@office_task("triage.reminders", every=900, kinds=("kommune",))
def remind(ref: OfficeRef) -> None:
    """Tell owners of steps that are due, and the coordinators of concerns that nobody has opened; each once.

    The mail goes before the commit, and who could not be told is told the next time: twice rather than never.
    """
    with work(ref, "reminders") as by:
        steps = list(queries.steps_to_remind(now()))
        wanted = {step: set(notices.addresses([(step.owner, step.concern_id)])) for step in steps}
        told = mail.tell("due", to=sorted(set().union(*wanted.values())), ref=ref)
        actions.mark_reminded(steps=[step for step, whom in wanted.items() if told & whom], by=by)
        late = queries.unopened(now())
        if mail.tell("new", to=notices.watchers(late), ref=ref):
            actions.mark_nudged(by=by)
