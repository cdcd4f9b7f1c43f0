"""Who may read a closing report: those who see its case."""

from uuid import UUID

from django.http import Http404

from tenants.cases.access import case_for
from tenants.cases.models import Case
from tenants.closing.models import ClosingReport
from tenants.closing.queries import report_of
from varde.access import Reader
from varde.audit.actions import Action, record


def report_for(reader: Reader, case_id: UUID) -> tuple[Case, ClosingReport]:
    """The report of a case for printing, logged as such; Http404 when the case is hidden or has none."""
    case = case_for(reader, case_id)
    report = report_of(case)
    if report is None:
        raise Http404
    record(by=reader, action=Action.PRINT, what="closing.report", ids=[report.id])
    return case, report
