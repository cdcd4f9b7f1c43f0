"""What stands at the top of the console until it is read."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from regional.phone import handover_access, handover_queries
from varde.access import Permission, Reader
from varde.clock import now


def unread(request: HttpRequest, by: Reader) -> SafeString:
    """Notes to the shift that the reader has not read, and a reminder to write one at its end; "" for neither."""
    if by.office.kind != "region" or not by.may(Permission.HOTLINE):
        return SafeString("")
    rows, leaving = handover_access.unread(by), handover_queries.leaves_soon(by, now())
    if not (rows or leaving):
        return SafeString("")
    return SafeString(render_to_string("phone/_handover.html", {"notes": rows, "leaving": leaving}, request))
