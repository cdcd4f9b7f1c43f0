"""Who sees what of a report. That it is finished, when and by whom, is for all who may see the returns; what it says is
the owner's (decision 1)."""

from dataclasses import dataclass, replace
from uuid import UUID

from django.http import Http404

from shared.codes.periods import label as period_label
from shared.codes.periods import parse
from shared.reporting.compared import Difference, differences
from shared.reporting.document import Document
from tenants.reporting import queries
from tenants.reporting.making import SHARE, of_any_period
from tenants.reporting.models import Draft, Report, ReportCopy
from varde.access import Permission, Reader, require
from varde.audit.actions import Action, record
from varde.refusal import Refused

REPORT, DRAFT = "reporting.report", "reporting.draft"
ONLY_OWNER = "Bare den som er rapportansvarlig, kan lage rapporten."


@dataclass(frozen=True, slots=True)
class Compared:
    """The finished report that this one follows or corrects, as far as the reader may see it, and how this differs."""

    before: Report
    label: str
    differences: list[Difference]


@dataclass(frozen=True, slots=True)
class Shown:
    """A finished report as it says, and beside the one before it. `former`: the kommune whose it was, where that has
    become part of this one; `marked`: the document with that said in it."""

    report: Report
    document: Document
    compared: Compared | None
    former: str = ""
    office: str = ""

    @property
    def marked(self) -> Document:
        """For pages and for every file but the frozen bytes themselves (JSON)."""
        return marked(self.document, self.former, self.office)


def marked(document: Document, former: str, office: str) -> Document:
    """Said first in what is shown, where the kommune has become part of this one."""
    if not former:
        return document
    said = ("Fra før sammenslåingen", f"Rapporten ble ferdigstilt av {former}, som nå er en del av {office}.")
    return replace(document, meta=(said, *document.meta))


def names(by: Reader) -> bool:
    """May this reader name the owner?"""
    return by.may(Permission.SETTINGS) or by.may(Permission.OFFICE_END)


def is_owner(by: Reader) -> bool:
    """Is this reader the named one?"""
    return by.may(Permission.RETURNS_SEND) and queries.is_named(by.user_id)


def require_owner(by: Reader) -> None:
    """For actions: raise Refused for anybody but the named one."""
    require(by, Permission.RETURNS_SEND)
    if by.user_id is None or not queries.is_named(by.user_id):
        raise Refused(ONLY_OWNER)


def listed(by: Reader) -> list[Report]:
    """Every finished report; the list is logged."""
    record(by=by, action=Action.LIST, what=REPORT)
    return queries.reports()


def opened(by: Reader) -> set[UUID]:
    """The finished reports whose content this reader may see."""
    return set(ReportCopy.objects.values_list("report_id", flat=True)) if is_owner(by) else set()


def report_for(by: Reader, report_id: UUID, *, action: Action = Action.VIEW) -> Shown:
    """What a report says. Http404 (logged too) for who may not see that, and for none."""
    report = Report.objects.filter(pk=report_id).first()
    kept = queries.copy_of(report) if report and is_owner(by) else None
    if report is None or kept is None:
        record(by=by, action=Action.DENIED, what=REPORT, ids=[report_id])
        raise Http404
    record(by=by, action=action, what=REPORT, ids=[report.id])
    made = queries.document_of(report, kept)
    former = queries.formers().get(report.former, "") if report.former else ""
    beside = None if former else _beside(queries.before(report.period, report.number), report.period, made)
    return Shown(report, made, beside, former, by.office.name)


def compared(draft: Draft) -> Compared | None:
    """A draft beside the finished report that it follows or corrects."""
    return _beside(queries.before(draft.period), draft.period, queries.drafted(draft))


def _beside(before: Report | None, period: str, made: Document) -> Compared | None:
    older = queries.copy_of(before) if before else None
    if before is None or older is None:
        return None
    then = queries.document_of(before, older)
    same = before.period == period
    found = differences(then, made) if same else differences(of_any_period(then), of_any_period(made))
    label = period_label(parse(before.period))
    counts = [one for one in found if not one.column.startswith(SHARE)]  # a share follows from the counts
    return Compared(before, label, counts)


def draft_for(by: Reader, period: str) -> Draft:
    """The newest draft of this reader for a period; Http404 (logged too) without one, and for who is not the owner."""
    found = queries.draft_of(by.user_id, period) if is_owner(by) else None
    if found is None:
        record(by=by, action=Action.DENIED, what=DRAFT)
        raise Http404
    record(by=by, action=Action.VIEW, what=DRAFT, ids=[found.id])
    return found
