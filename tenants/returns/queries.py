"""What is registered, as it is counted; and what has been sent.

A return counts every case, also those that the one who ordered it may not see: there the promise is disclosure control
in the region (decision 1). On a page only what is there for the reader is counted.
"""

from collections import defaultdict
from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from uuid import UUID

from django.db.models import Max

from shared.codes.periods import Quarter, parse, quarter_of
from shared.contracts import Counts
from shared.contracts.fields import from_json
from shared.post.queries import receipts
from shared.registry.queries import facts
from tenants.cases.queries import registered
from tenants.returns import steered_queries
from tenants.returns.counts import RegisteredCase, added
from tenants.returns.models import GoneCounts, Order, SentReturn
from varde.audit.former_models import FormerLog
from varde.clock import now
from varde.tenancy.door import OfficeRef
from varde.ui.dates import day_of


@dataclass(frozen=True, slots=True)
class Sending:
    """The newest sending of a quarter, how often it had other counts than the one before, and whether the region has
    stored it. For whoever runs the installation: it rests on every case."""

    quarter: Quarter
    sent_at: datetime
    corrections: int
    delivered: bool


@dataclass(frozen=True, slots=True)
class Ordered:
    """The newest order of a quarter, as it may be shown: nothing here depends on what was counted.

    A quarter that nobody has ordered is shown as it was first sent by command: it is sent again only when the counts
    have changed, so the time of a later sending would tell. `by` is then empty.
    """

    quarter: Quarter
    at: datetime
    by: str
    waiting: bool
    sent: bool
    delivered: bool
    problem: str
    seen_by: UUID | None
    seen_digest: str


def registered_cases() -> list[RegisteredCase]:
    """The cases that are there for the one who asks, as they are counted. The purpose "returns" sees every case."""
    return [case for _, case in counted()]


def counted() -> list[tuple[UUID, RegisteredCase]]:
    """The same, with the id of each case."""
    told = steered_queries.steering(now())
    return [
        (one.case_id, RegisteredCase(quarter_of(one.counted_from), one.answers, one.form_version, told[one.case_id]))
        for one in registered()
    ]


def gone_counts() -> dict[Quarter, Counts]:
    """What deleted cases counted, per quarter; for the purpose "returns"."""
    found: dict[Quarter, Counts] = {}
    for row in GoneCounts.objects.order_by("period", "id"):  # several of one quarter where kommuner have become one
        quarter, counts = parse(row.period)[0], from_json(Counts, row.content, "content")
        found[quarter] = added(counts, found[quarter]) if quarter in found else counts
    return found


def born_in() -> Quarter | None:
    """The quarter in which this kommune was born of others; None for every other kommune.

    What came before was counted and sent by those (ADR 0037): sent again from here each matter would count twice.
    """
    at = FormerLog.objects.aggregate(last=Max("at"))["last"]
    return quarter_of(day_of(at)) if at else None


def started_on(ref: OfficeRef, cases: Iterable[RegisteredCase], gone: Iterable[Quarter] = ()) -> date | None:
    """The kommune's own first day: as registered, or that of the quarter of its first case where that is earlier.

    None for a kommune that has neither.
    """
    days = [case.quarter.first_day for case in cases] + [quarter.first_day for quarter in gone]
    known = facts(ref).started_on
    return min([*days, known] if known else days, default=None)


def sendings() -> dict[Quarter, Sending]:
    """The newest sending of every quarter that has been sent; two queries."""
    rows = _sent()
    back = receipts(own[-1].letter_id for own in rows.values())
    found = [_sending(period, own, back) for period, own in rows.items()]
    return {one.quarter: one for one in found}


def _sent() -> dict[str, list[SentReturn]]:
    rows: dict[str, list[SentReturn]] = defaultdict(list)
    for row in SentReturn.objects.defer("content").order_by("number", "sent_at", "id"):
        rows[row.period].append(row)
    return rows


def _sending(period: str, own: list[SentReturn], back: Container[UUID]) -> Sending:
    last = own[-1]
    changed = sum(one.digest != before.digest for before, one in pairwise(own))
    return Sending(parse(period)[0], last.sent_at, changed, last.letter_id in back)


def ordered() -> dict[Quarter, Ordered]:
    """Every quarter that has been ordered or sent, as it may be shown; three queries."""
    orders = {order.period: order for order in Order.objects.order_by("ordered_at", "id")}
    shown = {period: _shown(orders.get(period), own) for period, own in _sent().items()}
    shown |= {period: None for period in orders if period not in shown}
    back = receipts(row.letter_id for row in shown.values() if row)
    found = (_ordered(period, orders.get(period), row, back) for period, row in shown.items())
    return {one.quarter: one for one in found}


def _shown(order: Order | None, own: list[SentReturn]) -> SentReturn | None:
    """What left because of the order; else the first that left at all."""
    return own[0] if order is None else next((row for row in own if row.id == order.id), None)


def _ordered(period: str, order: Order | None, row: SentReturn | None, back: Container[UUID]) -> Ordered:
    quarter, delivered = parse(period)[0], row is not None and row.letter_id in back
    if order is None:
        assert row is not None  # noqa: S101 - a period is here because of an order or of a row
        return Ordered(quarter, row.sent_at, "", False, True, delivered, "", None, "")
    done, sent = order.done_at is not None, row is not None
    return Ordered(
        quarter=quarter,
        at=order.ordered_at,
        by=order.ordered_by_name,
        waiting=not done,
        sent=sent,
        delivered=delivered,
        problem=order.said if done and not sent else "",
        seen_by=order.ordered_by,
        seen_digest=order.seen_digest,
    )


def newest(quarter: Quarter) -> SentReturn | None:
    """The last thing that was sent for this quarter."""
    return SentReturn.objects.filter(period=str(quarter)).order_by("number", "sent_at", "id").last()


def next_number() -> int:
    """Of what is sent next, of any quarter; for whoever has the turn."""
    last: int | None = SentReturn.objects.aggregate(last=Max("number"))["last"]
    return (last or 0) + 1
