"""On the start page of those who approve reports: what waits for them, and what they wait for somebody with."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from regional.bufdir import queries
from varde.access import Permission, Reader


def on_start(request: HttpRequest, by: Reader) -> SafeString:
    """Drafts, each for whoever may do something with it; "" without any."""
    if by.office.kind != "region" or not by.may(Permission.STATISTICS_RELEASE):
        return SafeString("")
    drafts = queries.open_drafts()
    if not drafts:
        return SafeString("")
    context = {
        "waiting": [row for row in drafts if row.made_by != by.user_id],
        "own": [row for row in drafts if row.made_by == by.user_id],
    }
    return SafeString(render_to_string("bufdir/_start.html", context, request))
