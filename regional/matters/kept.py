"""The end of what tells of somebody, and of matters that are kept no longer: the keys too."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from regional.matters import queries, states
from regional.matters.models import Matter, MatterWord
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


@office_task("matters.kept", every=3600, kinds=("region",))
def end_old(ref: OfficeRef) -> None:
    """The keys of what was sent back, within the hour; the rest as the region has decided."""
    run(ref)


def look(ref: OfficeRef) -> list[Line]:
    """How many are over, and of those how many have been kept as long as was decided."""
    with work(ref, "keys"):
        held = queries.intake()
        decided = held is not None and held.keep_years is not None
        over = Matter.objects.filter(state__in=states.OVER).count()
        return [Line("Systemsaker som er ferdige", decided, over, _due().count(), 0, 0)]


def run(ref: OfficeRef) -> Done:
    """What was sent back can be opened by nobody; what is due goes."""
    with work(ref, "keys") as by:
        _end_keys(Matter.objects.filter(state=states.SENT_BACK).values_list("id", flat=True), by)
        ids = list(_due().values_list("id", flat=True))
        _end_keys(ids, by)
        MatterWord.objects.filter(matter__in=ids).delete()
        Matter.objects.filter(id__in=ids, into__isnull=False).delete()
        Matter.objects.filter(id__in=ids).delete()
        if ids:
            record(by=by, action=Action.CHANGE, what="matters.matter", ids=ids, reason="slettet")
    return Done(len(ids), 0)


def _end_keys(ids: Iterable[UUID], by: Reader) -> None:
    alive = DataKey.objects.filter(id__in=list(ids), destroyed_at=None).values_list("id", flat=True)
    for key in list(alive):
        destroy(matter_id=key, by=by, reason="systemsak slettet")


def _due() -> QuerySet[Matter]:
    """Over so long ago; one that others are answered with waits for them."""
    held = queries.intake()
    if held is None or held.keep_years is None:
        return Matter.objects.none()
    last = latest_start(12 * held.keep_years, day_of(now()))
    old = Q(over_at__date__lte=last) | Q(into__over_at__date__lte=last)
    younger = Matter.objects.filter(into=OuterRef("pk")).exclude(state=states.JOINED)
    return Matter.objects.filter(old, ~Exists(younger), state__in=states.OVER)
