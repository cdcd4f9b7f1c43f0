"""The closing on the case page and in its timeline."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from tenants.cases.access import may_choose_members
from tenants.cases.models import Case
from tenants.cases.panels import Event, brief
from tenants.closing import after_queries, queries
from tenants.closing.endings import MORE, SAFE
from tenants.closing.models import ClosingReport, FollowUp
from tenants.inbox.models import Concern
from varde.access import Reader
from varde.ui.gone import words


def on_case(case: Case, reader: Reader, request: HttpRequest) -> SafeString:
    """The way to the closing; afterwards the report. A case that another kommune took over has none."""
    report = queries.report_of(case)
    if case.state == "closed" and report is None:
        return SafeString("")
    context = {
        "case": case,
        "report": report,
        "outcomes": queries.outcomes_of(case),
        "reopenings": after_queries.reopenings(case),
        "followups": [told_of(row) for row in after_queries.followups(case)],
        "reopens": _reopens(case, reader),
    }
    html = SafeString(render_to_string("closing/_panel.html", context, request))
    return brief(html) if case.state == "open" else html


def _reopens(case: Case, reader: Reader) -> bool:
    return (
        may_choose_members(reader)
        and case.state == "closed"
        and not (after_queries.moved_away(case) or after_queries.went_on(case))
    )


def reopening(concern: Concern, reader: Reader) -> str:
    """For the rooms before: where this reader takes the case of a concern up again, or ""."""
    case = Case.objects.filter(concern=concern).first()
    return f"/saker/{case.pk}/gjenapne" if case is not None and _reopens(case, reader) else ""


def told_of(row: FollowUp) -> dict[str, Any]:
    """A follow-up with its answers in words."""
    safe, more = words(row, "safe_now"), words(row, "needs_more")
    return {"row": row, "safe": dict(SAFE).get(safe, ""), "more": dict(MORE).get(more, ""), "text": words(row, "text")}


def events(case: Case) -> Iterator[Event]:
    """When the case was closed, asked about again, and reopened."""
    for report in ClosingReport.objects.filter(case=case):
        yield Event(report.closed_at, "Sak lukket", report.closed_by_name, words(report, "done"))
    for row in after_queries.reopenings(case):
        yield Event(row.at, "Sak gjenåpnet", row.by_name, words(row, "reason"))
    for told in map(told_of, after_queries.followups(case)):
        asked = told["row"]
        if asked.answered_at is not None:
            title = f"Spurt igjen. Trygt nå: {told['safe'].lower()}" if told["safe"] else "Oppfølging avsluttet"
            yield Event(asked.answered_at, title, asked.answered_by_name, told["text"])
