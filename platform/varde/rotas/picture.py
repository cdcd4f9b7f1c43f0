"""A week of the rota as bars, worked out on the server: a row for each day, a lane for each who answers at a time.

Lengths are parts of the day as it passes, so a day of 23 or 25 hours is as wide as any. Pure.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from varde import rota as rules
from varde.rota import Rota, Stretch
from varde.worktime import MIDNIGHT, Calendar, holiday, moment, open_spans

LANE, GAP = 24, 4  # pixels: as high as a bar is, and between two
DAYS = 7
TICKS = (0, 6, 12, 18)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Bar:
    """`x` and `width` are SVG lengths («46.30%»), `y` pixels; `kind`: first, next, none or open."""

    x: str
    width: str
    y: int
    kind: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A day, its bars, and how high they are together."""

    day: date
    why: str
    bars: tuple[Bar, ...]
    height: int


@dataclass(frozen=True, slots=True)
class Picture:
    """The days from today on, and where the clock shows 0, 6, 12 and 18 on the first of them."""

    rows: tuple[Row, ...]
    ticks: tuple[tuple[str, str], ...]
    lane: int = LANE


def picture[P](rota: Rota[P], names: Mapping[P, str], today: date, *, in_use: bool) -> Picture:
    """So many days from today on. Gaps are drawn where a rota is in use."""
    shown = shortly(names)
    rows = tuple(_row(rota, shown, today + _DAY * number, in_use=in_use) for number in range(DAYS))
    since, until = _limits(today)
    ticks = tuple((f"{hour:02}", _part(since, moment(today, time(hour)), since, until)[1]) for hour in TICKS)
    return Picture(rows, ticks)


def shortly[P](names: Mapping[P, str]) -> dict[P, str]:
    """First names; whole ones where two people share the first."""
    first = {key: name.split(" ", 1)[0] for key, name in names.items()}
    often = [*first.values()]
    return {key: name if often.count(name) == 1 else names[key] for key, name in first.items()}


def _limits(day: date) -> tuple[datetime, datetime]:
    return moment(day, MIDNIGHT), moment(day + _DAY, MIDNIGHT)


def _part(starts: datetime, ends: datetime, since: datetime, until: datetime) -> tuple[str, str]:
    """(from, how long) as parts of the day."""
    whole = until - since
    return f"{100 * (starts - since) / whole:.2f}%", f"{100 * (ends - starts) / whole:.2f}%"


def _row[P](rota: Rota[P], names: Mapping[P, str], day: date, *, in_use: bool) -> Row:
    since, until = _limits(day)
    lanes = _lanes(rules.stretches(rota, since, until))
    high = max((lane for lane, _, _, _ in lanes), default=0) + 1
    height = high * LANE + (high - 1) * GAP
    opens = open_spans(since, until, rota.calendar or Calendar(()))
    bars = [Bar(*_part(*span, since, until), 0, "open") for span in opens]
    bars += [
        Bar(*_part(starts, ends, since, until), lane * (LANE + GAP), kind, names.get(who, "?"))
        for lane, starts, ends, (who, kind) in lanes
    ]
    if in_use:
        bars += [Bar(*_part(*gap, since, until), 0, "none", "Ingen") for gap in rules.gaps(rota, since, until)]
    return Row(day, holiday(day), tuple(bars), height)


type Lane[P] = tuple[int, datetime, datetime, tuple[P, str]]


def _lanes[P](found: Iterable[Stretch[P]]) -> list[Lane[P]]:
    """(lane, from, until, who and whether in the first place); what goes on in the same lane is one."""
    lanes: list[Lane[P]] = []
    for each in found:
        for lane, person in enumerate(each.people):
            who = (person, "first" if each.places[lane] == each.places[0] else "next")
            before = next((one for one in lanes if one[0] == lane and one[2:] == (each.starts, who)), None)
            if before:
                lanes.remove(before)
            lanes.append((lane, before[1] if before else each.starts, each.ends, who))
    return lanes
