"""Every quarter of an hour: what is due, what is overdue and goes on along the rota, and what nobody has opened. Once
a day: what else is due."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from tenants.inbox.models import Concern
from tenants.inbox.queries import readers_of
from tenants.triage import actions, escalation, queries, reminded_actions, reminded_queries, reminders
from tenants.triage import escalation_actions as chain
from tenants.triage.escalation import Call
from tenants.triage.models import NextStep
from tenants.triage.notices import Watch, addresses_of
from varde.access import Reader
from varde.celery import office_task
from varde.clock import now
from varde.identity.models import User
from varde.notify import mail
from varde.tenancy.door import OfficeRef
from varde.tenancy.work import work


@office_task("triage.reminders", every=900, kinds=("kommune",))
def remind(ref: OfficeRef) -> None:
    """Tell owners of steps that are due; what is overdue, or lies unopened, goes to the next one in the chain.

    The mail goes before the commit, and who could not be told is told the next time: twice rather than never.
    """
    with work(ref, "reminders") as by:
        moment = now()
        watch = Watch.at(moment)
        _due(ref, watch, moment, by)
        _overdue(ref, watch, moment, by)
        _unopened(ref, watch, moment, by)


def _due(ref: OfficeRef, watch: Watch, moment: datetime, by: Reader) -> None:
    """The owner, once; for an owner who is gone, the first one in the chain at once."""
    steps = list(queries.steps_to_remind(moment))
    held = {step: step.owner in readers_of(step.concern_id) for step in steps}
    told = mail.tell("due", to=sorted({step.owner.email for step in steps if held[step]}), ref=ref)
    actions.mark_reminded(steps=[step for step in steps if held[step] and step.owner.email in told], by=by)
    calls = {step: watch.next_call(step.concern_id, ()) for step in steps if not held[step]}
    passed_on = _tell_steps(ref, calls, "owner", moment, by)
    actions.mark_reminded(steps=passed_on, by=by, at=moment)


def _overdue(ref: OfficeRef, watch: Watch, moment: datetime, by: Reader) -> None:
    steps = list(queries.steps_overdue(moment))
    known = queries.told_of_steps(steps)
    calls = {
        step: watch.next_call(step.concern_id, known[step], step.owner)
        for step in steps
        if not escalation.waits(known[step], step.reminded_at, moment, escalation.spacing(akutt=step.akutt))
    }
    _tell_steps(ref, calls, "step", moment, by)


def _tell_steps(
    ref: OfficeRef, calls: Mapping[NextStep, Call[User] | None], about: str, moment: datetime, by: Reader
) -> list[NextStep]:
    """The steps of which those called could be told."""
    wanted = {step: call for step, call in calls.items() if call is not None}
    told = mail.tell("late", to=_addresses(wanted.values()), ref=ref)
    reached = [step for step, call in wanted.items() if told & set(_addresses([call]))]
    for step in reached:
        chain.note_told(concern=step.concern, step=step, about=about, call=wanted[step], at=moment, by=by)
    return reached


def _unopened(ref: OfficeRef, watch: Watch, moment: datetime, by: Reader) -> None:
    late = queries.unopened(moment)
    known = queries.told_of_concerns(late)
    wanted: dict[Concern, Call[User]] = {}
    for concern in late:
        if escalation.waits(known[concern], None, moment, escalation.spacing(akutt=True)):
            continue
        call = watch.next_call(concern.id, known[concern])
        if call is not None:
            wanted[concern] = call
        elif known[concern]:
            chain.note_nudged(concern=concern, at=moment, by=by)
    told = mail.tell("new", to=_addresses(wanted.values()), ref=ref)
    for concern, call in wanted.items():
        if told & set(_addresses([call])):
            chain.note_told(concern=concern, step=None, about="unopened", call=call, at=moment, by=by)
            if call.level == escalation.COORDINATORS:
                chain.note_nudged(concern=concern, at=moment, by=by)


def _addresses(calls: Iterable[Call[User]]) -> list[str]:
    return sorted({person.email for call in calls for person in call.people})


@office_task("triage.daily", every=24 * 3600, kinds=("kommune",))
def remind_daily(ref: OfficeRef) -> None:
    """Tell of what is due in the rooms that have said so (`reminders.daily`): one mail to each, of each row once."""
    with work(ref, "reminders") as by:
        due = reminded_queries.untold(reminders.found(now()))
        told = mail.tell_of("due", {one: addresses_of(one) for one in due}, ref=ref)
        reminded_actions.note_told(told=told, by=by)
