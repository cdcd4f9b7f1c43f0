"""What the log does by itself: the day's anchor, and the look for what is odd."""

from varde.audit.anchoring import anchor
from varde.audit.review import earlier, look_through, month_of
from varde.celery import office_task
from varde.clock import now
from varde.tenancy.door import OfficeRef
from varde.tenancy.work import work

HOUR = 3600.0


@office_task("audit.anchor", every=HOUR)
def put_out_anchor(ref: OfficeRef) -> None:
    """Asked every hour, done once a day; what a mail server or an authority missed is tried again the next hour."""
    anchor(ref)


@office_task("audit.look_through", every=6 * HOUR, kinds=("kommune",))
def look_for_odd(ref: OfficeRef) -> None:
    """This month so far, and the month before while it is still fresh."""
    month = month_of(now())
    for each in (earlier(month, 1), month):
        with work(ref, "verify") as by:
            look_through(month=each, by=by)
