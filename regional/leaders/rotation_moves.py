"""What a rotation is, and what may be asked of it. Pure.

A year names the period that begins in it, as the table has it when the change is asked for.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Joins:
    """A kommune is in the rotation from the period that begins in `year`."""

    kommune: str
    year: int


@dataclass(frozen=True, slots=True)
class Leaves:
    """A kommune is out of the rotation from the period that begins in `year`."""

    kommune: str
    year: int


@dataclass(frozen=True, slots=True)
class Merges:
    """The kommuner in `of` are one from the period that begins in `year`, at the place in the queue of the first of
    them. The new one may keep the name of one of them."""

    kommune: str
    of: tuple[str, ...]
    year: int


@dataclass(frozen=True, slots=True)
class CutsShort:
    """The period that begins in `year` ends with the year `until`; those after it begin that much earlier."""

    year: int
    until: int


@dataclass(frozen=True, slots=True)
class Excluded:
    """A kommune does not hold a seat in the periods from `year` to the one that begins in `until` (None: for good)."""

    kommune: str
    seat: str
    year: int
    until: int | None = None


@dataclass(frozen=True, slots=True)
class Wishes:
    """A kommune would rather hold a seat in the period that begins in `year`. Periods before `since` stay as they are
    (None: those before the wished one)."""

    kommune: str
    seat: str
    year: int
    since: int | None = None


type Move = Joins | Leaves | Merges | Excluded | Wishes
type Change = Move | CutsShort


@dataclass(frozen=True, slots=True)
class Placed:
    """A move at the number of the period that it changes first; `first` and `last` the periods that it is about."""

    at: int
    move: Move
    first: int
    last: int | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """All that a table is made from. `cuts`: number of a period -> how many years it lasts."""

    kommuner: tuple[str, ...]
    seats: tuple[str, ...]
    first_year: int
    years: int
    count: int
    moves: tuple[Placed, ...] = ()
    cuts: Mapping[int, int] = field(default_factory=dict)

    def times(self, count: int) -> list[tuple[int, int]]:
        """(first year, last year) of so many periods."""
        made: list[tuple[int, int]] = []
        first = self.first_year
        for number in range(count):
            last = first + self.cuts.get(number, self.years) - 1
            made.append((first, last))
            first = last + 1
        return made


@dataclass(frozen=True, slots=True)
class Rotation:
    """`holders[seat][i]` is the kommune in the seat in `periods[i]`; `kommuner` are all that take part, `members[i]`
    those of that period."""

    periods: tuple[str, ...]
    first_years: tuple[int, ...]
    last_years: tuple[int, ...]
    kommuner: tuple[str, ...]
    holders: Mapping[str, tuple[str, ...]]
    members: tuple[tuple[str, ...], ...]
    origin: Origin

    def table(self) -> dict[str, dict[str, list[str]]]:
        """Return seat -> kommune -> periods; a kommune that never holds the seat has an empty list."""
        return {
            seat: {
                kommune: [period for period, who in zip(self.periods, row, strict=True) if who == kommune]
                for kommune in self.kommuner
            }
            for seat, row in self.holders.items()
        }

    def period_of(self, year: int) -> int:
        """Return the place of the period that begins in `year`. Raises ValueError when none does."""
        if year not in self.first_years:
            known = ", ".join(str(first) for first in self.first_years)
            raise ValueError(f"Ingen periode begynner i {year}; periodene begynner i {known}.")
        return self.first_years.index(year)


def name_of(first: int, last: int) -> str:
    """«2025-2026», or «2025» for a period of one year."""
    return str(first) if first == last else f"{first}-{last}"
