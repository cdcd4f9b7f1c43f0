"""Which periods can be chosen, and which returns are expected. Pure: quarters in, periods out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from shared.codes.periods import Quarter, format_period, label


@dataclass(frozen=True, slots=True)
class Choice:
    """A period to choose: its text in the address, its quarters and its name in Norwegian."""

    value: str
    quarters: tuple[Quarter, ...]
    label: str


@dataclass(frozen=True, slots=True)
class Missing:
    """A return that has not come."""

    kommune: str
    quarter: Quarter


def choices(known: Iterable[Quarter]) -> list[Choice]:
    """Years and half-years with figures, the newest first; before them all of it, until a whole year is there.

    Years do not overlap, so each can be shown as fully as its own figures allow; what lies inside a wider period
    must hide more (see `across`). Single quarters are not offered: they are too small.
    """
    have = sorted(set(known))
    if not have:
        return []
    whole = _filled(have[0], have[-1])
    years = [tuple(Quarter(year, n) for n in range(1, 5)) for year in sorted({q.year for q in have}, reverse=True)]
    parts = [part for year in years for part in (year, year[2:], year[:2]) if set(part) & set(have)]
    if not any(set(year) <= set(have) for year in years):
        parts.insert(0, whole)
    return [Choice(format_period(part), part, label(part)) for part in dict.fromkeys(parts)]


def missing(
    expected_from: Mapping[str, Quarter | None],
    sent: Mapping[str, Iterable[Quarter]],
    quarters: Sequence[Quarter],
) -> list[Missing]:
    """Returns that the kommuner should have sent and have not.

    A kommune is expected from its start date, or where that is not known from its first return; a kommune
    that has neither is expected all the time.
    """
    found = []
    for kommune, start in expected_from.items():
        own = set(sent.get(kommune, ()))
        since = start or (min(own) if own else quarters[0])
        found += [Missing(kommune, quarter) for quarter in quarters if quarter >= since and quarter not in own]
    return found


def _filled(first: Quarter, last: Quarter) -> tuple[Quarter, ...]:
    found = [first]
    while found[-1] < last:
        found.append(found[-1].next)
    return tuple(found)
