"""What the pages about giving out ask for: where we stand, what waits and for whom. Names and states; a figure that
has not been given out is never read here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from regional.releases.actions import OPEN
from regional.releases.chain import verify
from regional.releases.due_queries import next_period, parties_of
from regional.releases.ledger import Broken, Ledger
from regional.releases.models import EntryKind, Stop, Wish, WishState
from regional.releases.offered import Offered
from regional.releases.queries import BROKEN, told_openly
from regional.releases.stops import CLAIMED, UNTIL
from regional.statistics.choices import missing
from regional.statistics.queries import sent
from shared.codes.periods import Quarter, label, parse, quarter_of
from shared.registry.models import Office
from varde.access import Permission, Reader, roles_with
from varde.identity.queries import people
from varde.refusal import print_of_values
from varde.text import norwegian

SHOWN = 10  # of what is over
UNSAFE = f"Noe som er gitt ut, kan nå røpe små tall. {UNTIL}"


@dataclass(frozen=True, slots=True)
class Sender:
    """A kommune and the quarters of a half-year that it has sent for, and those that it should have and has not."""

    name: str
    sent: tuple[str, ...]
    lacks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Coming:
    """The half-year that is to be closed next. `from_day`: the first day on which it can be."""

    period: str
    label: str
    from_day: date
    over: bool
    senders: tuple[Sender, ...]

    @property
    def lacking(self) -> list[str]:
        """Names of those who should have sent and have not."""
        return [one.name for one in self.senders if one.lacks]

    @property
    def print(self) -> str:
        """Of what a page has shown; another kommune that lacks is another print."""
        return print_of_values([self.period, self.over, self.lacking])


def told() -> Ledger:
    """The ledger as people read it, after a walk along its chain. Raises Broken, and ValueError for what is no row."""
    if not verify().whole:
        raise Broken(BROKEN)
    return told_openly()


def coming(told: Ledger, by: Reader, today: date) -> Coming | None:
    """None where nobody has sent anything yet."""
    period = next_period(told)
    if period is None:
        return None
    quarters = parse(period)
    return Coming(
        period,
        label(quarters),
        quarters[-1].next.first_day,
        quarters[-1].last_day < today,
        tuple(senders(quarters, by, today)),
    )


def senders(quarters: Sequence[Quarter], by: Reader, today: date) -> list[Sender]:
    """Every kommune that was in the region in these quarters, by name. What they sent is not read. Nobody lacks a
    quarter that is not over."""
    there = zip(quarters, parties_of(by, quarters), strict=True)
    were = {quarter: {party.kommune for party in parties} for quarter, parties in there}
    offices = list(Office.objects.filter(id__in=set().union(*were.values())))
    names = {office.id: office.name for office in offices}
    have = _sent(quarters, were)
    over = [quarter for quarter in quarters if quarter.last_day < today]
    late = missing(_expected(offices, by), {str(one): each for one, each in have.items()}, over) if over else []
    lacks = {(each.kommune, each.quarter) for each in late}
    rows = []
    for kommune in sorted(names, key=lambda one: norwegian(names[one])):
        lack = [each for each in quarters if (str(kommune), each) in lacks and kommune in were[each]]
        rows.append(Sender(names[kommune], _labels(have.get(kommune, [])), _labels(lack)))
    return [each for each in rows if each.sent or each.lacks]


def _sent(quarters: Sequence[Quarter], were: dict[Quarter, set[UUID]]) -> dict[UUID, list[Quarter]]:
    found: dict[UUID, list[Quarter]] = {}
    for quarter, kommune in sorted({(quarter, kommune) for kommune, quarter, _ in sent() if quarter in quarters}):
        if kommune in were[quarter]:
            found.setdefault(kommune, []).append(quarter)
    return found


def _expected(offices: Sequence[Office], by: Reader) -> dict[str, Quarter | None]:
    """As a closing sees it: with a team and still here, from the quarter in which it started."""
    return {
        str(one.id): quarter_of(one.started_on) if one.started_on else None
        for one in offices
        if one.active and one.has_team and one.region_id == by.office.id
    }


def _labels(quarters: Sequence[Quarter]) -> tuple[str, ...]:
    return tuple(label([each]) for each in quarters)


def under_way() -> list[Wish]:
    """What is not over, the oldest first. Nothing for those who may not give out."""
    return list(Wish.objects.filter(state__in=OPEN).defer("made").order_by("asked_at"))


def lately_over() -> list[Wish]:
    """What was done, dropped or could not be done, the newest first."""
    return list(Wish.objects.exclude(state__in=OPEN).defer("made").order_by("-asked_at")[:SHOWN])


def wish(key: UUID) -> Wish | None:
    """One of them, without what was made."""
    return Wish.objects.defer("made").filter(pk=key).first()


def seconds(row: Wish) -> list[str]:
    """Who can be the second person: everybody that may give out, but who asked."""
    return [one.name for one in people(*roles_with(Permission.STATISTICS_RELEASE)) if one.id != row.asked_by]


def unsettled(told: Ledger) -> str:
    """Why two people must take something to notice before anything is given out, as a sentence; "" where they need
    not: nothing is claimed, and the last that was asked for was not refused for what has been given out."""
    if told.unsettled:
        return CLAIMED
    decided = Wish.objects.filter(
        kind__in=[EntryKind.RELEASE, EntryKind.SETTLED], state__in=[WishState.DONE, WishState.FAILED]
    )
    last = decided.defer("made").order_by("-done_at").first()
    return UNSAFE if last is not None and last.stopped_by == Stop.UNSETTLED else ""


def taken_back(told: Ledger) -> set[str]:
    """Half-years whose release two people have withdrawn, and nobody has given out again."""
    gone = {one.period for one in told.releases if one.withdrawn}
    return gone - {one.period for one in told.releases if not one.withdrawn}


def new(told: Ledger) -> list[str]:
    """Closed half-years that nobody has given out, the oldest first; what was withdrawn is not among them."""
    gone = taken_back(told)
    return [period for period in not_given(told) if period not in gone]


def names_of(kommuner: Iterable[str]) -> dict[str, str]:
    """What kommuner are called, by id."""
    found = Office.objects.filter(id__in=[UUID(each) for each in kommuner])
    return {str(office.id): office.name for office in found}


def not_given(told: Ledger) -> dict[str, list[Offered]]:
    """Closed half-years with tables that no release shows, the oldest first."""
    waits = {one.id for one in told.not_shown()}
    found = {period: [one for one in told.offered(period) if one.id in waits] for period in told.periods}
    return {period: tables for period, tables in found.items() if tables}
