"""What people have asked for, done at once when somebody asks, and swept in case the ring was lost; and each night's
look at all that was said."""

from regional.releases.checking import check
from regional.releases.worker import work_off
from varde.celery import office_task
from varde.tenancy.door import OfficeRef


@office_task("releases.work_off", every=300, kinds=("region",))
def work_off_wishes(ref: OfficeRef) -> None:
    """As the purpose that may read what each kommune contributed."""
    work_off(ref)


@office_task("releases.check", every=24 * 3600, kinds=("region",))
def check_releases(ref: OfficeRef) -> None:
    """Whole, unchanged and still safe?"""
    check(ref)
