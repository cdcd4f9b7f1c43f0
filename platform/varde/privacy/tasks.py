"""Hourly: what was destroyed is also gone from the disk, whatever stopped in between."""

import logging

from varde.celery import office_task
from varde.privacy.sweeping import sweep
from varde.tenancy.door import OfficeRef
from varde.tenancy.work import work

log = logging.getLogger("varde.privacy")


@office_task("privacy.sweep", every=3600)
def sweep_keys(ref: OfficeRef) -> None:
    """Remove the halves on the disk that nothing may open any more."""
    with work(ref, "keys") as by:
        swept = sweep(ref=ref, by=by)
    if swept.refused:
        log.error("database looks older than its keys: %d of %d halves have no row", swept.strays, swept.halves)
