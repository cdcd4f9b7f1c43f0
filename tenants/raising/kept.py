"""How long system matters are kept: as long as the kommune has decided, from the day they were over."""

from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from tenants.raising import queries, states
from tenants.raising.models import Raised, RaisedDoubt, RaisedWord
from varde.access import Reader
from varde.audit.actions import Action, record
from varde.celery import office_task
from varde.clock import now
from varde.privacy.actions import destroy
from varde.privacy.models import DataKey
from varde.retention.registry import Done, Line
from varde.retention.rules import latest_start
from varde.tenancy.door import OfficeRef
from varde.tenancy.work import work
from varde.ui.dates import day_of

_OVER = (states.DECIDED, states.CLOSED)


@office_task("raising.kept", every=6 * 3600, kinds=("kommune",))
def end_old(ref: OfficeRef) -> None:
    """Deleted drafts at once; the rest as the kommune has decided."""
    run(ref)


def look(ref: OfficeRef) -> list[Line]:
    """How many are over, and of those how many have been kept as long as was decided."""
    with work(ref, "keys"):
        held = queries.setting()
        decided = held is not None and held.keep_years is not None
        over = Raised.objects.filter(state__in=_OVER).count()
        return [Line("Systemsaker som er ferdige", decided, over, _due().count(), 0, 0)]


def run(ref: OfficeRef) -> Done:
    """Rows and keys go."""
    with work(ref, "keys") as by:
        ids = [*_due().values_list("id", flat=True)]
        ids += Raised.objects.filter(state=states.DROPPED).values_list("id", flat=True)
        _end(ids, by)
    return Done(len(ids), 0)


def _end(ids: list[UUID], by: Reader) -> None:
    alive = DataKey.objects.filter(id__in=ids, destroyed_at=None).values_list("id", flat=True)
    for key in list(alive):
        destroy(matter_id=key, by=by, reason="systemsak slettet")
    RaisedDoubt.objects.filter(raised__in=ids).delete()
    RaisedWord.objects.filter(raised__in=ids).delete()
    Raised.objects.filter(id__in=ids).delete()
    if ids:
        record(by=by, action=Action.CHANGE, what="raising.matter", ids=ids, reason="slettet")


def _due() -> QuerySet[Raised]:
    held = queries.setting()
    if held is None or held.keep_years is None:
        return Raised.objects.none()
    last: date = latest_start(12 * held.keep_years, day_of(now()))
    return Raised.objects.filter(state__in=_OVER, over_at__date__lte=last)
