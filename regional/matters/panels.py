"""What this room puts on the start page: matters to read through, and what kommuner have written about others."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from regional.matters import queries
from varde.access import Permission, Reader


def on_start(request: HttpRequest, by: Reader) -> SafeString:
    """Two counts, each for those who do something with it; "" for neither."""
    if by.office.kind != "region" or not by.may(Permission.LEADERS_READ):
        return SafeString("")
    new = queries.new() if queries.may_take_in(by) else 0
    news = queries.with_news() if by.may(Permission.LEADERS_MANAGE) else 0
    if not (new or news):
        return SafeString("")
    return SafeString(render_to_string("matters/_start.html", {"new": new, "news": news}, request))
