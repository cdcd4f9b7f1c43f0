"""What the region has given out to this kommune, the newest first."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from shared.contracts import ReleasedTable
from shared.contracts.fields import from_json
from tenants.returns.received_models import ReceivedRelease, WithdrawnRelease
from varde.access import Reader
from varde.audit.actions import Action, record


@dataclass(frozen=True, slots=True)
class Received:
    """A release; one that is withdrawn has no tables."""

    region: UUID
    region_name: str
    number: int
    period: str
    given_at: datetime
    approved_by: str
    tables: tuple[ReleasedTable, ...]
    withdrawn_at: datetime | None


def received(by: Reader) -> list[Received]:
    """Every release, the newest by number first; those of a former region last. Logged as looked at."""
    gone = {(row.region, row.number): row.withdrawn_at for row in WithdrawnRelease.objects.all()}
    # The same of several: two kommuner of one region that have become one.
    rows = {(row.region, row.number): row for row in ReceivedRelease.objects.order_by("given_at", "id")}
    if rows:
        record(by=by, action=Action.VIEW, what="returns.release", ids=[row.id for row in rows.values()])
    found = [_received(row, gone.get(key)) for key, row in rows.items()]
    last: dict[UUID, datetime] = {}
    for one in found:
        last[one.region] = max(one.given_at, last.get(one.region, one.given_at))
    return sorted(found, key=lambda one: (last[one.region], one.number), reverse=True)


def _received(row: ReceivedRelease, withdrawn_at: datetime | None) -> Received:
    tables = [] if withdrawn_at else [from_json(ReleasedTable, each, "table") for each in row.content["tables"]]
    return Received(
        row.region, row.region_name, row.number, row.period, row.given_at, row.approved_by, tuple(tables), withdrawn_at
    )


def tables_of(found: list[Received]) -> dict[str, tuple[Received, ReleasedTable]]:
    """Each table by its id as the newest release of the region that has it says; only of the newest region."""
    if not found:
        return {}
    shown: dict[str, tuple[Received, ReleasedTable]] = {}
    for one in found:
        if one.region == found[0].region:
            for table in one.tables:
                shown.setdefault(table.id, (one, table))
    return shown
