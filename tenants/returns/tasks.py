"""Counting and sending what has been ordered: a purpose of its own, because it sees every case."""

from tenants.returns import actions
from varde.celery import office_task
from varde.tenancy.door import OfficeRef
from varde.tenancy.work import work


@office_task("returns.send_ordered", every=300, kinds=("kommune",))
def send_ordered(ref: OfficeRef) -> None:
    """At once when somebody orders; swept every five minutes in case the ring was lost."""
    with work(ref, "returns") as by:
        actions.send_ordered(by=by)
