"""Who holds which seat in the leader team, period by period. Pure: names and years in, a table out.

In period p (from 0) seat s goes to kommune (p + s) modulo the number of kommuner. With as many periods as
kommuner, a round, that is a cyclic square: every kommune holds every seat exactly once. Within a period the
seats are dealt round the ring, so loads differ by at most one, with fewer seats than kommuner and with more.
Source of the equal case: the pre-project's table for Gjøvikregionen 2025-2034.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

MOST_PERIODS = 1000
YEARS = range(1900, 2200)
LAST_YEAR = 9999


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
class Rotation:
    """`holders[seat][i]` is the kommune in the seat in `periods[i]`; `kommuner` are all that take part."""

    periods: tuple[str, ...]
    first_years: tuple[int, ...]
    kommuner: tuple[str, ...]
    holders: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

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


def rotate(
    kommuner: Sequence[str], seats: Sequence[str], *, first_year: int, years: int, periods: int | None = None
) -> Rotation:
    """Return the table. `periods` is a full round unless given. Raises ValueError with a sentence to show."""
    _check_names(kommuner, "kommune")
    _check_names(seats, "plass")
    count = len(kommuner) if periods is None else periods
    _check_times(first_year, years, count)
    firsts = tuple(first_year + years * number for number in range(count))
    holders = {seat: _row(kommuner, number, count) for number, seat in enumerate(seats)}
    return Rotation(tuple(_name(first, years) for first in firsts), firsts, tuple(kommuner), holders)


def change(rotation: Rotation, changes: Iterable[Joins | Leaves]) -> Rotation:
    """Return the table with kommuner joining or leaving; periods before each change stay as they are.

    From a change on, a new round begins with the kommuner then in it. Raises ValueError with a sentence.
    """
    by_period: dict[int, list[Joins | Leaves]] = {}
    for wish in changes:
        by_period.setdefault(rotation.period_of(wish.year), []).append(wish)
    members, ever = list(rotation.kommuner), list(rotation.kommuner)
    holders = dict(rotation.holders)
    for start in sorted(by_period):
        ring = _turned(members, by_period[start])
        ever += [name for name in ring if name not in ever]
        holders = _from_then(holders, ring, start, _next_up(holders, ring, start))
        members = ring
    return Rotation(rotation.periods, rotation.first_years, tuple(ever), holders)


def _row(ring: Sequence[str], offset: int, count: int) -> tuple[str, ...]:
    return tuple(ring[(offset + number) % len(ring)] for number in range(count))


def _name(first: int, years: int) -> str:
    return str(first) if years == 1 else f"{first}-{first + years - 1}"


def _turned(members: Sequence[str], wishes: Iterable[Joins | Leaves]) -> list[str]:
    ring = list(members)
    # Leaving is done first, so that kommuner that merge may leave and join under a new name in one change.
    for wish in sorted(wishes, key=lambda wish: isinstance(wish, Joins)):
        if isinstance(wish, Joins):
            if wish.kommune in ring:
                raise ValueError(f"{wish.kommune} er allerede med i rulleringen.")
            ring.append(wish.kommune)
        elif wish.kommune not in ring:
            raise ValueError(f"{wish.kommune} kan ikke gå ut, for den er ikke med i rulleringen.")
        else:
            ring.remove(wish.kommune)
    if not ring:
        raise ValueError("Det må være minst én kommune igjen i rulleringen.")
    return ring


def _from_then(
    holders: Mapping[str, tuple[str, ...]], ring: Sequence[str], start: int, offset: int
) -> dict[str, tuple[str, ...]]:
    return {
        seat: row[:start] + _row(ring, offset + number, len(row) - start)
        for number, (seat, row) in enumerate(holders.items())
    }


def _next_up(holders: Mapping[str, tuple[str, ...]], ring: Sequence[str], start: int) -> int:
    """Return where the new round begins: where fewest keep the seat they had, and the queue goes on."""
    planned = next(iter(holders.values()))[start]
    wanted = ring.index(planned) if planned in ring else 0
    if start == 0:
        return wanted
    before = [row[start - 1] for row in holders.values()]

    def kept(offset: int) -> int:
        return sum(ring[(offset + number) % len(ring)] == who for number, who in enumerate(before))

    return min(range(len(ring)), key=lambda offset: (kept(offset), (offset - wanted) % len(ring)))


def _check_names(names: Sequence[str], what: str) -> None:
    if not names:
        raise ValueError(f"Det må være minst én {what}.")
    if any(not name.strip() or not name.isprintable() for name in names):
        raise ValueError(f"En {what} mangler navn eller har tegn som ikke kan skrives ut.")
    for number, name in enumerate(names):
        if name in names[:number]:
            raise ValueError(f"{name} står to ganger.")


def _check_times(first_year: int, years: int, periods: int) -> None:
    if years < 1:
        raise ValueError("En periode må vare minst ett år.")
    if not 1 <= periods <= MOST_PERIODS:
        raise ValueError(f"Antall perioder må være fra 1 til {MOST_PERIODS}.")
    if first_year + years * periods > LAST_YEAR:
        raise ValueError(f"Tabellen kan ikke gå lenger enn til år {LAST_YEAR}.")
    if first_year not in YEARS:
        raise ValueError(f"Første år må være fra {YEARS.start} til {YEARS.stop - 1}, ikke {first_year}.")
