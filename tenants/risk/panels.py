"""Risk on the case page and in its timeline."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from tenants.cases.models import Case
from tenants.cases.panels import Event
from tenants.risk import queries
from tenants.risk.states import UNCERTIFIED
from varde.access import Reader


def on_case(case: Case, reader: Reader, request: HttpRequest) -> SafeString:
    """The level, when, by whom, when again; and the way to write."""
    signed = queries.signed(case)
    newest = queries.shown(signed[0]) if signed else None
    draft = queries.draft_of(case)
    if newest is None and draft is None and case.state != "open":
        return SafeString("")
    context = {"case": case, "newest": newest, "draft": draft, "count": len(signed), "uncertified": UNCERTIFIED}
    return SafeString(render_to_string("risk/_panel.html", context, request))


def events(case: Case) -> Iterator[Event]:
    """When assessments were signed."""
    for row in queries.signed(case):
        if row.signed_at is not None:
            shown = queries.shown(row)
            title = f"Risiko vurdert: {shown.level}" if shown.level else "Risiko vurdert"
            yield Event(row.signed_at, title, row.signed_by_name, "" if row.certified else f"{UNCERTIFIED}.")
