"""Once a day: who has a decision to see to whose day is over? Told once, and it comes on the next agenda."""

from regional.meetings import notices, queries
from varde.audit.actions import Action, record
from varde.celery import office_task
from varde.clock import now
from varde.tenancy.door import OfficeRef
from varde.tenancy.work import work
from varde.ui.dates import day_of


@office_task("meetings.late", every=24 * 3600, kinds=("region",))
def tell_of_late(ref: OfficeRef) -> None:
    """Tell the owners of what is over its day."""
    tell(ref)


def tell(ref: OfficeRef) -> int:
    """How many decisions whose owner was told, or has no account to be told at."""
    with work(ref, "reminders") as by:
        rows = list(queries.late(day_of(now())))
        told = notices.tell_late(rows, ref)
        if told:
            record(by=by, action=Action.CHANGE, what="meetings.decision", ids=[one.id for one in rows], reason="purret")
        return told
