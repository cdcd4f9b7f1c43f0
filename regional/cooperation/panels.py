"""What this room puts on the start page of those who manage the agreement: what kommuner have answered."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from regional.cooperation import steps_queries
from regional.cooperation.agreement_queries import agreement
from varde.access import Permission, Reader


def on_start(request: HttpRequest, by: Reader) -> SafeString:
    """Each kommune whose word waits for the region; "" for none."""
    if by.office.kind != "region" or not by.may(Permission.COOPERATION_MANAGE):
        return SafeString("")
    row = agreement(by)
    waits = [line for line in steps_queries.under_way(row) if line.waits] if row else []
    return SafeString(render_to_string("cooperation/_start.html", {"waits": waits}, request) if waits else "")
