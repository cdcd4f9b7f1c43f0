"""What has been given out, for pages, files and machines: read from the frozen copies and from nothing else."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from regional.releases.ledger import Broken
from regional.releases.models import EntryKind, FrozenCopy, LedgerEntry
from regional.releases.statements import digest
from shared.codes.periods import label, parse
from shared.contracts import ReleasedTable
from shared.contracts.fields import from_json
from varde.access import Permission, Reader, require
from varde.audit.actions import Action, record

WHAT = "releases.release"
OTHER_COPY = (
    "Det som vises av utgivelse {number}, er ikke det som ble gitt ut. Ingen tall gis ut før det er funnet ut av."
)


@dataclass(frozen=True, slots=True)
class Given:
    """A release. `number` is its row in the ledger, `digest` the frozen copy's; a withdrawn one has no tables here.

    `rule`: what it was protected by; `versions`: of plan, form, program and solver.
    """

    number: int
    at: datetime
    period: str
    label: str
    asked_by: str
    approved_by: str
    tables: tuple[ReleasedTable, ...]
    withdrawn_at: datetime | None
    digest: str
    rule: Mapping[str, Any]
    versions: Mapping[str, Any]


def given(by: Reader) -> list[Given]:
    """Every release, the newest first. That somebody looked stands in the log, once. Raises Broken."""
    require(by, Permission.STATISTICS_READ)
    found = all_given()
    record(by=by, action=Action.VIEW, what=WHAT, ids=[])
    return found


def all_given() -> list[Given]:
    """The same for whoever has been let in already (a worker, a page that has asked). Raises Broken."""
    gone = _withdrawn()
    copies = FrozenCopy.objects.filter(entry__kind=EntryKind.RELEASE).select_related("entry").order_by("-entry__number")
    return [_given(copy, gone) for copy in copies]


def check_copy(copy: FrozenCopy) -> None:
    """Raises Broken where it is not the bytes that the ledger says were given out."""
    content: Any = copy.entry.content
    if digest(copy.content.encode()) != content["copy"]:
        raise Broken(OTHER_COPY.format(number=copy.entry.number))


def tables_of(copy: str) -> tuple[ReleasedTable, ...]:
    """The tables of a frozen copy. Raises BadLetter (a ValueError) for one that cannot be read."""
    return tuple(from_json(ReleasedTable, each, "table") for each in json.loads(copy)["tables"])


def _given(copy: FrozenCopy, gone: Mapping[int, datetime]) -> Given:
    check_copy(copy)
    row = copy.entry
    content: Any = row.content
    withdrawn_at = gone.get(row.number)
    return Given(
        number=row.number,
        at=row.at,
        period=content["period"],
        label=label(parse(content["period"])),
        asked_by=content["asked_by"],
        approved_by=content["approved_by"],
        tables=() if withdrawn_at else tables_of(copy.content),
        withdrawn_at=withdrawn_at,
        digest=content["copy"],
        rule=content["rule"],
        versions=content["engine"],
    )


def _withdrawn() -> dict[int, datetime]:
    rows = LedgerEntry.objects.filter(kind=EntryKind.WITHDRAWN).order_by("-number")
    return {row.content["release"]: row.at for row in rows}
