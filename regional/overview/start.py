"""On the start page of the leader team: what asks for attention, and the way to the rest."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from regional.overview import panels, phone_panel, plan_panel
from varde.access import Permission, Reader
from varde.clock import now

# Small ones, and not what another room has there itself; the figures and the post are a link away.
_HERE = (plan_panel.CODE, phone_panel.CODE)


def on_start(request: HttpRequest, by: Reader) -> SafeString:
    """Numbers that warn, each with where it is from; "" for those who do not see the leader team."""
    if by.office.kind != "region" or not by.may(Permission.LEADERS_READ):
        return SafeString("")
    at = now()
    found = panels.shown(by, at, only=_HERE)
    warns = [(panel, [one for one in panel.figures if one.warn]) for panel in found]
    context = {"warns": [(panel, figures) for panel, figures in warns if figures], "at": at}
    return SafeString(render_to_string("overview/_start.html", context, request))
