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


def in_force[D: Decision](newest_first: Iterable[D], day: date) -> D | None:
    """The newest decision of those that hold on the day."""
    return next((row for row in newest_first if holds_from(row) <= day), None)


def first_changed(batch: Mapping[str, Any], rotation: Rotation) -> int:
    """The number of the first period that a list of changes may touch, in the table before them."""
    rows = [row for name in batch for row in batch[name]]
    years = [row.get("since") or row["from"] for row in rows]
    return min((rotation.period_of(year) for year in years), default=len(rotation.periods))
