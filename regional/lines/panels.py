"""What this room puts on the start page of those who run the phone."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from regional.lines import queries
from regional.lines.board import board
from varde.access import Permission, Reader
from varde.clock import now


def on_start(request: HttpRequest, by: Reader) -> SafeString:
    """When nobody answers within seven days, and pages that show another number, for those who run the phone; ""
    otherwise."""
    if by.office.kind != "region" or not by.may(Permission.HOTLINE_MANAGE):
        return SafeString("")
    at, offices = now(), queries.members(by.office.id)
    known = board(at)
    silent, astray = queries.silent_of(known, offices, at), queries.astray(known, offices, at)
    boxes = [render_to_string("lines/_silent.html", {"silent": silent}, request)] if silent else []
    boxes += [render_to_string("lines/_astray.html", {"astray": astray}, request)] if astray else []
    return SafeString("".join(boxes))


def silent_now(by: Reader) -> int:
    """How many of the region's kommuner have callers who ring in vain at this moment."""
    at = now()
    known = board(at, days=1)
    return sum(known.answer(office.id, at).silent for office in queries.members(by.office.id))
