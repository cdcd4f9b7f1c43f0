"""A session ends after 30 minutes without use, after eight hours, and when the account is closed.

What a form brings after that is not lost: the old session still says whose it is, and keeps it as a sealed draft.
"""

import time
from collections.abc import Callable
from typing import Any, cast
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from varde.access.doors import page_of
from varde.audit.actions import Action, record
from varde.identity import draft_views, drafts
from varde.identity.models import User
from varde.identity.queries import reader_of
from varde.identity.sitting import Ended, ended
from varde.identity.stepup import lead
from varde.tenancy.door import need_office

BORN, SEEN, TOLD = "sitting_born", "sitting_seen", "sitting_over"
_EXACT = 60  # the session is not written at every click
_SAYS: dict[Ended, str] = {"idle": "ikke brukt på en stund", "long": "varte for lenge", "closed": "stengt"}
_DRAFT = "/konto/utkast"
# A page that looks for news by itself says so in its address: nobody sits there for that reason.
BY_ITSELF = "av-seg-selv"

# What a form that was only put off is answered with: the question who it is, or another page with the way back to it.
_LATER = ("/konto/bekreft", "next=%2Fkonto%2Ffortsett%2F")


class IdleMiddleware:
    """Stands between log-in and reader, so that nothing is shown to a session that is over."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if getattr(request, "office", None) is None:
            return self.get_response(request)
        if request.user.is_authenticated:
            self._look(request, request.user)
        elif SESSION_KEY in request.session:  # the account is closed or gone
            request.session.flush()
        response = self.get_response(request)
        # The doors for machines leave None here.
        if request.user is not None and request.user.is_authenticated:
            self._after(request, response)
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """After the check of where the form came from: what it brought is kept for the one whose session it was."""
        user: User | None = getattr(request, "left_behind", None)
        door = getattr(view, "varde_door", None)
        if user is None or door is None or door.anyone:
            return None
        if request.method != "POST":
            return self._lead_htmx(request)
        by = reader_of(user, need_office())
        if request.path == _DRAFT:
            return draft_views.saved(request, user, by, out=True)
        where = "/start"
        if not request.path.startswith("/konto"):
            kept = drafts.keep_sent(request, user, request.get_full_path(), by)
            where = f"/konto/fortsett/{kept.id}" if kept else page_of(request)
        return lead(request, f"{settings.LOGIN_URL}?{urlencode({'next': where})}")

    def _lead_htmx(self, request: HttpRequest) -> HttpResponse | None:
        """A log-in page is no part of a page."""
        if "HX-Request" not in request.headers:
            return None
        return lead(request, f"{settings.LOGIN_URL}?{urlencode({'next': page_of(request)})}")

    def _look(self, request: HttpRequest, user: User) -> None:
        at = time.time()
        born, seen = request.session.get(BORN, at), request.session.get(SEEN, at)
        why = ended(
            born=born,
            seen=seen,
            closed_before=user.sessions_from.timestamp() if user.sessions_from else 0,
            now=at,
            idle=settings.IDLE_MINUTES * 60,
            longest=settings.SESSION_COOKIE_AGE,
        )
        if why is not None:
            self._end(request, user, why)
        elif BORN not in request.session or (at - seen >= _EXACT and BY_ITSELF not in request.GET):
            request.session[BORN], request.session[SEEN] = born, at

    def _end(self, request: HttpRequest, user: User, why: Ended) -> None:
        by = reader_of(user, need_office())
        record(by=by, action=Action.CHANGE, what="identity.session", ids=[user.id], reason=_SAYS[why])
        logout(request)
        if why != "closed":
            request.left_behind = user  # type: ignore[attr-defined]
            request.session[TOLD] = True
            request.session.set_expiry(3600)

    def _after(self, request: HttpRequest, response: HttpResponseBase) -> None:
        if BORN not in request.session:  # just logged in
            request.session[BORN] = request.session[SEEN] = time.time()
            request.session.pop(TOLD, None)
            request.session.set_expiry(None)
        if request.method == "POST" and response.status_code < 400 and not request.path.startswith("/konto"):
            self._sent(request, response)

    def _sent(self, request: HttpRequest, response: HttpResponseBase) -> None:
        """What was sent needs no draft; a form that was only put off still does."""
        where = response.get("Location", "") + response.get("HX-Redirect", "")
        if not any(later in where for later in _LATER):
            user, forms = cast(User, request.user), list(request.POST)
            drafts.done(user, request.get_full_path(), forms=forms, windows=drafts.windows_of(request))
