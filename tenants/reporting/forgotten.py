"""What is easily forgotten, of the matters that are there for the one who asks: with the page where it is mended."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from shared.codes.forms import CURRENT, form
from shared.codes.periods import quarter_of
from tenants.cases.answers import gaps
from tenants.inbox.models import Concern
from tenants.reporting.queries import Looked
from tenants.reporting.rules import broken
from tenants.reporting.states import Period
from tenants.returns import queries as returns
from varde.clock import now
from varde.ui.dates import day_of

WAITS = timedelta(days=30)
MOST = 50


@dataclass(frozen=True, slots=True)
class Found:
    """A matter (its case, or None for a concern), and what is to be looked at in it."""

    case_id: UUID | None
    name: str
    href: str
    said: tuple[str, ...]


def late(cases: Sequence[Looked], period: Period) -> Iterator[Found]:
    """Cases until the period's end that were opened after their quarter was ordered, as far as the orders are shown."""
    ordered = returns.ordered()
    for case in _until(cases, period):
        order = ordered.get(quarter_of(case.facts.counted_from))
        if order and order.sent and case.facts.opened_on > day_of(order.at):
            yield Found(case.case_id, case.name, case.href, ("opprettet etter at tallene for kvartalet ble bestilt",))


def unanswered(cases: Sequence[Looked], period: Period) -> Iterator[Found]:
    """Cases of the period with questions that have no answer, by number."""
    for case in _within(cases, period):
        lacking = gaps(form(CURRENT), case.facts.answers)
        if lacking:
            none = len(lacking) == len(form(CURRENT).choices)
            said = "ingen spørsmål er besvart" if none else f"mangler {', '.join(str(each.number) for each in lacking)}"
            yield Found(case.case_id, case.name, case.href, (said,))


def against(cases: Sequence[Looked], period: Period) -> Iterator[Found]:
    """Cases of the period whose answers do not fit together."""
    for case in _within(cases, period):
        sentences = tuple(rule.sentence for rule in broken(case.facts))
        if sentences:
            yield Found(case.case_id, case.name, case.href, sentences)


def still_open(cases: Sequence[Looked], period: Period) -> Iterator[Found]:
    """Cases of the period that are not closed: they have no outcome, and no registration of their own yet."""
    for case in _within(cases, period):
        if case.facts.state == "open":
            yield Found(case.case_id, case.name, f"/saker/{case.case_id}", ("ikke lukket",))


def never_decided(period: Period) -> Iterator[Found]:
    """Concerns received until the period's end that have waited for long and are no case yet."""
    rows = Concern.objects.filter(
        progress__in=("received", "opened", "in_progress"),
        case=None,
        received_at__date__lte=period.quarters[-1].last_day,
        received_at__lt=now() - WAITS,
    )
    for row in rows.order_by("received_at", "id")[:MOST]:
        yield Found(None, f"Bekymring {row.id.hex[:6].upper()}", f"/innboks/{row.id}", ("mottatt, men ikke avklart",))


def _within(cases: Sequence[Looked], period: Period) -> Iterator[Looked]:
    return (case for case in cases if quarter_of(case.facts.counted_from) in period.quarters)


def _until(cases: Sequence[Looked], period: Period) -> Iterator[Looked]:
    return (case for case in cases if quarter_of(case.facts.counted_from) <= period.quarters[-1])
