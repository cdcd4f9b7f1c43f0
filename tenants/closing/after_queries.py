"""Asking about what comes after a closing."""

from collections.abc import Callable
from datetime import date

from django.db.models import QuerySet

from tenants.cases.models import Case
from tenants.closing.models import ClosingReport, FollowUp, Reopening, ReportCopy
from tenants.closing.transfer_models import Transfer
from tenants.measures.models import Measure
from tenants.measures.queries import of_case
from tenants.measures.states import OPEN
from tenants.triage.queries import done_steps
from varde.ui.dates import short_date
from varde.ui.gone import words


def reports(case: Case) -> list[ClosingReport]:
    """Every closing report of the case, the newest first."""
    found = list(ClosingReport.objects.filter(case=case).order_by("-closed_at", "-id"))
    for report in found:
        report.case = case
    return found


def copy_of(report: ClosingReport) -> ReportCopy | None:
    """The PDF that was made at the closing; an imported case has none."""
    found = ReportCopy.objects.filter(report=report).first()
    if found is not None:
        found.case = report.case
    return found


def reopenings(case: Case) -> list[Reopening]:
    """When and why the case was taken up again, the newest first."""
    found = list(Reopening.objects.filter(case=case).order_by("-at"))
    for row in found:
        row.case = case
    return found


def followups(case: Case) -> list[FollowUp]:
    """The days on which somebody asks again, the first first."""
    found = list(FollowUp.objects.filter(case=case).order_by("due_on", "made_at"))
    for row in found:
        row.case = case
    return found


def open_followup(case: Case) -> FollowUp | None:
    """The one that nobody has answered."""
    return next((row for row in followups(case) if row.answered_at is None), None)


def waiting() -> QuerySet[FollowUp]:
    """Follow-ups of closed cases that nobody has answered, the first due first."""
    rows = FollowUp.objects.filter(answered_at__isnull=True, case__state="closed")
    return rows.select_related("case").order_by("due_on", "id")


def to_remind(today: date) -> list[FollowUp]:
    """Those that are due and of which nobody has been told; locked for the task."""
    rows = waiting().filter(due_on__lte=today, reminded_at__isnull=True)
    return list(rows.select_for_update(of=("self",)))


_elsewhere: list[Callable[[Case], bool]] = []


def goes_on_elsewhere(function: Callable[[Case], bool]) -> None:
    """A later room says of a closed case that it goes on as another; called once per room in AppConfig.ready()."""
    if function not in _elsewhere:
        _elsewhere.append(function)


def moved_away(case: Case) -> bool:
    """Has another kommune taken the matter over?"""
    return Transfer.objects.filter(concern_id=case.concern_id).exists()


def went_on(case: Case) -> bool:
    """Does it go on as another case here?"""
    return any(function(case) for function in _elsewhere)


def done_so_far(case: Case) -> str:
    """A first draft of «hva ble gjort»: the measures and the steps that were done, the oldest first."""
    found = [f"Tiltak: {words(each, 'title')}. {_came_of(each)}" for each in of_case(case) if each.status not in OPEN]
    steps = sorted(done_steps(case.concern), key=lambda step: step.made_at)
    found += [f"Steg: {words(step, 'text')} ({short_date(step.done_at)})" for step in steps if step.done_at]
    return "\n".join(f"– {line}" for line in found)


def _came_of(measure: Measure) -> str:
    return f"{measure.get_status_display()}: {words(measure, 'effect')}"
