"""Counting the reports that have been ordered: a purpose of its own, because it sees every case."""

from tenants.reporting import actions
from varde.celery import office_task
from varde.tenancy.door import OfficeRef
from varde.tenancy.work import work


@office_task("reporting.make_ordered", every=300, kinds=("kommune",))
def make_ordered(ref: OfficeRef) -> None:
    """At once when somebody orders; swept every five minutes in case the ring was lost."""
    with work(ref, "returns") as by:
        actions.make_ordered(by=by)
