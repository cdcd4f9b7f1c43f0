"""Who is this, with which roles right now; and has the second factor been set where it is required?"""

import re
import secrets
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect

from varde.access.reader import Reader
from varde.access.ticket import presented
from varde.audit.actions import Action, record
from varde.identity.lending import name_of
from varde.identity.queries import FACTOR, has_second_factor, reader_of
from varde.ui.shortcuts import page

# Where a person without a second factor may go: to set it, and out.
_OPEN_WITHOUT = re.compile(r"/(?:inn|ut)(?:/.*)?|/konto/.*")


class ReaderMiddleware:
    """Sets `request.reader` from the database at every request, so that a removed role is gone at once."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        ref = getattr(request, "office", None)
        if ref is None:
            return self.get_response(request)
        user = request.user
        request_id = secrets.token_hex(8)
        if not user.is_authenticated:
            request.reader = Reader(office=ref, request_id=request_id)  # type: ignore[attr-defined]
            with presented(request.reader):  # type: ignore[attr-defined]
                return self.get_response(request)
        request.reader = reader_of(user, ref, request_id)  # type: ignore[attr-defined]
        if not request.reader.away and self._must_set_factor(request):  # type: ignore[attr-defined]
            return HttpResponseRedirect("/konto/totrinn")
        with presented(request.reader):  # type: ignore[attr-defined]
            return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Who is lent here no more meets one page, whatever was open. What anyone may open stays open."""
        by: Reader | None = getattr(request, "reader", None)
        door = getattr(view, "varde_door", None)
        if by is None or not by.away or (door is not None and door.anyone):
            return None
        record(by=by, action=Action.DENIED, what="door.lent")
        context = {"lender": name_of(by.for_office), "sent": request.method == "POST"}
        response = page(request, "identity/away.html", context, 403)
        if "HX-Request" in request.headers:  # a part of a page would not show it
            response["HX-Redirect"] = "/start"
        return response

    def _must_set_factor(self, request: HttpRequest) -> bool:
        if not settings.SECOND_FACTOR_REQUIRED or _OPEN_WITHOUT.fullmatch(request.path):
            return False
        if request.session.get(FACTOR):  # the provider vouched for a strong log-in
            return False
        return not has_second_factor(request.user)  # type: ignore[arg-type]
