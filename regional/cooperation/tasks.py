"""Who has come in without having been sent the agreement gets it, without anybody pressing."""

from regional.cooperation import agreement_actions
from varde.celery import office_task
from varde.tenancy.door import OfficeRef
from varde.tenancy.work import work


@office_task("cooperation.tell_new", every=900, kinds=("region",))
def tell_new(ref: OfficeRef) -> None:
    """Send it to those who are new."""
    tell(ref)


def tell(ref: OfficeRef) -> list[str]:
    """Whom it was sent to."""
    with work(ref, "post") as by:
        return agreement_actions.send_to_new(by=by)
