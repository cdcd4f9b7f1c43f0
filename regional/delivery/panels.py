"""What came back, on the start page, above the console and on the host's page; what is overdue on the last."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from regional.delivery import queries
from varde.access import Permission, Reader
from varde.clock import now


def on_start(request: HttpRequest, by: Reader) -> SafeString:
    """A line for those at the phone when something came back and waits; "" else."""
    at_phone = by.may(Permission.HOTLINE) or by.may(Permission.HOTLINE_MANAGE)
    if by.office.kind != "region" or not at_phone:
        return SafeString("")
    count = queries.count_waiting()
    return SafeString(render_to_string("delivery/_start.html", {"waiting": count}, request) if count else "")


def above_console(request: HttpRequest, by: Reader) -> SafeString:
    """Each that waits, by its reference, with the way to a new kommune."""
    waits = [line for line in queries.lines(by) if line.waiting]
    if not waits:
        return SafeString("")
    return SafeString(render_to_string("delivery/_box.html", {"waiting": waits, "may_send": True}, request))


def on_host(request: HttpRequest, by: Reader) -> SafeString:
    """What came back, what is overdue, and the ways to look closer."""
    at = now()
    context = {
        "waiting": queries.count_waiting(),
        "overdue": queries.overdue(at).count(),
        "stuck": queries.stuck(at).count(),
    }
    return SafeString(render_to_string("delivery/_host.html", context, request))


def waiting(by: Reader) -> int:
    """For the note at a change of shift."""
    return queries.count_waiting()
