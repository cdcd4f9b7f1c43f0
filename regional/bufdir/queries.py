"""Asking for reports, and for what a new one would stand on."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db import connection

from regional.bufdir.basis import Basis, Half, Rule, Source, Withdrawn, basis, can_be_reported
from regional.bufdir.models import Draft, DraftState, FrozenReport, Kind, ReportSent
from regional.bufdir.report import Last
from regional.releases.given import Given, given
from regional.releases.ledger import Broken, Ledger
from regional.releases.queries import told_openly
from shared.reporting.document import Document
from shared.reporting.kept import NotWhole, whole
from varde.access import Reader
from varde.refusal import Refused

BROKEN = "Hovedboken kan ikke leses, så ingen rapport kan lages. Si fra til dem som drifter plattformen. {why}"
UNREADABLE = "Noe som er gitt ut, kan ikke leses. Ingen rapport vises eller lages før driften har funnet ut av det."
OTHER_REPORT = (
    "Rapport nr. {number} er ikke den som ble godkjent: den er endret etterpå. Den vises ikke og kan ikke lastes ned "
    "før det er funnet ut av."
)
OTHER_DRAFT = "Utkastet er ikke det som ble laget: det er endret etterpå. Forkast det, og lag et nytt."
NO_TABLE = "Det er ikke gitt ut tall for perioden. Gi dem ut under «Statistikk» først."


def ledger_now() -> Ledger:
    """The ledger as it stands. Raises Refused."""
    try:
        return told_openly()
    except Broken as error:
        raise Refused(BROKEN.format(why=error)) from error


def released(by: Reader) -> list[Given]:
    """Every release; that somebody looked is logged. Raises NotWhole where one is not what was given out."""
    try:
        return given(by)
    except ValueError as error:
        raise NotWhole(str(error) if isinstance(error, Broken) else UNREADABLE) from error


def sources(found: Iterable[Given]) -> list[Source]:
    """Every table that is shown, with its release."""
    return [
        Source(one.number, one.digest, one.at, one.asked_by, one.approved_by, table)
        for one in found
        if one.withdrawn_at is None
        for table in one.tables
    ]


def periods(by: Reader) -> list[str]:
    """The half-years and years that can be reported of, the newest first. That figures were read is logged."""
    return can_be_reported(one.table for one in sources(released(by)))


def stands(by: Reader, period: str) -> tuple[Basis, list[str]]:
    """What a report of the period would be made from, and the half-years that are closed. Raises Refused."""
    told, found_out = ledger_now(), released(by)
    halves = [
        Half(one.period, tuple(each.name for each in one.members), one.missing, bool(one.waits)) for one in told.closed
    ]
    withdrawn = [Withdrawn(one.number, one.period, one.withdrawn_at) for one in found_out if one.withdrawn_at]
    rule = Rule(told.rule.threshold, told.rule.coalition)
    found = basis(period, sources(found_out), halves, withdrawn, rule)
    if found is None:
        raise Refused(NO_TABLE)
    return found, told.periods


def stands_on(found: Basis) -> list[dict[str, int | str]]:
    """The releases that a report is made from, with the fingerprint of each."""
    return [{"number": one.number, "digest": one.digest} for one in found.releases]


def withdrawn_since(releases: Iterable[Mapping[str, int | str]], by: Reader) -> list[int]:
    """The releases among these that are withdrawn now."""
    wanted = {one["number"] for one in releases}
    return sorted(one.number for one in released(by) if one.withdrawn_at and one.number in wanted)


def on_withdrawn(rows: Iterable[FrozenReport]) -> set[int]:
    """The numbers of those that stand on a release that is withdrawn now; nothing is said where the ledger is broken,
    for then each report's own page does."""
    try:
        gone = {one.number for one in told_openly().releases if one.withdrawn}
    except Broken:
        return set()
    return {row.number for row in rows if any(one["number"] in gone for one in row.stands_on)}


def reports(kind: str | None = None) -> list[FrozenReport]:
    """Frozen ones, the newest first; their content stays where it is."""
    rows = FrozenReport.objects.defer("content").order_by("-number")
    return list(rows if kind is None else rows.filter(kind=kind))


def replaced_by(number: int) -> int | None:
    """The report that corrects this one."""
    return FrozenReport.objects.filter(replaces=number).values_list("number", flat=True).order_by("-number").first()


def to_replace(kind: str, period: str) -> FrozenReport | None:
    """The report of the period that a new one would correct."""
    return FrozenReport.objects.filter(kind=kind, period=period).order_by("-number").first()


def last(kind: str, period: str) -> Last | None:
    """What a new report is compared with: the one that it corrects, else the newest of an earlier period alike."""
    row = to_replace(kind, period)
    if row is None:
        alike = [one for one in reports(kind) if len(one.period) == len(period) and one.period < period]
        newest = max(alike, key=lambda one: (one.period, one.number), default=None)
        row = newest and FrozenReport.objects.get(pk=newest.pk)
    return Last(row.number, document_of(row)) if row else None


def document_of(row: FrozenReport | Draft) -> Document:
    """What the page and every file are made from. Raises NotWhole for what is not what was made or approved."""
    if isinstance(row, FrozenReport):
        return whole(row.content, row.digest, OTHER_REPORT.format(number=row.number))
    drop = f"/bufdir/utkast/{row.id}/forkast" if row.state == DraftState.OPEN else ""
    return whole(row.content, row.digest, OTHER_DRAFT, drop=drop)


def opened(row: FrozenReport | Draft, by: Reader) -> tuple[Document, list[int]]:
    """The document, and the releases under it that are withdrawn now. Raises NotWhole, also for one of these releases:
    figures that are not what was given out are shown in no report."""
    return document_of(row), withdrawn_since(row.stands_on, by)


def open_drafts() -> list[Draft]:
    """Those that wait for a second person, the oldest first."""
    return list(Draft.objects.filter(state=DraftState.OPEN).defer("content").order_by("made_at"))


def open_draft(kind: str, period: str) -> Draft | None:
    """The one of a period."""
    return Draft.objects.filter(state=DraftState.OPEN, kind=kind, period=period).first()


def written_before(kind: str, period: str) -> dict[str, str]:
    """What was written for the period last, dropped or approved, so that nobody has to write it again."""
    last = Draft.objects.filter(kind=kind, period=period).defer("content").order_by("-made_at", "-id").first()
    return dict(last.texts) if last else {}


def sent_of(row: FrozenReport) -> list[ReportSent]:
    """When it was sent, the newest last."""
    return list(ReportSent.objects.filter(report=row).order_by("at", "id"))


def sent_days() -> dict[str, ReportSent]:
    """The newest of each report, by the report's id."""
    return {str(one.report_id): one for one in ReportSent.objects.order_by("at", "id")}


def same_person(one: UUID, other: UUID) -> bool:
    """Are these accounts of one person, by name or by address? As the database asks before a draft is approved."""
    return _asked("releases_same_person(%s, %s)", one, other)


def looked(row: Draft) -> bool:
    """Has whoever is asking opened this draft, on an earlier page? As the database asks."""
    return _asked("bufdir_looked(%s)", row.id)


def _asked(call: str, *values: UUID) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {call}", list(values))
        return bool(cursor.fetchone()[0])


def kind_label(kind: str) -> str:
    """In Norwegian."""
    return str(Kind(kind).label)
