"""Sending on what was ordered; and looking whether something waits too long."""

import logging

from regional.delivery import actions, queries
from regional.hotline import settle as hotline
from varde.celery import office_task
from varde.clock import now
from varde.tenancy.door import OfficeRef
from varde.tenancy.work import work

log = logging.getLogger("varde.delivery")


@office_task(actions.REDIRECT.name, every=60, kinds=("region",))
def redirect(ref: OfficeRef) -> None:
    """Each in a transaction of its own; what fails waits for the next minute."""
    with work(ref, "redirect"):
        wanted = queries.ordered()
    for returned_id in wanted:
        try:
            with work(ref, "redirect") as by:
                actions.send_on(returned_id=returned_id, by=by)
        except Exception as error:  # one that cannot be sent must not hold up the others
            log.warning("returned %s waits: %s", returned_id, type(error).__name__)


def settle(ref: OfficeRef) -> None:
    """What follows from receipts: of calls, and of what was sent on."""
    hotline.settle(ref)
    with work(ref, "post"):
        wanted = queries.unsettled()
    for returned_id in wanted:
        with work(ref, "post") as by:
            actions.note_stored(returned_id=returned_id, by=by)


@office_task("delivery.watch", every=900, kinds=("region",))
def watch(ref: OfficeRef) -> None:
    """What nobody in a kommune has opened in time, by our own clock: told of once. What came back and waits: daily."""
    with work(ref, "post") as by:
        for call in queries.unheard(now()):
            actions.note_waits(call=call, since=call.forwarded_at or call.started_at, own_clock=True, by=by)
        actions.tell_stuck(by=by)
