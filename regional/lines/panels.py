"""What this room puts on the start page of those who run the phone."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from regional.lines import queries
from regional.lines.board import board
from varde.access import Permission, Reader
from varde.clock import now


def on_start(request: HttpRequest, by: Reader) -> SafeString:
    """When nobody answers within seven days, for those who run the phone; "" otherwise."""
    if by.office.kind != "region" or not by.may(Permission.HOTLINE_MANAGE):
        return SafeString("")
    silent = queries.silent_ahead(now(), by.office.id)
    return SafeString(render_to_string("lines/_silent.html", {"silent": silent}, request)) if silent else SafeString("")


def silent_now(by: Reader) -> int:
    """How many of the region's kommuner have callers who ring in vain at this moment."""
    at = now()
    known = board(at, days=1)
    return sum(known.answer(office.id, at).silent for office in queries.members(by.office.id))
