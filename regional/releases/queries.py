"""Asking the ledger, what is frozen, and the pool. What is frozen and pooled is raw: for purpose "returns" alone."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from uuid import UUID

from regional.releases.areas import Member, holder, parents
from regional.releases.chain import agrees_with_log, verify
from regional.releases.closing import Sending, Sent
from regional.releases.ledger import Broken, Entry, Ledger, ledger, numbers_of
from regional.releases.marks import same_mark
from regional.releases.models import Contribution, LedgerEntry
from regional.releases.offered import follows, half_of
from regional.releases.problem import Closed, Part, World
from regional.statistics.models import PooledReturn
from regional.statistics.queries import pool, quarters_with_data
from shared.codes.periods import Quarter, parse, quarter_of
from shared.contracts import Counts
from shared.contracts.fields import from_json
from shared.registry.models import Office
from shared.registry.standing import Party
from shared.registry.standing_queries import parties_in_each
from varde.access import Reader
from varde.clock import OSLO
from varde.text import norwegian
from varde.ui.dates import day_of

BROKEN = "Hovedboken er ikke hel: en rad er endret eller mangler. Ingen tall gis ut før det er funnet ut av."
CUT = "Loggen viser at hovedboken har hatt rader som er borte. Ingen tall gis ut før det er funnet ut av."
CHANGED = "Det som er frosset for {period}, er endret siden det ble lukket. Ingen tall gis ut før det er funnet ut av."


def entries() -> list[Entry]:
    """Every row of the ledger, in order."""
    rows = LedgerEntry.objects.order_by("number")
    return [Entry(row.number, row.kind, row.content) for row in rows]


def not_cut() -> None:
    """As the purpose "verify": Broken where the log says that rows were entered which are there no more."""
    if not agrees_with_log():
        raise Broken(CUT)


def read_ledger() -> Ledger:
    """What the ledger says, after a walk along the chain. Raises Broken."""
    if not verify().whole:
        raise Broken(BROKEN)
    return ledger(entries())


def frozen(told: Ledger) -> tuple[Closed, ...]:
    """Every closed period with its contributions. Raises Broken where one is missing, too many or changed."""
    rows: dict[str, list[Part]] = {}
    for row in Contribution.objects.order_by("period", "kommune"):
        rows.setdefault(row.period, []).append(Part(str(row.kommune), row.form, numbers_of(row.numbers)))
    found = []
    for closed in told.closed:
        parts = rows.pop(closed.period, [])
        marks = dict(closed.marks)
        same = [same_mark(marks.pop((part.kommune, part.form), ""), closed.period, part) for part in parts]
        if marks or not all(same):
            raise Broken(CHANGED.format(period=closed.period))
        found.append(Closed(closed.period, tuple(parts)))
    if rows:
        raise Broken(CHANGED.format(period=min(rows)))
    return tuple(found)


def world(told: Ledger) -> World:
    """What is frozen, with whoever holds today what each kommune knew. Raises Broken."""
    closed = frozen(told)
    became = _became()
    names = {part.kommune for each in closed for part in each.parts}
    return World(closed, {name: holder(name, became) for name in names})


def _became() -> dict[str, str]:
    rows = Office.objects.filter(became__isnull=False).values_list("id", "became")
    return {str(office): str(became) for office, became in rows}


def next_period(told: Ledger) -> str | None:
    """The half-year to close next: the one after the last, or the first that anybody has sent for."""
    if told.closed:
        return follows(told.closed[-1].period)
    quarters = quarters_with_data()
    return half_of(quarters[0]) if quarters else None


@dataclass(frozen=True, slots=True)
class Due:
    """What is needed to close a half-year: who was there, what each has sent, what is frozen of each already, and the
    names of those who should have sent for it and have not."""

    members: tuple[Member, ...]
    sent: Mapping[str, Sent]
    frozen: Mapping[str, Sequence[Part]]
    missing: tuple[str, ...]
    population: int | None


def due(period: str, closed: Sequence[Closed], by: Reader) -> Due:
    """Everything that a closing needs; a constant number of queries for the kommuner that there are."""
    quarters = parse(period)
    known = sorted({*quarters_with_data(), *quarters})
    until = [quarter for quarter in known if quarter <= quarters[-1]]
    there = dict(zip(until, _parties(by, until), strict=True))
    now_in = {str(party.kommune): party for quarter in quarters for party in there[quarter]}
    sendings = _sendings(until, there)
    became = _became()
    contributors = [one for one in now_in if holder(one, became) == one or holder(one, became) not in now_in]
    sent = {one: _sent(one, sendings, became, now_in) for one in contributors}
    parts = {one: [*_frozen_of([one, *sent[one].parents], closed)] for one in contributors}
    late = pool(quarters, by).missing
    offices = {str(each.id): each for each in Office.objects.filter(id__in=[UUID(one) for one in now_in])}
    numbers = [offices[one].population for one in contributors if one in offices]
    return Due(
        members=tuple(_member(now_in[one], offices[one]) for one in sorted(offices, key=_by_name(offices))),
        sent=sent,
        frozen=parts,
        missing=tuple(sorted({each.kommune for each in late}, key=norwegian)),
        population=sum(each or 0 for each in numbers) if numbers and all(numbers) else None,
    )


def _by_name(offices: Mapping[str, Office]) -> Callable[[str], tuple[str, str]]:
    return lambda one: (norwegian(offices[one].name), offices[one].number)


def _sent(
    kommune: str, sendings: Mapping[str, list[Sending]], became: Mapping[str, str], now_in: Mapping[str, Party]
) -> Sent:
    old = {each: sendings.get(each, []) for each in parents(kommune, became)}
    born = quarter_of(day_of(now_in[kommune].since)) if old else None
    return Sent(sendings.get(kommune, []), old, born)


def _frozen_of(kommuner: Iterable[str], closed: Sequence[Closed]) -> list[Part]:
    wanted = set(kommuner)
    return [part for each in closed for part in each.parts if part.kommune in wanted]


def _member(party: Party, office: Office) -> Member:
    since = day_of(party.since)
    return Member(str(party.kommune), office.number, office.name, since if since.year > 1970 else None)


def _parties(by: Reader, quarters: Sequence[Quarter]) -> list[list[Party]]:
    spans = [(_midnight(quarter), _midnight(quarter.next)) for quarter in quarters]
    return parties_in_each(by.office.id, spans)


def _midnight(quarter: Quarter) -> datetime:
    return datetime.combine(quarter.first_day, time.min, OSLO)


def _sendings(quarters: Sequence[Quarter], there: Mapping[Quarter, Sequence[Party]]) -> dict[str, list[Sending]]:
    """The newest return of each kommune for each quarter in which it was in the region."""
    rows = PooledReturn.objects.filter(period__in=[str(quarter) for quarter in quarters])
    newest = {(row.kommune, parse(row.period)[0]): row for row in rows.order_by("sent_at", "id")}
    found: dict[str, list[Sending]] = {}
    for (kommune, quarter), row in newest.items():
        if kommune in {party.kommune for party in there[quarter]}:
            counts = from_json(Counts, row.content["counts"], "counts")
            found.setdefault(str(kommune), []).append(Sending(quarter, row.form, counts))
    return found
