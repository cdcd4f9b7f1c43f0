"""What the start page has for whoever answers the phone; and what later rooms lay above the console."""

from collections.abc import Callable

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from regional.phone.handover_panels import unread
from varde.access import Permission, Reader

Panel = Callable[[HttpRequest, Reader], SafeString]
_above: list[Panel] = []


def lay_above(panel: Panel) -> None:
    """A later room's news at the top of the console, "" for none. Called once per room in AppConfig.ready()."""
    if panel not in _above:
        _above.append(panel)


def above_console(request: HttpRequest, by: Reader) -> list[SafeString]:
    """What is to be seen before anything else: notes of the shift before, and what came back."""
    found = [unread(request, by), *(panel(request, by) for panel in _above)]
    return [each for each in found if each]


def on_start(request: HttpRequest, by: Reader) -> SafeString:
    """The button that is pressed when it rings; "" for everybody else."""
    if by.office.kind != "region" or not by.may(Permission.HOTLINE):
        return SafeString("")
    return SafeString(render_to_string("hotline/_start.html", {}, request))
