"""A change before it is decided: the table before and after, what is unlike, and the proof. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from regional.leaders import tables
from regional.leaders.proof import Said, proof
from regional.leaders.rotation import change, with_whole_round
from regional.leaders.rotation_file import changes_of
from regional.leaders.rotation_moves import Rotation
from regional.leaders.tables import Decision, decided, rotation_of

OVER = "Det som har vært, står. Velg en periode som ikke har begynt."


@dataclass(frozen=True, slots=True)
class Cell:
    """Who has a seat in a period; `was` who had it before the change, "" where it is the same."""

    period: str
    kommune: str
    was: str
    is_now: bool = False


@dataclass(frozen=True, slots=True)
class Preview:
    """`since`: the number of the first period that may be unlike; `moved`: how many places change hands from then."""

    before: Rotation
    after: Rotation
    since: int
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]
    said: tuple[Said, ...]

    @property
    def moved(self) -> int:
        """How many places have another kommune than before."""
        return sum(bool(cell.was) for _, cells in self.rows for cell in cells)

    @property
    def longer(self) -> int:
        """So many periods are drawn on, for the new round to be whole."""
        return len(self.after.periods) - len(self.before.periods)

    @property
    def renamed(self) -> tuple[tuple[str, str], ...]:
        """Periods that get other years: (before, after)."""
        pairs = zip(self.before.periods, self.after.periods, strict=False)
        return tuple((old, new) for old, new in pairs if old != new)


def preview(row: Decision, batch: Mapping[str, Any], *, today: date | None = None) -> Preview:
    """What a list of changes would do. Raises ValueError with a sentence; with `today` also for what has begun."""
    before = rotation_of(row)
    since = tables.first_changed(batch, before)
    if today is not None:
        _check_ahead(before, batch, since, today.year)
    after = with_whole_round(change(before, changes_of(batch).moves))
    known = decided(row)
    said = proof(known | {"changes": [*known["changes"], batch]}, after, before=before, since=since)
    return Preview(before, after, since, grid(after, before), tuple(said))


def grid(after: Rotation, before: Rotation | None = None, now: int | None = None) -> tuple[
    tuple[str, tuple[Cell, ...]], ...
]:  # fmt: skip
    """A row for each seat; with `before` what each cell was."""
    return tuple((seat, _cells(after, row, before.holders.get(seat, ()) if before else row, now))
                 for seat, row in after.holders.items())  # fmt: skip


def _cells(after: Rotation, row: Sequence[str], was: Sequence[str], now: int | None) -> tuple[Cell, ...]:
    return tuple(
        Cell(after.periods[at], kommune, was[at] if at < len(was) and was[at] != kommune else "", at == now)
        for at, kommune in enumerate(row)
    )


def _check_ahead(before: Rotation, batch: Mapping[str, Any], since: int, year: int) -> None:
    """Only a period that is still to come may change hands; the one that runs may be cut short."""
    if since >= len(before.periods):
        return
    if set(batch) == {"cut_short"}:
        if any(row["to"] < year for row in batch["cut_short"]):
            raise ValueError("Perioden kan ikke slutte i et år som er over.")
    elif before.first_years[since] <= year:
        raise ValueError(OVER)
