"""Stopping a matter for a while, and setting it going again. Its next step keeps its owner and its date."""

from datetime import date

from django.db import transaction

from tenants.inbox.models import Concern
from tenants.triage import hold
from tenants.triage.hold_models import Hold
from tenants.triage.said import take, take_going
from varde.access import Reader
from varde.audit.actions import Action, record
from varde.clock import now
from varde.refusal import Refused
from varde.ui.dates import date_and_time


@transaction.atomic
def stop(*, concern: Concern, reason: str, look_at: date, by: Reader) -> Hold:
    """The matter stands still until it is set going again; `look_at` is the day somebody looks at it.

    Raises Refused without a reason, for a day that is past or more than two years off, for a matter that is over, and
    when it is stopped already.
    """
    held = take(concern, by)
    moment = now()
    hold.check_stop(held.progress, reason, look_at, moment)
    standing = _open(held)
    if standing is not None:
        raise Refused(
            f"{standing.by_name} stoppet saken {date_and_time(standing.at)}. Det du skrev, står her fortsatt."
        )
    row = Hold(
        concern=held, reason=reason, look_at=look_at, at=moment, by_user=by.user_id, by_name=by.name[:200]
    )  # fmt: skip
    row.save(force_insert=True)
    record(by=by, action=Action.CHANGE, what="triage.hold", ids=[held.id], reason="stoppet")
    return row


@transaction.atomic
def go_on(*, concern: Concern, reason: str, by: Reader) -> Hold:
    """Set it going again. Raises Refused without a reason, when it is not stopped, and when it is over."""
    held = take_going(concern, by)
    hold.check_reason(reason)
    row = _open(held)
    if row is None:
        raise Refused("Saken er ikke stoppet. Noen andre kan ha satt den i gang igjen.")
    row.ended_at, row.ended_by, row.ended_by_name = now(), by.user_id, by.name[:200]
    row.ended_because = reason
    row.save(update_fields=["ended_at", "ended_by", "ended_by_name", "ended_because"])
    record(by=by, action=Action.CHANGE, what="triage.hold", ids=[held.id], reason="i gang igjen")
    return row


def _open(concern: Concern) -> Hold | None:
    return Hold.objects.select_for_update().filter(concern=concern, ended_at__isnull=True).first()
