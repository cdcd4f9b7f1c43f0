"""What the telephone system says becomes a call that rings, is answered, or was missed."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.crypto import salted_hmac

from regional.hotline.line import line_of
from regional.hotline.models import Call, CallEvent
from regional.hotline.ringing import WITHHELD, Said, mask
from regional.hotline.rows import with_reference
from varde.access import Reader
from varde.audit.actions import Action, record
from varde.clock import now
from varde.machines.models import Machine
from varde.turn import wait_for

# A system that died says never that it was hung up: then it does not ring for ever.
LONGEST_RING = timedelta(minutes=10)


class SaidOtherwise(ValueError):
    """The same event of the same call was told before, with other words."""


class NotAnnounced(Exception):
    """A call that was answered or ended, and of which nobody said that it rang."""


@transaction.atomic
def hear(*, said: Said, body: Mapping[str, Any], machine: Machine, by: Reader) -> tuple[Call, bool]:
    """The call, and whether this was new. The same event again changes nothing.

    SaidOtherwise for the same event in other words; NotAnnounced for the answer or the end of a call
    that was never announced.
    """
    wait_for(f"hotline call {said.call_id}")
    call = Call.objects.filter(external_id=said.call_id).first()
    digest = _digest(body)
    if call is not None:
        before = CallEvent.objects.filter(call=call, event=said.event).first()
        if before is not None:
            if before.digest != digest:
                raise SaidOtherwise
            return call, False
    at = said.at or now()
    if said.event == "ringing":
        call = call or _announced(said, at, machine, by)
    elif call is None:
        raise NotAnnounced
    else:
        _answered(call, at) if said.event == "answered" else _ended(call, at, by)
    CallEvent(call=call, event=said.event, at=at, digest=digest, machine=machine.id).save()
    return call, True


def _digest(body: Mapping[str, Any]) -> str:
    # Keyed: there are few telephone numbers, and a plain hash is found by trying them all.
    said = json.dumps({name: value for name, value in body.items() if value is not None}, sort_keys=True)
    return salted_hmac("regional.hotline.event", said, algorithm="sha256").hexdigest()


def _announced(said: Said, at: datetime, machine: Machine, by: Reader) -> Call:
    line = line_of(said.to, at)
    call = Call(state="ringing", started_at=at, announced_at=at, external_id=said.call_id, masked=mask(said.caller))
    call.line, call.service = line.id, line.service
    call.caller = "" if said.caller == WITHHELD else said.caller
    with_reference(call)
    record(by=by, action=Action.CREATE, what="hotline.call.announced", ids=[call.id], reason=machine.name)
    return call


def _answered(call: Call, at: datetime) -> None:
    """Who lifts first, at the telephone or in the console, ends the caller's wait."""
    if call.answered_at is None or at < call.answered_at:
        call.answered_at = at
        call.save(update_fields=["answered_at"])


def _ended(call: Call, at: datetime, by: Reader) -> None:
    missed = Call.objects.filter(id=call.id, state="ringing").update(
        state="missed", hung_up_at=at, missed_at=at, ended_at=at
    )
    if missed:
        record(by=by, action=Action.CHANGE, what="hotline.call.missed", ids=[call.id])
    else:
        Call.objects.filter(id=call.id, hung_up_at=None).update(hung_up_at=at)
    call.refresh_from_db(fields=["state", "hung_up_at", "missed_at", "ended_at"])


@transaction.atomic
def stop_ringing(*, by: Reader) -> int:
    """Calls whose end was never told are missed; how many."""
    at = now()
    silent = Call.objects.filter(state="ringing", started_at__lt=at - LONGEST_RING)
    ids = list(silent.values_list("id", flat=True))
    count = Call.objects.filter(id__in=ids, state="ringing").update(state="missed", missed_at=at, ended_at=at)
    if ids:
        record(by=by, action=Action.CHANGE, what="hotline.call.missed", ids=ids)
    return count
