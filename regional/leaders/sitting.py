"""Who sits now, until when, and who is next. Pure: a rotation and a day in, places out."""

from dataclasses import dataclass

from regional.leaders.rotation import Rotation


@dataclass(frozen=True, slots=True)
class Place:
    """A seat today. `holder` is "" before the first period; `follows` is "" when the table ends."""

    seat: str
    holder: str
    until: int | None
    follows: str
    follows_from: int | None


def sitting(rotation: Rotation, *, today_year: int) -> list[Place]:
    """Every seat in the year `today_year`, in the table's order."""
    now = current(rotation, today_year)
    later = [at for at, first in enumerate(rotation.first_years) if first > today_year]
    after = later[0] if later else None
    return [_place(rotation, seat, now, after) for seat in rotation.holders]


def current(rotation: Rotation, year: int) -> int | None:
    """Which period the year lies in; None before the first and after the last."""
    for at, (first, last) in enumerate(zip(rotation.first_years, rotation.last_years, strict=True)):
        if first <= year <= last:
            return at
    return None


def _place(rotation: Rotation, seat: str, now: int | None, after: int | None) -> Place:
    row = rotation.holders[seat]
    return Place(
        seat=seat,
        holder="" if now is None else row[now],
        until=None if now is None else rotation.last_years[now],
        follows="" if after is None else row[after],
        follows_from=None if after is None else rotation.first_years[after],
    )
