"""Transfers on the pages of a concern and of a case: what came with it, where it went, and the way to send it."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from tenants.cases.models import Case
from tenants.cases.panels import Event
from tenants.closing import transfer_queries as queries
from tenants.inbox.models import Concern
from tenants.inbox.panels import Panel
from tenants.inbox.states import OVER
from varde.access import Permission, Reader


def arrived_on_concern(concern: Concern, reader: Reader) -> Panel | None:
    """What the other kommune sent along."""
    found = queries.arrived(concern)
    return Panel("closing/transfer_arrived.html", {"arrived": found}) if found else None


def dangers_on_concern(concern: Concern, reader: Reader) -> Panel | None:
    """Warnings that came along and that nobody has laid in here yet: before everything else."""
    found = queries.arrived(concern)
    return Panel("closing/_came_dangers.html", {"arrived": found}, top=True) if found and found.dangers else None


def dangers_on_case(case: Case, reader: Reader, request: HttpRequest) -> SafeString:
    """The same on the page of the case."""
    found = queries.arrived(case.concern)
    if found is None or not found.dangers:
        return SafeString("")
    return SafeString(render_to_string("closing/_came_dangers.html", {"panel": {"arrived": found}}, request))


def sent_on_concern(concern: Concern, reader: Reader) -> Panel | None:
    """Where it went; or the way to send it, for a matter that lives in the inbox."""
    if not reader.may(Permission.TRIAGE):
        return None
    found = queries.sent(concern)
    if found is None and (concern.progress in OVER or queries.case_of(concern) is not None):
        return None
    return Panel("closing/transfer_sent.html", {"sent": found, "url": f"/innboks/{concern.id}/overfor"})


def arrived_on_case(case: Case, reader: Reader, request: HttpRequest) -> SafeString:
    """The same on the page of the case."""
    found = queries.arrived(case.concern)
    if found is None:
        return SafeString("")
    context = {"panel": {"arrived": found, "bare": True}, "concern": case.concern}
    return SafeString(render_to_string("closing/transfer_arrived.html", context, request))


def sent_on_case(case: Case, reader: Reader, request: HttpRequest) -> SafeString:
    """Where the case went: nothing else on its page matters more."""
    found = queries.sent(case.concern)
    if found is None:
        return SafeString("")
    return SafeString(render_to_string("closing/transfer_sent.html", {"panel": {"sent": found, "bare": True}}, request))


def way_on_case(case: Case, reader: Reader, request: HttpRequest) -> SafeString:
    """The way to send it."""
    if case.state != "open" or not reader.may(Permission.TRIAGE) or queries.sent(case.concern) is not None:
        return SafeString("")
    context = {"panel": {"url": f"/saker/{case.id}/overfor", "bare": True}}
    return SafeString(render_to_string("closing/transfer_sent.html", context, request))


def events(case: Case) -> Iterator[Event]:
    """When it came from another kommune, and when it went to one."""
    came, went = queries.arrived(case.concern), queries.sent(case.concern)
    if came is not None:
        yield Event(came.arrival.arrived_at, f"Kom fra {came.sender}", text=came.arrival.summary)
    if went is not None:
        yield Event(went.transfer.at, f"Overført til {went.to}", went.transfer.by_name, went.transfer.summary)
