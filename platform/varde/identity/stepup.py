"""Confirm again that it is you, before what cannot be taken back: export, break-glass, keys, roles.

    @allow(Permission.PEOPLE_MANAGE)
    @fresh                      # or @fresh(minutes=1)
    def roles(request): ...

A form that is sent too late is kept sealed, and shown again with its button when the person has confirmed.
"""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any, cast, overload
from urllib.parse import urlencode

from allauth.account.internal.flows.login import get_authentication_records
from allauth.core.exceptions import ImmediateHttpResponse
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from varde.access.reader import reader
from varde.identity import drafts
from varde.identity.models import User

CONFIRM = "/konto/bekreft"
MINUTES = 5
View = Callable[..., HttpResponse]


def is_fresh(request: HttpRequest, minutes: float = MINUTES) -> bool:
    """Has the person proved who they are, in this session, within so many minutes?"""
    records = get_authentication_records(request, cast(User, request.user))
    return any(time.time() - float(row["at"]) < minutes * 60 for row in records)


def require_fresh(request: HttpRequest, minutes: float = MINUTES) -> None:
    """Nothing when it is so; else the request ends here with the way to the page that asks (raises)."""
    if not is_fresh(request, minutes):
        raise ImmediateHttpResponse(ask(request))


def ask(request: HttpRequest) -> HttpResponse:
    """To the confirmation, and from there back; what a form sent waits as a draft."""
    where = request.get_full_path()
    if request.method == "POST":
        user = cast(User, request.user)
        kept = drafts.keep_sent(request, user, where, reader(request))
        where = f"/konto/fortsett/{kept.id}" if kept else "/start"
    return lead(request, f"{CONFIRM}?{urlencode({'next': where})}")


def lead(request: HttpRequest, url: str) -> HttpResponse:
    """The whole page goes there, also when htmx asked for a part of one."""
    if "HX-Request" in request.headers:
        return HttpResponse(headers={"HX-Redirect": url, "Cache-Control": "no-store"})
    return HttpResponseRedirect(url)


@overload
def fresh(view: View) -> View: ...
@overload
def fresh(*, minutes: float = MINUTES) -> Callable[[View], View]: ...
def fresh(view: View | None = None, *, minutes: float = MINUTES) -> Any:
    """Put it under `@allow`: only somebody who has just proved who they are comes further."""
    if view is None:
        return lambda found: fresh_view(found, minutes)
    return fresh_view(view, minutes)


def fresh_view(view: View, minutes: float) -> View:
    """The view behind the question."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not is_fresh(request, minutes):
            return ask(request)
        return view(request, *args, **kwargs)

    inner.varde_fresh = minutes  # type: ignore[attr-defined]
    return inner
