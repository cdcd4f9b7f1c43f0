"""Promising to ring somebody back, taking one over, trying, and being done."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from regional.hotline.callbacks_access import own_callback_locked
from regional.hotline.callbacks_models import ENDS, WHOM, CallBackTry
from regional.hotline.line import holds_now
from regional.hotline.models import Call, CallBack
from regional.hotline.queries import me
from regional.hotline.ringing import mask
from regional.hotline.rows import with_reference
from varde.access import Reader
from varde.audit.actions import Action, record
from varde.clock import now
from varde.privacy.actions import destroy
from varde.privacy.models import DataKey
from varde.refusal import Overtaken

# So long after it was due it is anybody's (and the database says so too).
LET_GO = timedelta(minutes=30)


@transaction.atomic
def promise(
    *, whom: Mapping[str, str], due_at: datetime, by: Reader, shifts: bool = False, reference: str = ""
) -> CallBack:
    """Somebody to ring back. `shifts`: for whoever is on shift, and then not to be read by the one who wrote it."""
    row = CallBack(made_by=me(by), made_by_name=by.name, made_at=now(), due_at=due_at, reference=reference)
    row.owner, row.owner_name = (None, "") if shifts else (me(by), by.name)
    row.whom = {name: str(whom.get(name, "")) for name in WHOM}
    row.masked = mask(row.whom["phone"])
    row.save(force_insert=True)
    record(by=by, action=Action.CREATE, what="hotline.callback", ids=[row.id])
    return row


@transaction.atomic
def take(*, callback_id: UUID, by: Reader) -> CallBack:
    """Mine, if it was the shift's or nobody rang in time; Overtaken when somebody else was first."""
    free = Q(owner=None) | Q(due_at__lt=now() - LET_GO)
    waiting = CallBack.objects.filter(free, id=callback_id, state="waiting").exclude(owner=me(by))
    won = waiting.update(owner=me(by), owner_name=by.name)
    row = CallBack.objects.filter(id=callback_id, state="waiting").first()
    if row is None or (not won and row.owner != me(by)):
        raise Overtaken("Noen andre har tatt tilbakeringingen.")
    record(by=by, action=Action.CHANGE, what="hotline.callback.taken", ids=[row.id])
    return row


@transaction.atomic
def give_to_shift(*, callback_id: UUID, by: Reader) -> CallBack:
    """For whoever is on shift; from now on only who takes it can read it."""
    row = own_callback_locked(callback_id, by)
    row.owner, row.owner_name = None, ""
    row.save(update_fields=["owner", "owner_name"])
    record(by=by, action=Action.CHANGE, what="hotline.callback.shift", ids=[row.id])
    return row


@transaction.atomic
def tried(*, callback_id: UUID, result: str, again: datetime | None, by: Reader) -> CallBack:
    """How it went. Reached or given up: whom it was about is destroyed. Else it waits until `again`."""
    row = own_callback_locked(callback_id, by)
    CallBackTry(callback=row, at=now(), by_name=by.name, result=result).save(force_insert=True)
    record(by=by, action=Action.CHANGE, what="hotline.callback.tried", ids=[row.id])
    if result in ENDS:
        return _done(row, result, by)
    if again is not None:
        row.due_at = again
        row.save(update_fields=["due_at"])
    return row


@transaction.atomic
def into_call(*, callback_id: UUID, by: Reader) -> Call:
    """They answer: a call with what is known in it. The call-back is done."""
    row = own_callback_locked(callback_id, by)
    on = holds_now(by, now())
    call = Call(operator=me(by), operator_name=by.name, started_at=now(), line=on.id, service=on.service)
    call.told = _told(row)
    with_reference(call)
    record(by=by, action=Action.CREATE, what="hotline.call", ids=[call.id])
    CallBackTry(callback=row, at=now(), by_name=by.name, result="reached").save(force_insert=True)
    row.became = call.id
    _done(row, "reached", by)
    return call


def _told(row: CallBack) -> dict[str, str]:
    whom = row.whom
    unsaid = f"Må ikke sies: {whom['unsaid']}" if whom.get("unsaid") else ""
    return {
        "reporter_name": whom.get("who", "")[:200],
        "reporter_phone": whom.get("phone", ""),
        "safe_contact": "\n".join(filter(None, [whom.get("safe", ""), unsaid])),
        "extra": "\n".join(filter(None, [f"Ringt tilbake. Første samtale: {row.reference}." if row.reference else "",
                                         whom.get("about", "")])),
    }  # fmt: skip


def _done(row: CallBack, outcome: str, by: Reader) -> CallBack:
    row.whom = {}
    if DataKey.objects.filter(id=row.id, destroyed_at__isnull=True).exists():
        destroy(matter_id=row.id, by=by, reason="tilbakeringingen er ferdig")
    row.state, row.outcome, row.done_at = "done", outcome, now()
    row.save()
    return row
