"""What a closing needs: who was in the region, what each has sent, what is frozen of each. For "returns" alone."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from uuid import UUID

from regional.releases.areas import Member, holder, parents
from regional.releases.calls_queries import calls
from regional.releases.closing import Sending, Sent
from regional.releases.descent import sent_by
from regional.releases.ledger import Ledger
from regional.releases.offered import follows, half_of
from regional.releases.problem import Closed, Part
from regional.releases.queries import became
from regional.statistics.models import PooledReturn
from regional.statistics.queries import pool, quarters_with_data
from shared.codes.periods import Quarter, parse
from shared.codes.phone_calls import PHONE
from shared.contracts import Counts
from shared.contracts.fields import from_json
from shared.registry.models import Office
from shared.registry.standing import Party
from shared.registry.standing_queries import parties_in_each
from varde.access import Reader
from varde.clock import OSLO
from varde.text import norwegian
from varde.ui.dates import day_of


def next_period(told: Ledger) -> str | None:
    """The half-year to close next: the one after the last, or the first that anybody has sent for."""
    if told.closed:
        return follows(told.closed[-1].period)
    quarters = quarters_with_data()
    return half_of(quarters[0]) if quarters else None


@dataclass(frozen=True, slots=True)
class Due:
    """What is needed to close a half-year: who was there, what each has sent, what is frozen of each already, and the
    names of those who should have sent for it and have not.

    `others`: what those have sent that are in the region no more, or not yet. `calls`: parts of the shared phone.
    """

    members: tuple[Member, ...]
    sent: Mapping[str, Sent]
    others: Mapping[str, Sent]
    frozen: Mapping[str, Sequence[Part]]
    missing: tuple[str, ...]
    population: int | None
    calls: tuple[Part, ...] = ()


def due(period: str, closed: Sequence[Closed], by: Reader) -> Due:
    """Everything that a closing needs; a constant number of queries for the kommuner that there are."""
    quarters = parse(period)
    known = sorted({*quarters_with_data(), *quarters})
    until = [quarter for quarter in known if quarter <= quarters[-1]]
    there = dict(zip(until, parties_of(by, until), strict=True))
    now_in = {str(party.kommune): party for quarter in quarters for party in there[quarter]}
    gone = became()
    contributors = [one for one in now_in if holder(one, gone) == one or holder(one, gone) not in now_in]
    sent = sent_by(_sendings(until), _presence(there), closed, gone)
    mine = {one: sent.get(one, Sent([])) for one in contributors}
    covered = {each for one in contributors for each in (one, *parents(one, gone))}
    offices = {str(each.id): each for each in Office.objects.filter(id__in=[UUID(one) for one in now_in])}
    numbers = [offices[one].population for one in contributors if one in offices]
    return Due(
        members=tuple(_member(now_in[one], offices[one]) for one in sorted(offices, key=_by_name(offices))),
        sent=mine,
        others={one: each for one, each in sent.items() if one not in covered},
        frozen={one: _frozen_of([one, *parents(one, gone)], closed) for one in {*mine, *sent}},
        missing=tuple(sorted({each.kommune for each in pool(quarters, by).missing}, key=norwegian)),
        population=sum(each or 0 for each in numbers) if numbers and all(numbers) else None,
        calls=calls(_not_told(period, closed)),
    )


def _not_told(period: str, closed: Sequence[Closed]) -> list[Quarter]:
    """The half-year's quarters, with those of the empty ones right before it: what came in them is carried on too."""
    found = list(parse(period))
    for each in reversed(closed):
        if each.kommuner:
            break
        found = [*parse(each.id), *found]
    return found


def _by_name(offices: Mapping[str, Office]) -> Callable[[str], tuple[str, str]]:
    return lambda one: (norwegian(offices[one].name), offices[one].number)


def _frozen_of(kommuner: Iterable[str], closed: Sequence[Closed]) -> list[Part]:
    wanted = set(kommuner)
    return [part for each in closed for part in each.parts if part.kommune in wanted and part.form != PHONE]


def _member(party: Party, office: Office) -> Member:
    since = day_of(party.since)
    began = since if since.year > 1970 else None
    return Member(str(party.kommune), office.number, office.name, began, None, office.started_on)


def parties_of(by: Reader, quarters: Sequence[Quarter]) -> list[list[Party]]:
    """Who was in the region in each of these quarters."""
    spans = [(_midnight(quarter), _midnight(quarter.next)) for quarter in quarters]
    return parties_in_each(by.office.id, spans)


def _midnight(quarter: Quarter) -> datetime:
    return datetime.combine(quarter.first_day, time.min, OSLO)


def _presence(there: Mapping[Quarter, Sequence[Party]]) -> dict[str, set[Quarter]]:
    """The quarters in which each kommune was in the region, as is known today."""
    found: dict[str, set[Quarter]] = {}
    for quarter, parties in there.items():
        for party in parties:
            found.setdefault(str(party.kommune), set()).add(quarter)
    return found


def _sendings(quarters: Sequence[Quarter]) -> dict[str, list[Sending]]:
    """The newest return of each kommune for each quarter."""
    rows = PooledReturn.objects.filter(period__in=[str(quarter) for quarter in quarters])
    newest = {(row.kommune, parse(row.period)[0]): row for row in rows.order_by("number", "sent_at", "id")}
    found: dict[str, list[Sending]] = {}
    for (kommune, quarter), row in newest.items():
        counts = from_json(Counts, row.content["counts"], "counts")
        found.setdefault(str(kommune), []).append(Sending(quarter, row.form, counts))
    return found
