"""What people have asked for, done at once when somebody asks, and swept in case the ring was lost."""

from regional.releases.worker import work_off
from varde.celery import office_task
from varde.tenancy.door import OfficeRef


@office_task("releases.work_off", every=300, kinds=("region",))
def work_off_wishes(ref: OfficeRef) -> None:
    """As the purpose that may read what each kommune contributed."""
    work_off(ref)
