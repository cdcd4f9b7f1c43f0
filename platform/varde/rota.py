"""Who answers the phone, and when nobody does. Pure; persons are whatever the caller names them by.

A shift is what the clock in Oslo shows (see `varde.worktime`); one that ends no later than it begins goes on until the
next day. A dated shift stands before the weekly ones of its place and takes nothing away from them.
"""

from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

from varde.clock import OSLO
from varde.worktime import Calendar, end_of, moment, open_spans

_DAY, _INSTANT = timedelta(days=1), timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Weekly[P: Hashable]:
    """A shift of every week, on a weekday (0 is Monday), from the day `since` until and with the day `until`."""

    person: P
    place: int
    weekday: int
    starts: time
    ends: time
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Dated[P: Hashable]:
    """A single shift: somebody is put in, on a closed day too."""

    person: P
    place: int
    starts: datetime
    ends: datetime


@dataclass(frozen=True, slots=True)
class Away[P: Hashable]:
    """Somebody is not there in [starts, ends)."""

    person: P
    starts: datetime
    ends: datetime


@dataclass(frozen=True, slots=True)
class Swap[P: Hashable]:
    """In [starts, ends) `instead` takes what `person` has on the rota, also what that person has taken from others."""

    person: P
    instead: P
    starts: datetime
    ends: datetime


@dataclass(frozen=True, slots=True)
class Rota[P: Hashable]:
    """The whole plan. Weekly shifts do not begin on the calendar's closed days; without a calendar they always do.

    `here` names who still works here (None: everybody): a shift of anybody else is nobody's, from `here_since` on
    (None: always). Before that they were there, and what is asked of the past is answered as it was.
    """

    weekly: tuple[Weekly[P], ...] = ()
    dated: tuple[Dated[P], ...] = ()
    away: tuple[Away[P], ...] = ()
    swaps: tuple[Swap[P], ...] = ()
    calendar: Calendar | None = None
    here: Collection[P] | None = field(default=None)
    here_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Stretch[P: Hashable]:
    """From `starts` until `ends` these people answer: the first one first, nobody when it is empty.

    `places`: of each, in the same order; those of one place may be rung at once.
    """

    starts: datetime
    ends: datetime
    people: tuple[P, ...]
    places: tuple[int, ...] = ()


def answering[P: Hashable](rota: Rota[P], at: datetime) -> list[P]:
    """Who answers at a time: first, next …; empty when nobody does."""
    now = at.astimezone(UTC)
    return list(_people(rota, _duties(rota, now, now + _INSTANT), now))


def now_on[P: Hashable](rota: Rota[P], at: datetime) -> Stretch[P]:
    """The same with their places, as the stretch of this instant."""
    return stretches(rota, at, at + _INSTANT)[0]


def stretches[P: Hashable](rota: Rota[P], since: datetime, until: datetime) -> list[Stretch[P]]:
    """[since, until) without a hole, cut where those who answer change. In UTC."""
    since, until = since.astimezone(UTC), until.astimezone(UTC)
    duties = _duties(rota, since, until)
    cuts = {since, until}
    limits = [(each.starts, each.ends) for each in duties]
    limits += [(each.starts, each.ends) for each in rota.away] + [(each.starts, each.ends) for each in rota.swaps]
    limits += [(rota.here_since, rota.here_since)] if rota.here_since else []
    cuts |= {cut.astimezone(UTC) for pair in limits for cut in pair if since < cut < until}
    found: list[Stretch[P]] = []
    for starts, ends in pairwise(sorted(cuts)):
        placed = _people(rota, duties, starts)
        people, places = tuple(placed), tuple(placed.values())
        if found and (found[-1].people, found[-1].places) == (people, places):
            starts = found.pop().starts
        found.append(Stretch(starts, ends, people, places))
    return found


def gaps[P: Hashable](rota: Rota[P], since: datetime, until: datetime) -> list[tuple[datetime, datetime]]:
    """When somebody should answer and nobody does, in order; without a calendar somebody always should."""
    found: list[tuple[datetime, datetime]] = []
    for stretch in stretches(rota, since, until):
        if not stretch.people:
            found += _wanted(rota.calendar, stretch.starts, stretch.ends)
    return _joined(found)


def line[P: Hashable](rota: Rota[P], at: datetime, days: int = 7) -> list[P]:
    """Those who answer now, then those who come next within so many days; each once."""
    coming = stretches(rota, at, at.astimezone(UTC) + _DAY * days)
    return list(dict.fromkeys(person for stretch in coming for person in stretch.people))


def overlapping[P: Hashable](one: Weekly[P], other: Weekly[P]) -> bool:
    """Does the same person have both at the same time in some week?"""
    if one.person != other.person or not _same_days(one, other):
        return False
    return any(a < d and c < b for a, b in _in_week(one) for c, d in _in_week(other))


def _begun[P: Hashable](
    weekly: Iterable[Weekly[P]], since: datetime, until: datetime
) -> Iterator[tuple[date, Dated[P]]]:
    """Single shifts with the day they belong to. One that began the day before may still go on."""
    first, last = since.astimezone(OSLO).date() - _DAY, until.astimezone(OSLO).date()
    for shift in weekly:
        day = first + _DAY * ((shift.weekday - first.weekday()) % 7)
        while day <= last:
            starts, ends = moment(day, shift.starts), end_of(day, shift.starts, shift.ends)
            valid = shift.since <= day and (shift.until is None or day <= shift.until)
            if valid and max(starts, since) < min(ends, until):
                yield day, Dated(shift.person, shift.place, starts, ends)
            day += _DAY * 7


def _duties[P: Hashable](rota: Rota[P], since: datetime, until: datetime) -> list[Dated[P]]:
    """In the order of their places; of the same place the dated ones first, then as the rota has them."""
    closed = rota.calendar.is_closed if rota.calendar else lambda _day: False
    weekly = [shift for day, shift in _begun(rota.weekly, since, until) if not closed(day)]
    dated = [shift for shift in rota.dated if shift.starts < until and since < shift.ends]
    return sorted((*dated, *weekly), key=lambda shift: shift.place)


def _people[P: Hashable](rota: Rota[P], duties: Iterable[Dated[P]], at: datetime) -> dict[P, int]:
    """Those who answer, in order, each with the first place that they have."""
    away = {each.person for each in rota.away if each.starts <= at < each.ends}
    instead = {each.person: each.instead for each in reversed(rota.swaps) if each.starts <= at < each.ends}
    here = rota.here if rota.here_since is None or at >= rota.here_since else None
    on: dict[P, int] = {}
    for each in duties:
        if each.starts <= at < each.ends:
            on.setdefault(_taker(each.person, instead), each.place)
    return {one: place for one, place in on.items() if one not in away and (here is None or one in here)}


def _taker[P: Hashable](person: P, instead: Mapping[P, P]) -> P:
    """Who has it in the end: whoever gave away what they had, gave what they had taken too.

    People who give each other theirs, in a ring, have each the next one's.
    """
    chain = [person]
    while (one := instead.get(chain[-1], chain[-1])) not in chain:
        chain.append(one)
    return chain[-1] if one == chain[-1] else instead[one]


def _wanted(calendar: Calendar | None, since: datetime, until: datetime) -> Iterable[tuple[datetime, datetime]]:
    return [(since, until)] if calendar is None else open_spans(since, until, calendar)


def _joined(found: Iterable[tuple[datetime, datetime]]) -> list[tuple[datetime, datetime]]:
    joined: list[tuple[datetime, datetime]] = []
    for starts, ends in found:
        if joined and joined[-1][1] == starts:
            starts = joined.pop()[0]
        joined.append((starts, ends))
    return joined


def _same_days[P: Hashable](one: Weekly[P], other: Weekly[P]) -> bool:
    # A shift that begins on the last day may go on into the next.
    ends, others = (each.until + _DAY if each.until else date.max for each in (one, other))
    return one.since <= others and other.since <= ends


def _in_week[P: Hashable](shift: Weekly[P]) -> list[tuple[int, int]]:
    """Minutes of the week; what goes on past Sunday is there a second time, a week earlier."""
    starts = shift.weekday * 1440 + shift.starts.hour * 60 + shift.starts.minute
    ends = shift.weekday * 1440 + shift.ends.hour * 60 + shift.ends.minute
    ends += 1440 if shift.ends <= shift.starts else 0
    return [(starts, ends), (starts - 10080, ends - 10080)] if ends > 10080 else [(starts, ends)]
