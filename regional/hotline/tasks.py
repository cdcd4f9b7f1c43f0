"""Sweeps of the phone: what rang and was never ended, what was left, and what has been kept for its time."""

from regional.hotline import callbacks_retention
from regional.hotline.announcing_actions import stop_ringing as stop
from regional.hotline.models import Call
from regional.hotline.queries import left
from regional.phone.notices import addresses
from varde.celery import office_task
from varde.clock import now
from varde.notify.mail import tell
from varde.tenancy.door import OfficeRef
from varde.tenancy.work import work


@office_task("hotline.stop_ringing", every=60.0, kinds=("region",))
def stop_ringing(ref: OfficeRef) -> None:
    """Every minute."""
    with work(ref, "machine") as by:
        stop(by=by)


@office_task("hotline.left", every=3600.0, kinds=("region",))
def tell_of_left(ref: OfficeRef) -> None:
    """Every hour: a call that somebody began and nobody goes on with waits for one of those who answer."""
    with work(ref, "reminders"):
        found = Call.objects.filter(left(now())).exists()
        to = addresses() if found else []
    if to:
        tell("waits_phone", to=to, ref=ref)


@office_task("hotline.daily", every=86_400, kinds=("region",))
def daily(ref: OfficeRef) -> None:
    """What is past its time goes by itself: nobody has to confirm it."""
    callbacks_retention.run(ref)
