"""How much the phone is used: counts, waits and times of day from bare facts of calls. Pure; no content comes here."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from regional.hotline.states import FORWARDED, KINDS
from shared.codes.counting import Fate, Stop, counts_in
from varde.clock import OSLO
from varde.disclosure.cells import shield
from varde.ui.dates import MONTHS

WEEKDAYS = ("Mandag", "Tirsdag", "Onsdag", "Torsdag", "Fredag", "Lørdag", "Søndag")
_DAY = timedelta(days=1)
# Longer than this is shown by month, else by week.
_BY_WEEK = 120
OTHERS = "Utenfor regionen"


@dataclass(frozen=True, slots=True)
class Fact:
    """What is known of a call for counting. `place`: the number of the kommune it is counted for, "" for none."""

    started_at: datetime
    state: str
    kind: str
    service: str
    line: str
    place: str
    announced_at: datetime | None = None
    answered_at: datetime | None = None
    missed: bool = False

    @property
    def waited(self) -> float | None:
        """Seconds from when it rang until somebody answered; None where one of them is not known."""
        if self.announced_at is None or self.answered_at is None:
            return None
        return max(0.0, (self.answered_at - self.announced_at).total_seconds())


@dataclass(frozen=True, slots=True)
class Period:
    """Days, to and with the last; `label` names it."""

    code: str
    label: str
    first: date
    last: date

    def holds(self, at: datetime) -> bool:
        """Does a time lie in it, by the clock in Oslo?"""
        return self.first <= at.astimezone(OSLO).date() <= self.last


type Counted = list[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Figures:
    """Rows of (label, count). Waits in whole seconds, None where no call has one."""

    total: int
    missed: int
    announced: int
    wait_median: int | None
    wait_p90: int | None
    by_outcome: Counted
    by_service: Counted
    by_line: Counted
    by_hour: Counted
    by_weekday: Counted
    over_time: Counted


def figures(facts: Iterable[Fact], period: Period) -> Figures:
    """The calls that began in the period."""
    calls = [fact for fact in facts if period.holds(fact.started_at)]
    here = [call.started_at.astimezone(OSLO) for call in calls]
    hours, days = Counter(at.hour for at in here), Counter(at.weekday() for at in here)
    waits = sorted(call.waited for call in calls if call.waited is not None)
    return Figures(
        total=len(calls),
        missed=sum(call.missed for call in calls),
        announced=sum(call.announced_at is not None for call in calls),
        wait_median=quantile(waits, 0.5),
        wait_p90=quantile(waits, 0.9),
        by_outcome=_outcomes(calls),
        by_service=_named(call.service for call in calls),
        by_line=_named(call.line for call in calls if call.line),
        by_hour=[(f"{hour:02}–{(hour + 1) % 24:02}", hours[hour]) for hour in range(24)],
        by_weekday=[(name, days[number]) for number, name in enumerate(WEEKDAYS)],
        over_time=_over_time([at.date() for at in here], period),
    )


def quantile(ordered: Sequence[float], share: float) -> int | None:
    """The smallest value that so large a share of them do not go over (nearest rank), rounded; None of none."""
    if not ordered:
        return None
    rank = -(-len(ordered) * round(share * 100) // 100)
    return round(ordered[max(rank, 1) - 1])


def in_words(seconds: int | None) -> str:
    """«45 sek», «2 min 05 sek», «–» for none."""
    if seconds is None:
        return "–"
    return f"{seconds} sek" if seconds < 60 else f"{seconds // 60} min {seconds % 60:02} sek"


def by_kommune(facts: Iterable[Fact], month: Period, names: Mapping[str, str]) -> Counted | None:
    """What was sent to each kommune, and contacts given, in a month; None where so few called that nothing is shown.

    `names`: of the region's kommuner by number, each of which has a row; the others are counted together. A hidden
    count is -1: see `shield`.
    """
    counts = Counter(dict.fromkeys(names, 0) | {OTHERS: 0})
    for fact in facts:
        place = counted_for(fact)
        if place and month.holds(fact.started_at):
            counts[place if place in names else OTHERS] += 1
    shown = shield(counts)
    if shown is None:
        return None
    return [(names.get(key, key), -1 if count is None else count) for key, count in shown.items()]


def counted_for(fact: Fact) -> str:
    """The number of the kommune that a call counts for: of a concern where it ended, of a contact whose it was."""
    if fact.state in FORWARDED:
        fate: Fate = "misrouted" if fact.state == "returned" else "kept"
        return counts_in([Stop(fact.place, fate)]) or ""
    return fact.place if fact.state == "ended" and fact.kind == "no_team" else ""


def periods(today: date, first: date | None) -> list[Period]:
    """What can be chosen: the last 30, 90 and 365 days, and each closed month since the first call, newest first."""
    last = [Period(str(days), f"De siste {days} dagene", today - _DAY * (days - 1), today) for days in (30, 90, 365)]
    return [*last, *closed_months(today, first)]


def closed_months(today: date, first: date | None) -> list[Period]:
    """The months that are over, from the one of the first call on, newest first; at most two years of them."""
    found: list[Period] = []
    ends = today.replace(day=1) - _DAY
    while first is not None and ends >= first and len(found) < 24:
        begins = ends.replace(day=1)
        found.append(Period(f"{begins:%Y-%m}", f"{MONTHS[begins.month - 1].capitalize()} {begins.year}", begins, ends))
        ends = begins - _DAY
    return found


def _outcomes(calls: Sequence[Fact]) -> Counted:
    kinds = Counter(call.kind for call in calls if call.state == "ended")
    states = Counter(call.state for call in calls)
    sent = sum(states[state] for state in FORWARDED - {"returned"})
    rows = [("Sendt til en kommune", sent), ("Kom tilbake, venter på ny kommune", states["returned"])]
    rows += [(label, kinds[kind]) for kind, label in KINDS]
    return [
        *rows,
        ("Ubesvart, ingen har ringt tilbake", states["missed"]),
        ("Pågår", states["open"] + states["ringing"]),
    ]


def _named(labels: Iterable[str]) -> Counted:
    return sorted(Counter(labels).items(), key=lambda row: (-row[1], row[0]))


def _over_time(days: Sequence[date], period: Period) -> Counted:
    """By week, or by month where the period is long; those without a call too."""
    by_week = (period.last - period.first).days < _BY_WEEK
    counted = Counter(_slot(day, by_week) for day in days)
    each = [period.first + _DAY * number for number in range((period.last - period.first).days + 1)]
    return [(_called(slot, by_week), counted[slot]) for slot in dict.fromkeys(_slot(day, by_week) for day in each)]


def _slot(day: date, by_week: bool) -> date:
    return day - _DAY * day.weekday() if by_week else day.replace(day=1)


def _called(slot: date, by_week: bool) -> str:
    if by_week:
        return f"Uke {slot.isocalendar().week}, fra {slot:%d.%m.%Y}"
    return f"{MONTHS[slot.month - 1].capitalize()} {slot.year}"
