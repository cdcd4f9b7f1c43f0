"""Asking about calls; and the kommuner a call can be sent to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncDate

from regional.hotline.models import Call
from regional.hotline.routing import Area
from regional.hotline.states import KINDS, Delivery, delivery
from shared.codes.kommuner import kommuner
from shared.post.queries import receipts
from shared.registry.models import Office
from shared.registry.queries import norwegian
from varde.access import Reader
from varde.clock import OSLO

RECENT = 25


@dataclass(frozen=True, slots=True)
class Past:
    """A call that is over, as its operator sees it: no content."""

    reference: str
    started_at: datetime
    kommune: str
    state: Delivery


def me(by: Reader) -> UUID:
    """The operator's id; a purpose takes no calls."""
    if by.user_id is None:
        raise PermissionDenied
    return by.user_id


def own_open(by: Reader) -> QuerySet[Call]:
    """The operator's own calls that go on now, oldest first."""
    return Call.objects.filter(operator=me(by), state="open").order_by("started_at", "id")


def own_past(by: Reader) -> list[Past]:
    """The operator's own latest calls that are over, newest first."""
    rows = list(Call.objects.filter(operator=me(by)).exclude(state="open").order_by("-started_at")[:RECENT])
    back = receipts(row.letter_id for row in rows if row.letter_id)
    names = dict(Office.objects.filter(kind="kommune").values_list("id", "name"))
    return [_past(row, names, back[row.letter_id].state if row.letter_id in back else "") for row in rows]


def _past(row: Call, names: dict[UUID, str], receipt: str) -> Past:
    state = delivery(row.state, row.kind, receipt=receipt, opened=row.opened_at is not None)
    kommune = names.get(row.kommune, "") if row.kommune else ""
    return Past(row.reference, row.started_at, kommune, state)


def kommune_offices() -> list[Office]:
    """Every kommune on the platform, by name."""
    return sorted(Office.objects.filter(kind="kommune", active=True), key=lambda office: norwegian(office.name))


def areas(offices: Iterable[Office], by: Reader) -> list[Area]:
    """Kommuner that a place may lie in: those on the platform, and those of the code list that are not."""
    registered = {office.number: office for office in offices}
    known = {kommune.number: kommune for kommune in kommuner()}
    found = []
    for number in sorted({*registered, *known}):
        office, listed = registered.get(number), known.get(number)
        places = listed.places if listed else ()
        found.append(
            Area(
                number=number,
                name=office.name if office else (listed.name if listed else ""),
                places=tuple(place.place for place in places),
                postcodes=tuple(place.postcode for place in places),
                office=office.id if office else None,
                ours=office is not None and office.region_id == by.office.id,
                has_team=office is not None and office.has_team,
            )
        )
    return found


@dataclass(frozen=True, slots=True)
class Figures:
    """How many calls, in all and by what came of them, kommune and day; rows of (label, count)."""

    total: int
    by_outcome: list[tuple[str, int]]
    by_kommune: list[tuple[str, int]]
    by_day: list[tuple[str, int]]


def figures(since: datetime) -> Figures:
    """Counts of the calls since then; nothing of what was said."""
    rows = Call.objects.filter(started_at__gte=since)
    counted = rows.aggregate(
        total=Count("id"),
        open=Count("id", filter=Q(state="open")),
        forwarded=Count("id", filter=Q(state="forwarded")),
        **{kind: Count("id", filter=Q(kind=kind)) for kind, _ in KINDS},
    )
    labels = [("forwarded", "Sendt til en kommune"), *KINDS, ("open", "Pågår")]
    names = dict(Office.objects.filter(kind="kommune").values_list("id", "name"))
    per_kommune = rows.filter(state="forwarded").values_list("kommune").annotate(count=Count("id"))
    days = rows.annotate(day=TruncDate("started_at", tzinfo=OSLO)).values_list("day")
    per_day = days.annotate(count=Count("id")).order_by("-day")
    return Figures(
        counted["total"],
        [(label, counted[key]) for key, label in labels],
        sorted(((names.get(k, ""), n) for k, n in per_kommune), key=lambda row: norwegian(row[0])),
        [(f"{day:%d.%m.%Y}", number) for day, number in per_day],
    )
