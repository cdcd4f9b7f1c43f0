"""Sweeps of the phone: what rang and was never ended, and call-backs whose time to be kept is over."""

from regional.hotline import callbacks_retention
from regional.hotline.announcing_actions import stop_ringing as stop
from varde.celery import office_task
from varde.tenancy.door import OfficeRef
from varde.tenancy.work import work


@office_task("hotline.stop_ringing", every=60.0, kinds=("region",))
def stop_ringing(ref: OfficeRef) -> None:
    """Every minute."""
    with work(ref, "machine") as by:
        stop(by=by)


@office_task("hotline.daily", every=86_400, kinds=("region",))
def daily(ref: OfficeRef) -> None:
    """What is past its time goes by itself: nobody has to confirm it."""
    callbacks_retention.run(ref)
