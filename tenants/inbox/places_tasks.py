"""Nightly: concerns from before places could be searched for get their tokens."""

from tenants.inbox import places
from varde.audit.actions import Action, record
from varde.celery import office_task
from varde.tenancy.door import OfficeRef
from varde.tenancy.work import work

_BATCH = 200


@office_task("inbox.places", every=24 * 3600, kinds=("kommune",))
def lay_for_old(ref: OfficeRef) -> None:
    """In batches, each of which stands by itself: a worker that is stopped goes on the night after."""
    left = True
    while left:
        with work(ref, "keys") as by:
            found = places.lay_for_old(_BATCH)
            left = len(found) == _BATCH
            if found:
                record(by=by, action=Action.CHANGE, what="inbox.places", ids=[concern.id for concern in found])
