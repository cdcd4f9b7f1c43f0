"""What the region has given out to this kommune, the newest first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from shared.codes.periods import label, parse
from shared.contracts import ReleasedTable
from shared.contracts.fields import from_json
from tenants.returns.received_models import ReceivedRelease, WithdrawnRelease
from varde.access import Reader
from varde.audit.actions import Action, record

TABLE_KINDS = {"half": "Halvår", "year": "År", "start": "Siden start", "quarter": "Kvartal"}


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

    @property
    def label(self) -> str:
        """The half-year in words."""
        return label(parse(self.period))


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


def by_kind(tables: Iterable[ReleasedTable]) -> list[tuple[str, list[ReleasedTable]]]:
    """Under a heading for each kind, the newest first, as a list to choose from."""
    newest = sorted(tables, key=lambda one: parse(one.id.rpartition("..")[2])[-1], reverse=True)
    kept = [(title, [one for one in newest if one.kind == kind]) for kind, title in TABLE_KINDS.items()]
    return [(title, some) for title, some in kept if some]


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
