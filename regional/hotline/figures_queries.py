"""The facts that the figures are made of. No column with content, and none with who called, is read."""

from datetime import date, datetime

from django.db.models import Min

from regional.hotline.figures import Fact
from regional.hotline.models import Call
from regional.hotline.states import SERVICES
from regional.lines.models import Line
from shared.registry.models import Office
from varde.access import Reader
from varde.ui.dates import day_of

_COLUMNS = (
    "started_at", "state", "kind", "service", "line", "place", "announced_at", "answered_at", "missed_at", "kommune",
)  # fmt: skip


def facts(since: datetime) -> list[Fact]:
    """Of each call that began since then; three queries."""
    services = dict(SERVICES)
    lines = {line.id: line for line in Line.objects.all()}
    # Calls from before the place was kept have the office alone.
    numbers = dict(Office.objects.filter(kind="kommune").values_list("id", "number"))
    rows = Call.objects.filter(started_at__gte=since).values(*_COLUMNS).iterator()
    found: list[Fact] = []
    for row in rows:
        line = lines.get(row["line"])
        own = str(line.kommune) if line and line.kommune else ""
        found.append(
            Fact(
                started_at=row["started_at"],
                state=row["state"],
                kind=row["kind"],
                service=services.get(row["service"], row["service"]),
                line=line.name if line and not own else "",
                own=own,
                place=row["place"] or numbers.get(row["kommune"], ""),
                announced_at=row["announced_at"],
                answered_at=row["answered_at"],
                missed=row["missed_at"] is not None and row["answered_at"] is None,
            )
        )
    return found


def owners() -> set[str]:
    """The kommuner that have, or have had, a line of their own."""
    return {str(kommune) for kommune in Line.objects.exclude(kommune=None).values_list("kommune", flat=True)}


def first_day() -> date | None:
    """The day of the first call."""
    found = Call.objects.aggregate(first=Min("started_at"))["first"]
    return day_of(found) if found else None


def region_names(by: Reader, *, teams: bool) -> dict[str, str]:
    """The region's kommuner by number, in the order of their numbers: those with a team, or those without."""
    rows = Office.objects.filter(region_id=by.office.id, kind="kommune", has_team=teams).order_by("number")
    return dict(rows.values_list("number", "name"))
