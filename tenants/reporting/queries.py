"""Asking for what a report is made of and for those that are finished. Which rows are there, the database says."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection

from shared.codes.forms import CURRENT
from shared.codes.periods import Quarter, quarter_of
from shared.contracts import Counts
from shared.registry.queries import facts
from shared.reporting.document import Document
from shared.reporting.kept import whole
from tenants.cases.models import Answer, Case
from tenants.cases.queries import counted_elsewhere
from tenants.measures.models import Measure
from tenants.reporting.check import Check, checked
from tenants.reporting.models import Draft, Report, ReportCopy, ReturnsOwner
from tenants.reporting.rules import Answers, Facts, broken
from tenants.returns.counts import RegisteredCase, reported
from tenants.returns.models import SentReturn
from tenants.returns.queries import born_in
from varde.access import Role
from varde.audit.former_models import FormerLog
from varde.identity.models import User
from varde.privacy.errors import Destroyed
from varde.privacy.fields import open_together
from varde.tenancy.door import OfficeRef
from varde.ui.dates import day_of

OTHER_REPORT = (
    "Rapport {number} er ikke den som ble ferdigstilt: den er endret etterpå. Den vises ikke, kan ikke lastes ned og "
    "brukes ikke i andre rapporter før det er funnet ut av."
)
OTHER_DRAFT = "Utkastet er ikke det som ble talt: det er endret etterpå. Lag rapporten på nytt."


@dataclass(frozen=True, slots=True)
class Looked:
    """A case of the one who asks, as the rules look at it, under its name and address."""

    case_id: UUID
    name: str
    facts: Facts

    @property
    def href(self) -> str:
        """Its form."""
        return f"/saker/{self.case_id}/skjema"


def owner() -> ReturnsOwner | None:
    """Who is named now."""
    return ReturnsOwner.objects.order_by("-at", "id").first()


def needs_another() -> bool:
    """Is something hidden from the owner by a deny row, so that no report can be made? Never so for the owner, nor for
    anybody from whom something is hidden: for those who name, and who may know."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT reporting_needs_another()")
        return bool(cursor.fetchone()[0])


def _asked(function: str, person: UUID | None) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s)", [person])
        return bool(cursor.fetchone()[0])


def is_named(person: UUID | None) -> bool:
    """Is this person named, active and a coordinator?"""
    return _asked("reporting_named", person)


def is_clean(person: UUID | None) -> bool:
    """Is this person named, and nothing hidden from them by a deny row? For the worker alone: the answer tells."""
    return _asked("reporting_clean", person)


def may_be_named() -> list[User]:
    """Active coordinators by name, but for the one who asks and for those from whom something is hidden by a deny row.
    Whoever something is hidden from, learns nothing of others here: all are offered to them."""
    rows = User.objects.here().filter(grants__role=Role.COORDINATOR).distinct()
    return [each for each in rows.order_by("name", "id") if _asked("reporting_may_be_named", each.pk)]


def reports() -> list[Report]:
    """Everything that is finished, the newest first."""
    return list(Report.objects.select_related("replaces").order_by("-number", "former"))


def formers() -> dict[UUID, str]:
    """The kommuner that have become part of this one, with their names."""
    return dict(FormerLog.objects.values_list("id", "name"))


def copy_of(report: Report) -> ReportCopy | None:
    """What a report says, for those who may read it."""
    return ReportCopy.objects.filter(report=report).first()


def document_of(report: Report, kept: ReportCopy) -> Document:
    """What a finished report says. Raises NotWhole where that is not what was finished."""
    return whole(kept.content, kept.digest, OTHER_REPORT.format(number=report.number))


def drafted(row: Draft) -> Document:
    """What was counted. Raises NotWhole where it was changed since."""
    return whole(row.content, row.digest, OTHER_DRAFT)


def before(period: str, number: int | None = None) -> Report | None:
    """What a report is compared with: the last finished one of the same period, else of the latest earlier period alike
    (half-year or year). Of this kommune and not of one that became part of it; with `number`, only those before it."""
    rows = Report.objects.filter(former=None, period__lte=period)
    rows = rows if number is None else rows.filter(number__lt=number)
    alike = [row for row in rows if len(row.period) == len(period)]
    return max(alike, key=lambda row: (row.period, row.number), default=None)


def newest_of(period: str) -> Report | None:
    """The last finished report of a period."""
    return Report.objects.filter(period=period, former=None).order_by("number", "id").last()


def draft_of(person: UUID | None, period: str) -> Draft | None:
    """The newest order of this person for a period."""
    rows = Draft.objects.filter(ordered_by=person, period=period) if person else Draft.objects.none()
    return rows.order_by("ordered_at", "id").last()


def first_quarter(ref: OfficeRef, today: date) -> Quarter:
    """Where periods begin: the registered first day, or the first case of the one who asks."""
    known = facts(ref).started_on
    first = Case.objects.order_by("counted_from").values_list("counted_from", flat=True).first()
    return quarter_of(min([day for day in (known, first) if day], default=today))


def looked(*, measures: bool) -> Iterator[Looked]:
    """Every case that is there for the one who asks, as the rules look at it. `measures`: of those whose measures are
    there too."""
    rows = {row.case_id: row for row in Answer.objects.filter(form=CURRENT)}
    open_together(rows.values())
    elsewhere, planned = counted_elsewhere(), _measures() if measures else {}
    for case in Case.objects.order_by("counted_from", "id"):
        if case.id not in elsewhere:
            yield Looked(case.id, case.name, _facts(case, rows.get(case.id), planned if measures else None))


def _measures() -> dict[UUID, Counter[str]]:
    found: dict[UUID, Counter[str]] = {}
    for case_id, status in Measure.objects.values_list("case_id", "status"):
        found.setdefault(case_id, Counter())[status] += 1
    return found


def _facts(case: Case, row: Answer | None, planned: Mapping[UUID, Counter[str]] | None) -> Facts:
    # An imported case holds no more than its answers: that it has no measure says nothing.
    own = None if planned is None or case.opened_by is None else planned.get(case.id, Counter())
    return Facts(
        answers=_given(row),
        category=case.category,
        state=case.state,
        counted_from=case.counted_from,
        opened_on=day_of(case.opened_at),
        closed_on=day_of(case.closed_at) if case.closed_at else None,
        measures=None if own is None else own.total(),
        carried_out=None if own is None else own["done"],
    )


def _given(row: Answer | None) -> Answers:
    try:
        return {key: tuple(codes) for key, codes in row.given.items()} if row else {}
    except Destroyed:
        return {}


def breaking(cases: Iterable[Looked], quarters: Sequence[Quarter]) -> Counter[str]:
    """How many cases of these quarters break each rule."""
    wanted = set(quarters)
    own = [case for case in cases if quarter_of(case.facts.counted_from) in wanted]
    return Counter(rule.code for case in own for rule in broken(case.facts))


def sent() -> dict[Quarter, tuple[int, datetime]]:
    """Cases in what was sent last of each quarter, and when; for whoever sees every case."""
    rows = SentReturn.objects.order_by("number", "sent_at", "id").values_list(
        "period", "content__counts__cases", "sent_at"
    )
    return {Quarter(int(period[:4]), int(period[-1])): (int(cases), at) for period, cases, at in rows}


def opened_after(sent_at: Mapping[Quarter, datetime]) -> Counter[Quarter]:
    """Cases of each quarter that were opened after it was sent."""
    elsewhere = counted_elsewhere()
    found: Counter[Quarter] = Counter()
    for case_id, day, at in Case.objects.values_list("id", "counted_from", "opened_at"):
        quarter = quarter_of(day)
        found[quarter] += case_id not in elsewhere and quarter in sent_at and at > sent_at[quarter]
    return found


def check_of(
    ref: OfficeRef,
    cases: Sequence[RegisteredCase],
    gone: Mapping[Quarter, Counts],
    *,
    total: int,
    started: date,
    until: Quarter,
    today: date,
) -> Check:
    """The check of the total since the start, over the cases that the one who asks sees."""
    now = Counter(case.quarter for case in cases)
    for quarter, counts in gone.items():
        now[quarter] += counts.cases
    quarters, quarter = [], quarter_of(started)
    while quarter <= until:
        quarters.append(quarter)
        quarter = quarter.next
    first, before = facts(ref).started_on, sent()
    opened = opened_after({each: at for each, (_, at) in before.items()})
    return Check(
        lines=checked(quarters, {each: number for each, (number, _) in before.items()}, now, born_in(), opened),
        total=total,
        unanswered=sum(not reported(case) for case in cases if case.quarter <= until),
        early=sum(case.quarter < quarter_of(first) for case in cases) if first else 0,
        ahead=sum(case.quarter > quarter_of(today) for case in cases),
    )
