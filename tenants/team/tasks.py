"""Once a day: does anybody answer the phone in the week to come?"""

from tenants.team import rota_notices
from varde.celery import office_task
from varde.tenancy.door import OfficeRef
from varde.tenancy.work import work


@office_task("team.rota", every=24 * 3600, kinds=("kommune",))
def look_for_gaps(ref: OfficeRef) -> None:
    """Tell the coordinators until the gaps are filled."""
    with work(ref, "reminders"):
        rota_notices.gaps(ref)
