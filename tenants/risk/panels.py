"""Risk on the case page and in its timeline."""

from collections.abc import Iterator
from datetime import date

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from tenants.cases.models import Case
from tenants.cases.panels import Event, brief
from tenants.risk import offers, queries
from tenants.risk.states import UNCERTIFIED
from varde.access import Permission, Reader
from varde.audit.actions import Action, record
from varde.clock import now
from varde.ui.dates import deadline


def on_case(case: Case, reader: Reader, request: HttpRequest) -> SafeString:
    """The level, when, by whom, when again; and the way to write."""
    signed = queries.signed(case)
    newest = queries.shown(signed[0]) if signed else None
    draft = queries.draft_of(case)
    if newest is None and draft is None and case.state != "open":
        return SafeString("")
    context = {"case": case, "newest": newest, "draft": draft, "count": len(signed), "uncertified": UNCERTIFIED}
    html = SafeString(render_to_string("risk/_panel.html", context, request))
    waits, colour = _waits(newest.row.next_on if newest else None, newest.level if newest else "", case)
    return brief(html, waits=waits, colour=colour)


def _waits(next_on: date | None, level: str, case: Case) -> tuple[str, str]:
    """The level and when it is assessed anew, as a tag."""
    if not level and next_on is None:
        return "Ikke vurdert", "info"
    when = deadline(next_on, now()) if next_on and case.state == "open" else None
    return ", ".join(filter(None, [level, when.text.lower() if when else ""])), when.color if when else "neutral"


def on_start(request: HttpRequest, reader: Reader) -> SafeString:
    """That a template from the region waits, for those who choose templates."""
    if not reader.may(Permission.SETTINGS):
        return SafeString("")
    fresh = [row for row in queries.offers() if offers.is_fresh(row, now())]
    waits = offers.waiting(fresh, queries.loaded()) if fresh else []
    if not waits:
        return SafeString("")
    record(by=reader, action=Action.LIST, what="risk.offer", ids=[row.id for row in waits])
    return SafeString(render_to_string("risk/_offer_waits.html", {"offers": waits}, request))


def events(case: Case) -> Iterator[Event]:
    """When assessments were signed."""
    for row in queries.signed(case):
        if row.signed_at is not None:
            shown = queries.shown(row)
            title = f"Risiko vurdert: {shown.level}" if shown.level else "Risiko vurdert"
            yield Event(row.signed_at, title, row.signed_by_name, "" if row.certified else f"{UNCERTIFIED}.")
