"""Call-backs that are done hold no name and no number; a month later the rows go too. So does the number of a call
that nobody answered and nobody rang back; the call is still counted."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from regional.hotline.callbacks_models import CallBackTry
from regional.hotline.models import CONTENT, Call, CallBack
from regional.hotline.rows import empty, has_key
from regional.hotline.states import HUNG_UP
from varde.access import Reader
from varde.audit.actions import Action, record
from varde.clock import now
from varde.privacy.actions import destroy
from varde.retention.registry import Done, Line
from varde.tenancy.door import OfficeRef
from varde.tenancy.work import work

KEPT = timedelta(days=30)


def look(ref: OfficeRef) -> list[Line]:
    """How many are done, and how many of them are due to go."""
    with work(ref, "retention"):
        done = CallBack.objects.filter(state="done")
        missed = Call.objects.filter(state="missed")
        return [
            Line("Tilbakeringinger som er gjort", True, done.count(), _due().count(), 0, 0),
            Line("Nummeret i ubesvarte anrop", True, missed.count(), _old().count(), 0, 0),
        ]


def run(ref: OfficeRef) -> Done:
    """They go."""
    with work(ref, "retention") as by:
        ids = list(_due().values_list("id", flat=True))
        CallBackTry.objects.filter(callback_id__in=ids).delete()
        CallBack.objects.filter(id__in=ids).delete()
        if ids:
            record(by=by, action=Action.CHANGE, what="hotline.callback.gone", ids=ids)
        numbers = [_forgotten(call, by) for call in _old().select_for_update()]
    return Done(len(ids) + len(numbers), 0)


def _forgotten(call: Call, by: Reader) -> UUID:
    if has_key(call.id):
        destroy(matter_id=call.id, by=by, reason="ingen ringte tilbake i tide")
    empty(call)
    call.state, call.kind = "ended", HUNG_UP
    call.save(update_fields=[*CONTENT, "masked", "state", "kind"])
    record(by=by, action=Action.CHANGE, what=f"hotline.call.{HUNG_UP}", ids=[call.id])
    return call.id


def _old() -> QuerySet[Call]:
    return Call.objects.filter(state="missed", missed_at__lt=now() - KEPT)


def _due() -> QuerySet[CallBack]:
    end: datetime = now() - KEPT
    return CallBack.objects.filter(state="done", done_at__lt=end)
