"""On the start page of those who give out figures: what waits for them."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from regional.releases import pages_queries
from regional.releases.pages_next import next_step
from regional.releases.pages_queries import coming, new, under_way, unsettled
from regional.releases.views import task, why_broken
from varde.access import Permission, Reader
from varde.clock import now
from varde.ui.dates import day_of


def on_start(request: HttpRequest, by: Reader) -> SafeString:
    """The next step; "" for those who may not give out."""
    if by.office.kind != "region" or not by.may(Permission.STATISTICS_RELEASE):
        return SafeString("")
    try:
        told = pages_queries.told()
    except ValueError as error:
        return SafeString(render_to_string("releases/_start.html", {"broken": why_broken(error)}, request))
    tasks = [task(row, by) for row in under_way()]
    step = next_step(tasks, new(told), coming(told, by, day_of(now())), unsettled(told))
    return SafeString(render_to_string("releases/_start.html", {"next": step}, request))
