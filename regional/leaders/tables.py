"""From a stored decision to the table that it makes. Pure: rows in, tables out."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Protocol

from regional.leaders.rotation import change, rotate
from regional.leaders.rotation_file import changes_of
from regional.leaders.rotation_moves import Rotation


class Decision(Protocol):
    """What is read of a stored row."""

    @property
    def kommuner(self) -> Sequence[str]: ...
    @property
    def seats(self) -> Sequence[str]: ...
    @property
    def first_year(self) -> int: ...
    @property
    def years(self) -> int: ...
    @property
    def periods(self) -> int | None: ...
    @property
    def changes(self) -> Sequence[Mapping[str, Any]]: ...
    @property
    def holds_from(self) -> date | None: ...


class Counted(Decision, Protocol):
    """The same, and whether it is decided."""

    @property
    def proposal(self) -> bool: ...


def rotation_of(row: Decision) -> Rotation:
    """The table. Raises ValueError with a sentence for what cannot be."""
    made = rotate(row.kommuner, row.seats, first_year=row.first_year, years=row.years, periods=row.periods)
    for batch in row.changes:
        made = change(made, changes_of(batch).moves)
    return made


def decided(row: Decision) -> dict[str, Any]:
    """The same as the independent check takes it."""
    return {
        "kommuner": list(row.kommuner),
        "seats": list(row.seats),
        "first_year": row.first_year,
        "years": row.years,
        "changes": list(row.changes),
    }


def holds_from(row: Decision) -> date:
    """The first day of a decision."""
    return row.holds_from or date(row.first_year, 1, 1)


def counting[D: Counted](newest_first: Iterable[D]) -> list[D]:
    """Those that may hold: what is decided, and proposals from before anything was. A later proposal lies beside."""
    rows = list(newest_first)
    first = max((at for at, row in enumerate(rows) if not row.proposal), default=-1)
    return [row for at, row in enumerate(rows) if not row.proposal or at > first]


def in_force[D: Counted](newest_first: Iterable[D], day: date) -> D | None:
    """The newest of those that may hold which does on the day."""
    return next((row for row in counting(newest_first) if holds_from(row) <= day), None)


def first_changed(batch: Mapping[str, Any], rotation: Rotation) -> int:
    """The number of the first period that a list of changes may touch, in the table before them."""
    rows = [row for name in batch for row in batch[name]]
    years = [row.get("since") or row["from"] for row in rows]
    return min((rotation.period_of(year) for year in years), default=len(rotation.periods))
