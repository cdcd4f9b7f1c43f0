"""The calls to the region's shared phone as parts to be frozen; no content is read. For the purpose "returns" alone."""

from collections.abc import Sequence
from datetime import datetime, time

from regional.hotline.models import Call
from regional.releases.calls import parts_of
from regional.releases.problem import Part
from shared.codes.periods import Quarter
from shared.registry.models import Office
from varde.clock import OSLO

_COLUMNS = ("state", "kind", "place", "kommune", "answered_at")


def calls(quarters: Sequence[Quarter]) -> tuple[Part, ...]:
    """A part for each kommune that calls were sent on to, and one for what the region kept; none where it has no phone
    or nobody has rung yet."""
    first, last = (
        datetime.combine(day, time.min, OSLO) for day in (quarters[0].first_day, quarters[-1].next.first_day)
    )
    if not Call.objects.filter(started_at__lt=last).exists():
        return ()
    rows = Call.objects.filter(started_at__gte=first, started_at__lt=last).values(*_COLUMNS)
    offices = dict(Office.objects.filter(kind="kommune").values_list("number", "id"))
    return parts_of(rows.iterator(), {number: str(id_) for number, id_ in offices.items()})
