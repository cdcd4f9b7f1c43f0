"""Asking about what came back, what waits and how it goes per kommune: references, times and states, no content."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from regional.delivery.models import Order, Returned, TestSent, Waited, WaitRule
from regional.delivery.states import STATES, WHY, time_in_words
from regional.hotline.models import Call
from shared.codes.kommuner import kommuner
from shared.post.models import Receipt
from shared.post.queries import receipts
from shared.registry.models import Office
from shared.registry.queries import norwegian
from varde.access import Reader
from varde.clock import now

# Shipped: a day and night. A concern told to the phone may be akutt, but nobody here knows which.
HOURS = 24
# What came back and waits is said again so often.
AGAIN = timedelta(hours=24)
ON_ITS_WAY = ("sent", "stored")


def hours() -> int:
    """How long a concern may wait in a kommune before the phone calls it overdue."""
    return WaitRule.objects.order_by("-at").values_list("hours", flat=True).first() or HOURS


def rules() -> QuerySet[WaitRule]:
    """The changes of that, with who made them, the newest first."""
    return WaitRule.objects.order_by("-at")


def overdue(at: datetime, among: Collection[UUID] | None = None) -> QuerySet[Call]:
    """Calls whose concern no person has opened in time, by our own clock: also when the kommune's server says nothing.

    `among`: only these.
    """
    rows = Call.objects.filter(state__in=ON_ITS_WAY, opened_at=None, forwarded_at__lt=at - timedelta(hours=hours()))
    return rows if among is None else rows.filter(id__in=among)


def overdue_among(call_ids: Collection[UUID]) -> set[UUID]:
    """Those of these calls that are overdue now."""
    return set(overdue(now(), call_ids).values_list("id", flat=True))


def unheard(at: datetime) -> QuerySet[Call]:
    """Those of them that nobody at the phone has been told of."""
    return overdue(at).filter(~Exists(Waited.objects.filter(handover=OuterRef("letter_id"))))


def stuck(at: datetime) -> QuerySet[Returned]:
    """What came back and has waited as long as a concern may, here or for the task that sends it on."""
    return Returned.objects.filter(state="waiting", at__lt=at - timedelta(hours=hours()))


def untold(at: datetime) -> QuerySet[Returned]:
    """Those of them that nobody at the phone has been told of in the last day and night."""
    return stuck(at).filter(Q(told_at=None) | Q(told_at__lt=at - AGAIN)).order_by("at")


def newest_order(came: Returned) -> Order | None:
    """Where it is to go now; None when nobody has said so since it last waited."""
    rows = Order.objects.filter(returned=came)
    return (rows.filter(at__gt=came.sent_at) if came.sent_at else rows).order_by("-at").first()


def ordered() -> list[UUID]:
    """What waits and has been given a kommune."""
    return [row.id for row in Returned.objects.filter(state="waiting").order_by("at") if newest_order(row)]


def receipt_of(came: Returned) -> Receipt | None:
    """What the new kommune has said of the letter."""
    return receipts([came.letter_id]).get(came.letter_id) if came.letter_id else None


def unsettled() -> list[UUID]:
    """What was sent on and has a receipt that nothing has been made of yet."""
    back = Receipt.objects.filter(id=OuterRef("letter_id"))
    return list(Returned.objects.filter(Exists(back), state="sent").values_list("id", flat=True))


@dataclass(frozen=True, slots=True)
class Line:
    """What came back, as the phone sees it."""

    id: UUID
    reference: str
    at: datetime
    kommune: str
    why: str
    suggested: str
    again: str
    state: str
    waiting: bool
    to: str
    ordered: bool


def lines(by: Reader) -> list[Line]:
    """Everything that came back, what waits first, then the newest."""
    names = {office.id: office for office in Office.objects.filter(kind="kommune")}
    numbers = _by_number(names.values())
    rows = sorted(Returned.objects.all(), key=lambda row: (row.state != "waiting", -row.at.timestamp()))
    return [_line(row, names, numbers) for row in rows[:100]]


def _line(row: Returned, names: dict[UUID, Office], numbers: dict[str, str]) -> Line:
    waits = row.state == "waiting"
    chosen = newest_order(row) if waits else None
    went = chosen.to if chosen else row.sent_to
    return Line(
        id=row.id,
        reference=row.reference,
        at=row.at,
        kommune=_named(names, row.kommune),
        why=dict(WHY).get(row.why, ""),
        suggested=numbers.get(row.suggested, row.suggested),
        again=time_in_words(row.times),
        state=dict(STATES)[row.state],
        waiting=waits and chosen is None,
        to=_named(names, went) if went and (chosen or not waits) else "",
        ordered=chosen is not None,
    )


def _named(names: dict[UUID, Office], key: UUID) -> str:
    return names[key].name if key in names else ""


def count_waiting() -> int:
    """How many came back and have no new kommune."""
    return sum(1 for row in Returned.objects.filter(state="waiting") if newest_order(row) is None)


def recipients() -> list[Office]:
    """Kommuner on the platform that have a team, by name: it may belong outside the region too."""
    rows = Office.objects.filter(kind="kommune", active=True, has_team=True)
    return sorted(rows, key=lambda office: norwegian(office.name))


@dataclass(frozen=True, slots=True)
class KommuneLine:
    """What waits in one kommune. How many were sent there is not said: the figures shield it (ADR 0028)."""

    name: str
    waiting: int
    overdue: int


def per_kommune(region: UUID, at: datetime) -> list[KommuneLine]:
    """What nobody has opened, in every kommune of the region and in others sent to."""
    late = set(overdue(at).values_list("id", flat=True))
    by_office: dict[UUID, list[UUID]] = {office.id: [] for office in recipients() if office.region_id == region}
    for key, kommune in Call.objects.filter(opened_at=None, state__in=ON_ITS_WAY).values_list("id", "kommune"):
        if kommune:
            by_office.setdefault(kommune, []).append(key)
    names = dict(Office.objects.filter(kind="kommune").values_list("id", "name"))
    found = [KommuneLine(names.get(key, ""), len(calls), len(late & {*calls})) for key, calls in by_office.items()]
    return sorted(found, key=lambda line: norwegian(line.name))


def tests() -> list[TestSent]:
    """The latest test concerns, the newest first."""
    return list(TestSent.objects.order_by("-at")[:20])


def chosen_name(came: Returned) -> str:
    """Where it goes or went; "" while nobody has said so."""
    ordered = newest_order(came)
    to = ordered.to if ordered else (None if came.state == "waiting" else came.sent_to)
    return Office.objects.filter(id=to).values_list("name", flat=True).first() or "" if to else ""


def suggested_name(came: Returned) -> str:
    """The kommune that the sender thinks it belongs to."""
    if not came.suggested:
        return ""
    return _by_number(Office.objects.filter(kind="kommune", number=came.suggested)).get(came.suggested, came.suggested)


def _by_number(offices: Iterable[Office]) -> dict[str, str]:
    """The name of every kommune, whether it is on the platform or not."""
    return {each.number: each.name for each in kommuner()} | {office.number: office.name for office in offices}


@dataclass(frozen=True, slots=True)
class TestLine:
    """How far a test has come. Stored: a receipt is there; opened: a person has pressed the button."""

    __test__ = False

    reference: str
    kommune: str
    at: datetime
    stored_at: datetime | None
    opened_at: datetime | None
    by_name: str


def test_lines() -> list[TestLine]:
    """The latest test concerns with their receipts."""
    rows = tests()
    back = receipts([row.letter_id for row in rows])
    names = dict(Office.objects.filter(kind="kommune").values_list("id", "name"))
    return [
        TestLine(
            row.reference,
            names.get(row.kommune, ""),
            row.at,
            back[row.letter_id].at if row.letter_id in back else None,
            row.opened_at,
            row.by_name,
        )
        for row in rows
    ]
