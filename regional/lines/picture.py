"""A week of who answers, as bars and as text under them. Pure; the bars are those of the rota's picture."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from regional.lines.setup import KINDS, Kind, Stretch, cut
from varde.rotas.picture import LANE, Bar, Picture, Row
from varde.worktime import MIDNIGHT, holiday, moment

DAYS = 7
_TICKS = (0, 6, 12, 18)
_DAY = timedelta(days=1)
_SHORT: dict[Kind, str] = {
    "hotline": "Vakttelefonen", "own": "Egen telefon", "krisesenter": "Krisesenteret", "form": "Bare skjema",
    "legevakt": "116 117",
}  # fmt: skip
type Hole = tuple[datetime, datetime, str]


@dataclass(frozen=True, slots=True)
class Line:
    """In the text of a day: from, until, what should answer, why nobody does ("" when somebody does); is it all day?"""

    starts: datetime
    ends: datetime
    label: str
    silent: str = ""
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Day:
    """A day in words, and which holiday it is."""

    day: date
    why: str
    lines: tuple[Line, ...]


def picture(found: Sequence[Stretch], holes: Sequence[Hole], first: date) -> Picture:
    """So many days from the first one; where nobody answers, a red bar lies over what should."""
    rows = tuple(_row(found, holes, first + _DAY * number) for number in range(DAYS))
    since, until = _limits(first)
    ticks = tuple(
        (f"{hour:02}", f"{100 * (moment(first, time(hour)) - since) / (until - since):.2f}%") for hour in _TICKS
    )
    return Picture(rows, ticks)


def days(found: Sequence[Stretch], holes: Sequence[Hole], first: date) -> list[Day]:
    """The same in words."""
    return [_day(found, holes, first + _DAY * number) for number in range(DAYS)]


def _limits(day: date) -> tuple[datetime, datetime]:
    return moment(day, MIDNIGHT), moment(day + _DAY, MIDNIGHT)


def _within(starts: datetime, ends: datetime, day: date) -> tuple[datetime, datetime] | None:
    since, until = _limits(day)
    starts, ends = max(starts, since), min(ends, until)
    return (starts, ends) if starts < ends else None


def _bar(span: tuple[datetime, datetime], day: date, kind: str, text: str) -> Bar:
    since, until = _limits(day)
    whole = until - since
    return Bar(f"{100 * (span[0] - since) / whole:.2f}%", f"{100 * (span[1] - span[0]) / whole:.2f}%", 0, kind, text)


def _row(found: Sequence[Stretch], holes: Sequence[Hole], day: date) -> Row:
    spans = [(_within(each.starts, each.ends, day), each.kind, _SHORT[each.kind]) for each in found]
    gone = [(_within(starts, ends, day), "none", "Ingen") for starts, ends, _ in holes]
    bars = tuple(_bar(span, day, kind, text) for span, kind, text in [*spans, *gone] if span)
    return Row(day, holiday(day), bars, LANE)


def _day(found: Sequence[Stretch], holes: Sequence[Hole], day: date) -> Day:
    lines: list[Line] = []
    for each in cut(found, [limit for hole in holes for limit in hole[:2]]):
        span = _within(each.starts, each.ends, day)
        if span:
            why = next((why for starts, ends, why in holes if starts <= each.starts < ends), "")
            lines.append(Line(*span, KINDS[each.kind], why, whole=span == _limits(day)))
    return Day(day, holiday(day), tuple(lines))
