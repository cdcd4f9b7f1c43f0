"""What the start page has for whoever answers the phone."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from varde.access import Permission, Reader


def on_start(request: HttpRequest, by: Reader) -> SafeString:
    """The button that is pressed when it rings; "" for everybody else."""
    if by.office.kind != "region" or not by.may(Permission.HOTLINE):
        return SafeString("")
    return SafeString(render_to_string("hotline/_start.html", {}, request))
