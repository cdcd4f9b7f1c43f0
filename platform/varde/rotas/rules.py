"""What may stand in the rota, and how it is shown day by day. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from varde import rota as rules
from varde.refusal import Refused
from varde.rota import Away, Rota, Stretch, Weekly
from varde.worktime import MIDNIGHT, Calendar, Span, end_of, exact, holiday, moment

LONGEST_ABSENCE = timedelta(days=730)
LONGEST_AHEAD = timedelta(days=730)
_DAY = timedelta(days=1)
_FRIDAY = 4


@dataclass(frozen=True, slots=True)
class Line:
    """In the plan of a day: from, until, and the names in the order in which they answer; nobody in a gap.

    `said`: the same in words, with those who are rung at once together.
    """

    starts: datetime
    ends: datetime
    names: tuple[str, ...]
    said: str = ""


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the plan: when it is open, and what is so about it."""

    day: date
    hours: str
    why: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Week:
    """Some days of the plan under one name, folded unless they are `open`; `empty`: times when nobody answers."""

    title: str
    days: Sequence[Day]
    open: bool
    empty: int

    @property
    def last(self) -> date:
        """The last day."""
        return self.days[-1].day


def weeks(days: Sequence[Day], today: date, *, in_use: bool) -> list[Week]:
    """Of a plan of two weeks: what is left of this one, the next, and what has been.

    The next week is folded until this one is nearly over.
    """
    left, been = [day for day in days[:7] if day.day >= today], [day for day in days[:7] if day.day < today]
    found = [
        Week("Denne uken", left, True, 0),
        Week("Neste uke", days[7:], today.weekday() >= _FRIDAY, _empty(days[7:]) if in_use else 0),
    ]
    return [*found, Week("Tidligere denne uken", been, False, 0)] if been else found


def _empty(days: Iterable[Day]) -> int:
    return sum(not line.names for day in days for line in day.lines)


def week_of(day: date) -> date:
    """The Monday of the week."""
    return day - _DAY * day.weekday()


def plan[P](rota: Rota[P], names: Mapping[P, str], first: date, days: int, *, rings_all: bool = False) -> list[Day]:
    """So many days from the first one, with who answers and the gaps."""
    return [_day(rota, names, first + _DAY * number, rings_all) for number in range(days)]


def said[P](on: Stretch[P], names: Mapping[P, str], *, rings_all: bool) -> str:
    """«Kari, så Tom»; «Kari og Tom samtidig, så Tove» where those of one place are rung at once."""
    groups: list[list[str]] = []
    for number, person in enumerate(on.people):
        together = rings_all and number and on.places[number] == on.places[number - 1]
        if together:
            groups[-1].append(names[person])
        else:
            groups.append([names[person]])
    return ", så ".join(_together(group) for group in groups)


def _together(group: list[str]) -> str:
    *some, last = group
    return f"{', '.join(some)} og {last} samtidig" if some else last


def _day[P](rota: Rota[P], names: Mapping[P, str], day: date, rings_all: bool) -> Day:
    calendar = rota.calendar or Calendar(())
    since, until = moment(day, MIDNIGHT), moment(day + _DAY, MIDNIGHT)
    on = [each for each in rules.stretches(rota, since, until) if each.people]
    lines = [
        Line(each.starts, each.ends, tuple(names[one] for one in each.people), said(each, names, rings_all=rings_all))
        for each in on
    ]
    lines += [Line(starts, ends, ()) for starts, ends in rules.gaps(rota, since, until)]
    lines.sort(key=lambda line: line.starts)
    return Day(day, in_words(calendar.spans(day)), holiday(day), tuple(lines))


def in_words(spans: Iterable[Span]) -> str:
    """«08.00–15.30», «hele døgnet», «stengt»."""
    said = ["hele døgnet" if span.opens == span.closes else f"{span.opens:%H.%M}–{span.closes:%H.%M}" for span in spans]
    return " og ".join(said) or "stengt"


def check_absence(first: date, last: date, today: date) -> None:
    """Raise Refused for an absence that ends before it begins, is over, or is so long that it must be a slip."""
    if last < first:
        raise Refused("Fraværet slutter før det begynner. Se over datoene.")
    if last < today:
        raise Refused("Fraværet er alt over. Velg i dag eller senere som siste dag.")
    if last - first > LONGEST_ABSENCE or first - today > LONGEST_AHEAD:
        raise Refused("Se over årstallet: det er mer enn to år.")


def stretch(day: date, starts: time, ends: time, now: datetime) -> tuple[datetime, datetime]:
    """The times of a single shift; one that ends no later than it begins ends the next day.

    Raises Refused for a time that the clock skips, and for what is over.
    """
    try:
        begins = exact(day, starts)
        exact(day + _DAY if ends <= starts else day, ends)
    except ValueError as error:
        raise Refused(str(error)) from error
    over = end_of(day, starts, ends)
    if over <= now:
        raise Refused("Vakten er alt over. Velg en dag og et klokkeslett som ikke er passert.")
    return begins, over


def check_weekly[P](new: Weekly[P], known: Iterable[Weekly[P]], name: str) -> None:
    """Raise Refused when the person has the phone at that time already."""
    if any(rules.overlapping(new, other) for other in known):
        raise Refused(f"{name} har alt en fast vakt som overlapper denne. Avslutt den først, eller velg andre tider.")


def check_dated(new: tuple[datetime, datetime], known: Iterable[tuple[datetime, datetime]], name: str) -> None:
    """Raise Refused when it overlaps one of these."""
    if any(new[0] < ends and starts < new[1] for starts, ends in known):
        raise Refused(f"{name} har alt noe som overlapper denne tiden. Fjern det først, eller velg andre tider.")


def check_there[P](new: tuple[datetime, datetime], away: Iterable[Away[P]], person: P, name: str) -> None:
    """Raise Refused when the person is away at any of that time: it would be nobody's."""
    if any(one.person == person and new[0] < one.ends and one.starts < new[1] for one in away):
        raise Refused(f"{name} er ført opp som borte da. Ta bort fraværet først, eller velg en annen.")


def check_has[P](rota: Rota[P], person: P, new: tuple[datetime, datetime], name: str) -> None:
    """Raise Refused when the person has no shift to give away at that time; one that they are away from is one."""
    planned = rules.stretches(replace(rota, away=()), *new)
    if not any(person in each.people for each in planned):
        raise Refused(f"{name} har ingen vakt da. Se over dagen og klokkeslettene.")


def check_span(opens: time | None, closes: time | None) -> None:
    """Raise Refused for hours of which one is missing, or that close before they open."""
    if (opens is None) != (closes is None):
        raise Refused("Fyll ut både når det åpner og når det stenger, eller la begge stå tomme når det er stengt.")
    if opens is not None and closes is not None:
        try:
            Span(opens, closes)
        except ValueError as error:
            raise Refused(str(error)) from error


_CLOCK = r"(\d{1,2})(?:[.:](\d{2}))?"
_HOURS = re.compile(rf"{_CLOCK}\s*(?:[-–—]|til)\s*(?:kl\.?\s*)?{_CLOCK}")


def hours_differ(said: str, calendar: Calendar, today: date) -> bool:
    """Do the opening hours of the week say other times than these words? Not where the words name none."""
    named = {(_minutes(*found[:2]), _minutes(*found[2:])) for found in _HOURS.findall(said)}
    now = next((each for each in reversed(calendar.openings) if each.since <= today), None)
    spans = {span for day in (now.week.values() if now else ()) for span in day}
    return bool(named) and named != {(_of(span.opens), _of(span.closes)) for span in spans}


def _minutes(hours: str, minutes: str) -> int:
    return int(hours) * 60 + int(minutes or 0)


def _of(wall: time) -> int:
    return wall.hour * 60 + wall.minute
