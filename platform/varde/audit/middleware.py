"""The net under the getters: a page that was shown to somebody and left no row itself, leaves one here (M4)."""

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from varde.audit.actions import Action, record
from varde.audit.trail import current

_READS = ("GET", "HEAD")
_VARYING = re.compile(r"<[^>]*>")


class NoPageWithoutRow:
    """Innermost, so that it knows the reader and what the view noted."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        by = getattr(request, "reader", None)
        shown = request.method in _READS and response.status_code == 200
        if shown and by is not None and by.user_id and not current().kept:
            record(by=by, action=Action.VIEW, what=f"page./{_route(request)}"[:60])
        return response


def _route(request: HttpRequest) -> str:
    match = request.resolver_match
    return _VARYING.sub("…", match.route) if match else ""
