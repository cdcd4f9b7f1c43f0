"""What this room puts on the start page of the leader team: the next meeting, and decisions over their day."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from regional.meetings import access, queries
from varde.access import Permission, Reader
from varde.clock import now
from varde.ui.dates import day_of


def on_start(request: HttpRequest, by: Reader) -> SafeString:
    """ "" for those who do not read about the leader team, and where there is nothing."""
    if by.office.kind != "region" or not by.may(Permission.LEADERS_READ):
        return SafeString("")
    first = queries.coming().first()
    today = day_of(now())
    late = queries.undone().filter(due__lt=today).count()
    if first is None and not late:
        return SafeString("")
    context = {"meeting": first, "late": late, "manages": access.may_manage(by)}
    return SafeString(render_to_string("meetings/_start.html", context, request))
