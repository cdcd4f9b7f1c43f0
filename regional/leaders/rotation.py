"""Who holds which seat in the leader team, period by period. Pure: names and years in, a table out.

In period p (from 0) seat s goes to kommune (p + s) modulo the number of kommuner. With as many periods as
kommuner, a round, that is a cyclic square: every kommune holds every seat exactly once. Within a period the
seats are dealt round the ring, so loads differ by at most one, with fewer seats than kommuner and with more.
Source of the equal case: the pre-project's table for Gjøvikregionen 2025-2034.

Changes are kept in the order in which they were asked for, and the table is made from all of them: what lies before a
change comes out as it did without it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from regional.leaders.rotation_draw import draw
from regional.leaders.rotation_moves import (
    Change,
    CutsShort,
    Excluded,
    Joins,
    Leaves,
    Merges,
    Move,
    Origin,
    Placed,
    Rotation,
    Wishes,
    name_of,
)

__all__ = [
    "Change",
    "CutsShort",
    "Excluded",
    "Joins",
    "Leaves",
    "Merges",
    "Rotation",
    "Wishes",
    "change",
    "drawn_for",
    "rotate",
    "with_whole_round",
]
MOST_PERIODS = 1000
YEARS = range(1900, 2200)
LAST_YEAR = 9999


def rotate(
    kommuner: Sequence[str], seats: Sequence[str], *, first_year: int, years: int, periods: int | None = None
) -> Rotation:
    """Return the table. `periods` is a full round unless given. Raises ValueError with a sentence to show."""
    _check_names(kommuner, "kommune")
    _check_names(seats, "plass")
    count = len(kommuner) if periods is None else periods
    _check_times(first_year, years, count)
    return draw(Origin(tuple(kommuner), tuple(seats), first_year, years, count))


def change(rotation: Rotation, changes: Iterable[Change]) -> Rotation:
    """Return the table with what is asked for; periods before each change stay as they are.

    When kommuner join, leave or merge, a new round begins with those then in it. Periods are cut short first: the
    years of the other changes are those of the table after that. Raises ValueError with a sentence.
    """
    asked = list(changes)
    cuts = sorted((each for each in asked if isinstance(each, CutsShort)), key=lambda each: each.year)
    for cut in cuts:
        rotation = _cut(rotation, cut)
    moves = tuple(_placed(rotation, each) for each in asked if not isinstance(each, CutsShort))
    return draw(replace(rotation.origin, moves=rotation.origin.moves + moves)) if moves else rotation


def drawn_for(rotation: Rotation, periods: int) -> Rotation:
    """The same table, drawn for so many periods."""
    return draw(replace(rotation.origin, count=periods))


def with_whole_round(rotation: Rotation) -> Rotation:
    """Drawn on, where needed, until those who take part since the last change of that have had a whole round."""
    turns = [each.at for each in rotation.origin.moves if isinstance(each.move, Joins | Leaves | Merges)]
    needed = max(turns, default=0) + len(rotation.members[-1]) if turns else 0
    return drawn_for(rotation, needed) if needed > len(rotation.periods) else rotation


def _cut(rotation: Rotation, cut: CutsShort) -> Rotation:
    number = rotation.period_of(cut.year)
    first, last = rotation.first_years[number], rotation.last_years[number]
    if not first <= cut.until < last:
        name = name_of(first, last)
        raise ValueError(
            f"Perioden {name} kan ikke kortes til {cut.until}; den må vare minst ett år og ende før {last}."
        )
    cuts = {**rotation.origin.cuts, number: cut.until - first + 1}
    return draw(replace(rotation.origin, cuts=cuts))


def _placed(rotation: Rotation, move: Move) -> Placed:
    first = rotation.period_of(move.year)
    if isinstance(move, Excluded):
        last = None if move.until is None else rotation.period_of(move.until)
        if last is not None and last < first:
            raise ValueError(f"Unntaket for {move.kommune} slutter før det begynner.")
        return Placed(first, move, first, last)
    if isinstance(move, Wishes):
        since = first if move.since is None else rotation.period_of(move.since)
        if since > first:
            raise ValueError(f"Ønsket fra {move.kommune} gjelder en periode før endringen.")
        return Placed(since, move, first, first)
    return Placed(first, move, first)


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
