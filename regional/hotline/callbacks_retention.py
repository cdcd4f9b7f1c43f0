"""Call-backs that are done hold no name and no number; a month later the rows go too."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from regional.hotline.callbacks_models import CallBackTry
from regional.hotline.models import CallBack
from varde.audit.actions import Action, record
from varde.clock import now
from varde.retention.registry import Done, Line
from varde.tenancy.door import OfficeRef
from varde.tenancy.work import work

KEPT = timedelta(days=30)


def look(ref: OfficeRef) -> list[Line]:
    """How many are done, and how many of them are due to go."""
    with work(ref, "retention"):
        done = CallBack.objects.filter(state="done")
        return [Line("Tilbakeringinger som er gjort", True, done.count(), _due().count(), 0, 0)]


def run(ref: OfficeRef) -> Done:
    """They go."""
    with work(ref, "retention") as by:
        ids = list(_due().values_list("id", flat=True))
        CallBackTry.objects.filter(callback_id__in=ids).delete()
        CallBack.objects.filter(id__in=ids).delete()
        if ids:
            record(by=by, action=Action.CHANGE, what="hotline.callback.gone", ids=ids)
    return Done(len(ids), 0)


def _due() -> QuerySet[CallBack]:
    end: datetime = now() - KEPT
    return CallBack.objects.filter(state="done", done_at__lt=end)
