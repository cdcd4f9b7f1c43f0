"""Every hour, and when a step was changed: is there something new to tell the region?"""

from tenants.starting import health
from varde.celery import office_task
from varde.tenancy.door import OfficeRef
from varde.tenancy.work import work


@office_task("starting.health", every=3600, kinds=("kommune",))
def tell_region(ref: OfficeRef) -> None:
    """How far we have come, when that has changed since it was told, and once a day anyway."""
    with work(ref, "starting") as by:
        health.tell(by=by)
