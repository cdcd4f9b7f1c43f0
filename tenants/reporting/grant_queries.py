"""What the kommune has registered of a year, and its grant reports."""

from datetime import date
from uuid import UUID

from django.db import connection

from shared.reporting.document import Document
from shared.reporting.kept import whole
from tenants.outreach import queries as outreach
from tenants.reporting import queries
from tenants.reporting.grant_document import Line, Registered
from tenants.reporting.grant_models import GrantReport
from tenants.reporting.grant_sources import agreed
from varde.access import Reader

OTHER = (
    "Tilskuddsrapporten for {year} er ikke den som ble ferdigstilt: den er endret etterpå. Den vises ikke og kan ikke "
    "lastes ned før det er funnet ut av."
)
FIRST_YEAR = outreach.FIRST_YEAR


def registered(by: Reader, year: int, today: date) -> Registered:
    """Of the year until today, as it stands now; results are of the year's finished report."""
    found = outreach.year_of(by, year, today)
    report = queries.newest_of(str(year))
    kept = queries.copy_of(report) if report else None
    return Registered(
        agreed=agreed(by),
        kinds=tuple(_line(one) for one in found.kinds),
        audiences=tuple(_line(one) for one in found.audiences),
        sentences=tuple(found.sentences),
        training=tuple(found.training),
        rite=tuple(found.rite),
        hours=tuple(found.hours),
        results=queries.document_of(report, kept) if report and kept else None,
        number=report.number if report and kept else None,
    )


def _line(one: outreach.Line) -> Line:
    return Line(one.label, one.count, one.reach, one.cost)


def years(today: date) -> list[int]:
    """Those that a report can be made of, the newest first: this year so far, and the two before it."""
    return [year for year in range(today.year, today.year - 3, -1) if year >= FIRST_YEAR]


def reports() -> list[GrantReport]:
    """Finished ones, the newest first; without what they say."""
    return list(GrantReport.objects.defer("content").order_by("-finished_at", "-id"))


def newest(year: int) -> GrantReport | None:
    """The one of a year that holds, where the owner may read it."""
    found = corrected_by_next(year)
    return GrantReport.objects.filter(pk=found).first() if found else None


def corrected_by_next(year: int) -> UUID | None:
    """The one of a year that holds, by its id alone; for the owner."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT reporting_grant_newest(%s)", [year])
        found: UUID | None = cursor.fetchone()[0]
    return found


def document_of(row: GrantReport) -> Document:
    """What a finished one says. Raises NotWhole where that is not what was finished."""
    return whole(row.content, row.digest, OTHER.format(year=row.year))


def corrected() -> set[UUID]:
    """The reports that a later one corrects."""
    rows = GrantReport.objects.filter(replaces__isnull=False).values_list("replaces_id", flat=True)
    return {one for one in rows if one is not None}
