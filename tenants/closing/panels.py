"""The closing on the case page and in its timeline."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from tenants.cases.models import Case
from tenants.cases.panels import Event
from tenants.closing import queries
from tenants.closing.models import ClosingReport
from varde.access import Reader
from varde.ui.gone import words


def on_case(case: Case, reader: Reader, request: HttpRequest) -> SafeString:
    """The way to the closing; afterwards the report. A case that another kommune took over has none."""
    if case.state == "closed" and queries.report_of(case) is None:
        return SafeString("")
    context = {"case": case, "report": queries.report_of(case), "outcomes": queries.outcomes_of(case)}
    return SafeString(render_to_string("closing/_panel.html", context, request))


def events(case: Case) -> Iterator[Event]:
    """When the case was closed."""
    for report in ClosingReport.objects.filter(case=case):
        yield Event(report.closed_at, "Sak lukket", report.closed_by_name, words(report, "done"))
