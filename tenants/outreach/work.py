"""A year's work in matters, counted among those that the reader sees: what came, what it became, and how it ended."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import batched, chain

from django.db.models import Count, F, Model, Q, QuerySet

from shared.codes.categories import categories
from tenants.cases.models import Case
from tenants.cases.queries import counted_elsewhere
from tenants.closing.endings import ENDINGS
from tenants.closing.models import ClosingReport
from tenants.inbox.models import Concern
from tenants.inbox.states import CHANNELS
from tenants.measures.models import Measure
from tenants.outreach import own_queries
from tenants.persons.voice import HELPED
from tenants.triage.models import NextStep
from tenants.triage.talk_models import Talk
from varde.privacy.fields import open_together, text_or

_CHUNK = 500
# As a report says it to those who do not know the system.
_WAYS = dict(CHANNELS) | {"import": "hentet inn fra et annet system"}
Rows = Sequence[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Group:
    """Figures that belong together, with their words."""

    title: str
    rows: Rows


def groups(year: int) -> list[Group]:
    """All of a year; a group without figures is left out."""
    found = (
        Group("Bekymringer", _concerns(year)),
        Group("Saker", _cases(year)),
        Group("Hastegrad i sakene som ble opprettet", _categories(year)),
        Group("Slik endte sakene som ble lukket", _endings(year)),
        Group("Hjalp det? Svarene fra dem det gjaldt", _helped(year)),
        Group("Neste steg med frist i året", _steps(year)),
        Group("Tiltak", _measures(year)),
        Group("Nye tiltak etter tjeneste", _services(year)),
        Group("Utenom teamet", [("Løst i tjenestene, telles for seg", own_queries.count(year))]),
    )
    return [group for group in found if group.rows]


def _concerns(year: int) -> Rows:
    # What was sent back is another kommune's, and counts there.
    came = _counted(Concern.objects.filter(received_at__year=year).exclude(progress="returned"), "channel")
    talks = Talk.objects.filter(at__year=year).count()
    by_way = [(f"– {label}", came[code]) for code, label in _WAYS.items() if came[code]]
    return [("Bekymringer mottatt", came.total()), *by_way, ("Drøftinger uten navn", talks)]


def _counted_cases() -> QuerySet[Case]:
    return Case.objects.exclude(id__in=counted_elsewhere())


def _cases(year: int) -> Rows:
    opened = _counted_cases().filter(counted_from__year=year).count()
    return [("Saker opprettet", opened), ("Saker lukket", _counted_cases().filter(closed_at__year=year).count())]


def _categories(year: int) -> Rows:
    found = _counted(_counted_cases().filter(counted_from__year=year), "category")
    return [(each.label, found[each.code]) for each in categories() if found[each.code]]


def _endings(year: int) -> Rows:
    found = _counted(ClosingReport.objects.filter(closed_at__year=year), "ending")
    return [(label, found[code]) for code, label in ENDINGS if found[code]]


def _helped(year: int) -> Rows:
    reports = ClosingReport.objects.filter(closed_at__year=year).exclude(helped="").select_related("case")
    found = Counter(_texts(reports, "helped"))
    return [(label, found[code]) for code, label in HELPED if found[code]]


def _steps(year: int) -> Rows:
    kept = Q(done_at__lte=F("due_at"))
    asked = NextStep.objects.filter(due_at__year=year).aggregate(
        kept=Count("id", filter=kept),
        late=Count("id", filter=Q(done_at__isnull=False) & ~kept),
        left=Count("id", filter=Q(done_at__isnull=True)),
    )
    labels = (("kept", "Avsluttet innen fristen"), ("late", "Avsluttet etter fristen"), ("left", "Står fortsatt"))
    return [(label, asked[name]) for name, label in labels] if any(asked.values()) else []


def _measures(year: int) -> Rows:
    planned = Measure.objects.filter(made_at__year=year).count()
    return [("Tiltak planlagt", planned), ("Tiltak avsluttet", Measure.objects.filter(ended_at__year=year).count())]


def _services(year: int) -> Rows:
    rows = Measure.objects.filter(made_at__year=year).exclude(service="").select_related("case")
    found = Counter(" ".join(text.split()) for text in _texts(rows, "service"))
    return sorted(found.items(), key=lambda pair: (-pair[1], pair[0].casefold()))


def _counted(rows: QuerySet[Case] | QuerySet[Concern] | QuerySet[ClosingReport], field: str) -> Counter[str]:
    return Counter(dict(rows.order_by().values_list(field).annotate(number=Count("id"))))


def _texts(rows: Iterable[Model], field: str) -> Iterable[str]:
    """What stands in a sealed field of each row; nothing where the content is gone."""
    return filter(None, chain.from_iterable(_opened(part, field) for part in batched(rows, _CHUNK, strict=False)))


def _opened(part: Sequence[Model], field: str) -> list[str]:
    open_together(part)
    return [text_or(row, field, "") for row in part]
