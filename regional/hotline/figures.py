"""How much the phone is used: counts, waits and times of day from bare facts of calls. Pure; no content comes here."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from regional.hotline.states import FORWARDED, KINDS, UPDATE
from shared.codes.counting import Fate, Stop, counts_in
from varde.clock import OSLO
from varde.disclosure.cells import pooled, shield
from varde.ui.dates import MONTHS

WEEKDAYS = ("Mandag", "Tirsdag", "Onsdag", "Torsdag", "Fredag", "Lørdag", "Søndag")
_DAY = timedelta(days=1)
# Longer than this is shown by month, else by week.
_BY_WEEK = 120
OTHERS = "Andre kommuner"
PHONE, OWN_SERVICE = "Vakttelefonen", "Vakttelefonen og kommunenes egne numre"
OWN_LINES, NO_LINE = "Kommunenes egne numre, og uten linje", "Uten linje"


@dataclass(frozen=True, slots=True)
class Fact:
    """What is known of a call for counting. `place`: the number of the kommune it is counted for, "" for none.

    `line` is the name of a line of all kommuner, `own` the kommune of a line that is one kommune's; both "" for a call
    without a line.
    """

    started_at: datetime
    state: str
    kind: str
    service: str
    line: str
    place: str
    own: str = ""
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
    """Rows of (label, count). Waits in whole seconds, None where no call has one. A table is None when it
    would have told how many rang a single kommune's own number."""

    total: int
    missed: int
    announced: int
    wait_median: int | None
    wait_p90: int | None
    by_outcome: Counted
    by_service: Counted | None
    by_line: Counted | None
    by_hour: Counted
    by_weekday: Counted
    over_time: Counted


@dataclass(frozen=True, slots=True)
class Kommuner:
    """A month by kommune: what was sent to each that has a team, and contacts given for those that have none. None
    where so few called that nothing can be shown; a hidden count is -1."""

    sent: Counted | None
    contacts: Counted | None

    @property
    def hides(self) -> bool:
        """Is any count hidden?"""
        return any(count < 0 for _, count in [*(self.sent or ()), *(self.contacts or ())])


def figures(facts: Iterable[Fact], period: Period, owners: Collection[str] = ()) -> Figures:
    """The calls that began in the period. `owners`: the kommuner that have a line of their own."""
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
        by_service=_by_service(calls, owners),
        by_line=_by_line(calls, owners),
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


def by_kommune(facts: Iterable[Fact], month: Period, teams: Mapping[str, str], without: Mapping[str, str]) -> Kommuner:
    """The region's kommuner, those with a team and those without, by number; each has a row, the others have one.

    The page prints the sum of what was sent and the sum of contacts beside it, so each of the two is shielded for
    itself: together, a kommune without a team would have hidden nothing of one that has.
    """
    calls = [fact for fact in facts if month.holds(fact.started_at)]
    return Kommuner(
        _shielded((counted_for(call) for call in calls if _is_sent(call)), teams),
        _shielded((counted_for(call) for call in calls if _is_contact(call)), without),
    )


def _shielded(places: Iterable[str], names: Mapping[str, str]) -> Counted | None:
    counts = Counter(dict.fromkeys(names, 0) | {OTHERS: 0})
    counts.update(place if place in names else OTHERS for place in places)
    shown = shield(counts)
    if shown is None:
        return None
    return [(names.get(key, key), -1 if count is None else count) for key, count in shown.items()]


def counted_for(fact: Fact) -> str:
    """The number of the kommune that a call counts for: of a concern where it ended, of a contact whose it was."""
    if fact.state in FORWARDED:
        fate: Fate = "misrouted" if fact.state == "returned" else "update" if fact.kind == UPDATE else "kept"
        return counts_in([Stop(fact.place, fate)]) or ""
    return fact.place if _is_contact(fact) else ""


def _is_sent(fact: Fact) -> bool:
    return fact.state in FORWARDED - {"returned"} and fact.kind != UPDATE


def _is_contact(fact: Fact) -> bool:
    return fact.state == "ended" and fact.kind == "no_team"


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
    states = Counter(call.state for call in calls)
    # What was told of an earlier report is a part of that one, whether it was sent on or only said.
    part = [call for call in calls if call.state in FORWARDED - {"returned"} and call.kind == UPDATE]
    kinds = Counter(call.kind for call in [*part, *(call for call in calls if call.state == "ended")])
    sent = sum(_is_sent(call) for call in calls)
    lifted = sum(call.state == "missed" and call.answered_at is not None for call in calls)
    rows = [("Sendt til en kommune", sent), ("Kom tilbake, venter på ny kommune", states["returned"])]
    rows += [(label, kinds[kind]) for kind, label in KINDS]
    return [
        *rows,
        ("Løftet på telefonen, men ikke ført", lifted),
        ("Ubesvart, ingen har ringt tilbake", states["missed"] - lifted),
        ("Pågår", states["open"] + states["ringing"]),
    ]


def _by_service(calls: Sequence[Fact], owners: Collection[str]) -> Counted | None:
    """Numbers of one kommune have no service of their own here: they are the phone's, with those who rang all of it."""
    if not owners:
        return _named(call.service for call in calls)
    counted = Counter(OWN_SERVICE if call.own or call.service == PHONE else call.service for call in calls)
    others = sum(call.service == PHONE and not call.own for call in calls)
    known = pooled(_of_owners(calls, owners) | {"": others}, knowers=owners)
    return None if known is None else _named(counted.elements())


def _by_line(calls: Sequence[Fact], owners: Collection[str]) -> Counted | None:
    """The lines of all by name, and the rest in one row: what it holds is known as soon as all the others are."""
    shared = _named(call.line for call in calls if call.line)
    without = sum(not call.line and not call.own for call in calls)
    if not owners:
        return [*shared, (NO_LINE, without)] if without else shared
    rest = pooled(_of_owners(calls, owners) | {"": without})
    return None if rest is None else [*shared, (OWN_LINES, rest)]


def _of_owners(calls: Sequence[Fact], owners: Collection[str]) -> dict[str, int]:
    return dict.fromkeys(owners, 0) | Counter(call.own for call in calls if call.own)


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
