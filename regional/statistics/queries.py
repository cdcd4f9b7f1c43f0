"""Asking the pool. The counts that come out here are raw: only `reports` may hold them."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db import connection

from regional.statistics.choices import Missing, missing
from regional.statistics.models import PooledReturn
from regional.statistics.pool import add_up
from shared.codes.forms import REPORTED
from shared.codes.periods import Quarter, parse, quarter_of
from shared.contracts import Counts
from shared.contracts.fields import from_json
from shared.registry.models import Office
from shared.registry.queries import norwegian
from shared.registry.standing_queries import parties_in_each
from varde.access import Reader
from varde.clock import OSLO


@dataclass(frozen=True, slots=True)
class Pool:
    """The newest returns of a period by kommune, and those that have not come."""

    contributions: dict[str, Counts]
    by_quarter: dict[Quarter, dict[str, Counts]]
    sent: dict[str, list[Quarter]]
    missing: list[Missing]


def sent() -> list[tuple[UUID, Quarter, str]]:
    """Which kommune has sent for which quarter, in which form; never what. For pages too, unlike all else here."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT kommune, period, form FROM statistics_sent()")
        return [(kommune, parse(period)[0], form) for kommune, period, form in cursor.fetchall()]


def quarters_with_data() -> list[Quarter]:
    """The quarters for which some kommune has sent, the first first."""
    return sorted({quarter for _, quarter, _ in sent()})


def pool(quarters: Sequence[Quarter], by: Reader, *, beside: Sequence[Quarter] = ()) -> Pool:
    """What the kommuner have sent for these quarters; a constant number of queries.

    `beside`: further quarters to have in `by_quarter`, which are not part of the period.
    """
    were = _parties(by, [*quarters, *beside])
    kommuner = _kommuner(set().union(*were.values()))
    names = _named(kommuner)
    newest = {key: row for key, row in _newest([*quarters, *beside]).items() if key[0] in were[key[1]]}
    by_quarter: dict[Quarter, dict[str, Counts]] = {}
    for (kommune, quarter), row in sorted(newest.items(), key=lambda item: norwegian(names.get(item[0][0], "?"))):
        name = names.get(kommune, row.kommune_number)
        by_quarter.setdefault(quarter, {})[name] = from_json(Counts, row.content["counts"], "counts")
    own = {quarter: by_quarter[quarter] for quarter in sorted(set(quarters) & set(by_quarter))}
    sent: dict[str, list[Quarter]] = {}
    for quarter, sendings in own.items():
        for name in sendings:
            sent.setdefault(name, []).append(quarter)
    sent = {name: sent[name] for name in sorted(sent, key=norwegian)}
    late = missing(_expected(kommuner, names, by), sent, quarters)
    ids = {name: kommune for kommune, name in names.items()}
    late = [each for each in late if ids[each.kommune] in were[each.quarter]]
    return Pool(added_up(own.values()), by_quarter, sent, late)


def added_up(quarters: Iterable[Mapping[str, Counts]]) -> dict[str, Counts]:
    """Each kommune's counts over several quarters."""
    parts: dict[str, list[Counts]] = {}
    for quarter in quarters:
        for name, counts in quarter.items():
            parts.setdefault(name, []).append(counts)
    return {name: add_up(parts[name]) for name in sorted(parts, key=norwegian)}


def _newest(quarters: Sequence[Quarter]) -> dict[tuple[UUID, Quarter], PooledReturn]:
    """A correction is a later row for the same quarter: the last one counts."""
    rows = PooledReturn.objects.filter(form=REPORTED, period__in=[str(quarter) for quarter in quarters])
    return {(row.kommune, parse(row.period)[0]): row for row in rows.order_by("number", "sent_at", "id")}


def _parties(by: Reader, quarters: Sequence[Quarter]) -> dict[Quarter, set[UUID]]:
    """Who was in the region in each quarter, also those that have left since: their figures are part of it."""
    spans = [(_midnight(quarter.first_day), _midnight(quarter.next.first_day)) for quarter in quarters]
    found = parties_in_each(by.office.id, spans)
    return {quarter: {party.kommune for party in each} for quarter, each in zip(quarters, found, strict=True)}


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, OSLO)


def _kommuner(ids: Iterable[UUID]) -> list[Office]:
    rows = Office.objects.filter(id__in=list(ids))
    return sorted(rows, key=lambda office: (norwegian(office.name), office.number))


def _named(kommuner: Sequence[Office]) -> dict[UUID, str]:
    """Names, with the number where two kommuner share one."""
    often = Counter(office.name for office in kommuner)
    return {o.id: f"{o.name} ({o.number})" if often[o.name] > 1 else o.name for o in kommuner}


def _expected(kommuner: Sequence[Office], names: dict[UUID, str], by: Reader) -> dict[str, Quarter | None]:
    """Kommuner with a team that should send and still can, and the quarter in which they started if it is known."""
    return {
        names[office.id]: quarter_of(office.started_on) if office.started_on else None
        for office in kommuner
        if office.active and office.has_team and office.region_id == by.office.id
    }
