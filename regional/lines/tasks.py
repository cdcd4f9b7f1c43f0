"""Once a day: will anybody ring in vain in the week to come, and do the public pages say what holds?"""

from regional.lines import notices, publish
from varde.celery import office_task
from varde.clock import now
from varde.tenancy.door import OfficeRef
from varde.tenancy.work import work


@office_task("lines.ahead", every=24 * 3600, kinds=("region",))
def look_ahead(ref: OfficeRef) -> None:
    """Tell the host until somebody answers; publish again, for the phone's own hours may have changed."""
    with work(ref, "reminders") as by:
        publish.publish(by=by)
        notices.silent(ref, now())
