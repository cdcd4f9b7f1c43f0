"""What is registered, as it is counted; and what has been sent.

A return counts every case, also those that the one who sends may not see: there the promise is disclosure control
in the region (decision 1). On a page only what the reader sees is counted.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from shared.codes.periods import Quarter, parse, quarter_of
from shared.post.queries import receipts
from shared.registry.queries import facts
from tenants.cases.queries import registered
from tenants.returns.counts import RegisteredCase
from tenants.returns.models import SentReturn
from varde.access import Reader
from varde.tenancy.door import OfficeRef


@dataclass(frozen=True, slots=True)
class Sending:
    """The newest sending of a quarter, how many there have been, and whether the region has stored it."""

    quarter: Quarter
    sent_at: datetime
    digest: str
    times: int
    delivered: bool


def registered_cases(by: Reader) -> list[RegisteredCase]:
    """The cases that `by` sees, as they are counted; two queries. The purpose "returns" sees every case."""
    return [RegisteredCase(quarter_of(case.counted_from), case.answers, case.form_version) for case in registered(by)]


def started_on(ref: OfficeRef, cases: Iterable[RegisteredCase]) -> date | None:
    """The kommune's own first day: as registered, or that of the quarter of its first case where that is earlier.

    None for a kommune that has neither.
    """
    days = [case.quarter.first_day for case in cases]
    known = facts(ref).started_on
    return min([*days, known] if known else days, default=None)


def sendings() -> dict[Quarter, Sending]:
    """The newest sending of every quarter that has been sent; two queries."""
    rows: dict[str, list[SentReturn]] = defaultdict(list)
    for row in SentReturn.objects.order_by("sent_at", "id"):
        rows[row.period].append(row)
    back = receipts(own[-1].letter_id for own in rows.values())
    found = [
        Sending(parse(period)[0], own[-1].sent_at, own[-1].digest, len(own), own[-1].letter_id in back)
        for period, own in rows.items()
    ]
    return {one.quarter: one for one in found}


def newest(quarter: Quarter) -> SentReturn | None:
    """The last thing that was sent for this quarter."""
    return SentReturn.objects.filter(period=str(quarter)).order_by("sent_at", "id").last()
