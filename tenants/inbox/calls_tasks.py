"""Every quarter of an hour: whom nobody called back in time, and calls that lie unfinished."""

from datetime import datetime

from tenants.inbox import callbacks_access, callbacks_actions, calls_access, calls_actions
from tenants.inbox.calls_models import Call, Callback
from tenants.team import rota_queries
from varde.access import Reader, Role
from varde.celery import office_task
from varde.clock import now
from varde.identity.models import User
from varde.identity.queries import people
from varde.notify import mail
from varde.tenancy.door import OfficeRef
from varde.tenancy.work import work


@office_task("inbox.callbacks_late", every=900, kinds=("kommune",))
def remind(ref: OfficeRef) -> None:
    """Tell the owner when the time is past, and two hours later whoever has the phone and the coordinators.

    The mail goes before the commit, and who could not be told is told the next time: twice rather than never.
    """
    with work(ref, "reminders") as by:
        moment = now()
        _late(ref, moment, by)
        _late_long(ref, moment, by)


def _late(ref: OfficeRef, moment: datetime, by: Reader) -> None:
    """The owner; for an owner who does not see it any more those after the owner at once."""
    rows = callbacks_access.late(moment)
    held = {row: row.owner in callbacks_access.seers(row) for row in rows}
    told = mail.tell("due", to=sorted({row.owner.email for row in rows if held[row]}), ref=ref)
    mine = [row for row in rows if held[row] and row.owner.email in told]
    callbacks_actions.mark_told(callbacks=mine, others=False, by=by)
    _tell_others(ref, [row for row in rows if not held[row]], moment, by)


def _late_long(ref: OfficeRef, moment: datetime, by: Reader) -> None:
    _tell_others(ref, callbacks_access.late_long(moment), moment, by)


def _tell_others(ref: OfficeRef, rows: list[Callback], moment: datetime, by: Reader) -> None:
    on_duty = rota_queries.answering(moment) if rows else []
    wanted = {row: {one.email for one in callbacks_access.after_owner(row, on_duty)} for row in rows}
    told = mail.tell("late", to=sorted(set().union(*wanted.values())), ref=ref)
    reached = [row for row, addresses in wanted.items() if addresses <= told]
    callbacks_actions.mark_told(callbacks=reached, others=True, by=by)


@office_task("inbox.calls_unfinished", every=900, kinds=("kommune",))
def look_for_unfinished(ref: OfficeRef) -> None:
    """Tell the one who began a call that it lies there, and after a day, or when that person has left, the
    coordinators."""
    with work(ref, "reminders") as by:
        moment = now()
        rows = calls_access.lying(moment)
        here = {one.id: one for one in User.objects.here().filter(id__in={row.operator for row in rows})}
        _tell(ref, rows, {row: {here[row.operator].email} for row in rows if row.operator in here}, by)
        old = calls_access.lying_long(moment)
        addresses = {one.email for one in people(Role.COORDINATOR)}
        told = mail.tell("late", to=sorted(addresses), ref=ref) if old and addresses else set()
        calls_actions.mark_told(calls=old if told else [], coordinators=True, by=by)


def _tell(ref: OfficeRef, rows: list[Call], wanted: dict[Call, set[str]], by: Reader) -> None:
    told = mail.tell("due", to=sorted(set().union(*wanted.values())), ref=ref)
    reached = [row for row in rows if wanted.get(row, set()) <= told]
    calls_actions.mark_told(calls=reached, coordinators=False, by=by)
