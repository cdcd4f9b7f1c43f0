"""Risk on the case page and in its timeline."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from tenants.cases.models import Case
from tenants.cases.panels import Event
from tenants.risk import offers, queries
from tenants.risk.states import UNCERTIFIED
from varde.access import Permission, Reader
from varde.audit.actions import Action, record
from varde.clock import now


def on_case(case: Case, reader: Reader, request: HttpRequest) -> SafeString:
    """The level, when, by whom, when again; and the way to write."""
    signed = queries.signed(case)
    newest = queries.shown(signed[0]) if signed else None
    draft = queries.draft_of(case)
    if newest is None and draft is None and case.state != "open":
        return SafeString("")
    context = {"case": case, "newest": newest, "draft": draft, "count": len(signed), "uncertified": UNCERTIFIED}
    return SafeString(render_to_string("risk/_panel.html", context, request))


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
