"""Every address says who may come in. One that says nothing does not open (see the test of addresses)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import wraps
from typing import Any, Concatenate, cast
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import URLPattern, URLResolver, get_resolver

from varde.access.permissions import Permission
from varde.access.reader import Purpose, Reader, reader
from varde.access.ticket import PUBLIC_PURPOSES, presented

View = Callable[Concatenate[HttpRequest, ...], HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Door:
    """What an address declared: open to anyone, or the permissions of which one is enough."""

    anyone: bool
    permissions: tuple[Permission, ...] = ()


# The log stands above this room (it asks who reads), so it says itself that it wants to know.
on_refused: list[Callable[[Reader, Permission], None]] = []


def anyone[**P](
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Open without log-in."""
    view.varde_door = Door(anyone=True)  # type: ignore[attr-defined]
    return view


def page_of(request: HttpRequest) -> str:
    """The page that htmx asked from, as a path; else the start page."""
    try:
        path = urlsplit(request.headers.get("HX-Current-URL", "")).path
    except ValueError:
        return "/start"
    return path if path.startswith("/") else "/start"


def _log_in_first(request: HttpRequest) -> HttpResponse:
    """To the log-in and back. Its page is no part of a page: htmx leads the whole page there, and what it would save
    is refused, so that the page says so and keeps it."""
    by_htmx = "HX-Request" in request.headers
    if by_htmx and request.method not in ("GET", "HEAD"):
        return HttpResponse(status=401, headers={"Cache-Control": "no-store"})
    back = page_of(request) if by_htmx else request.get_full_path()
    url = f"{settings.LOGIN_URL}?{urlencode({'next': back})}"
    if by_htmx:
        return HttpResponse(headers={"HX-Redirect": url, "Cache-Control": "no-store"})
    return HttpResponseRedirect(url)


def allow[**P](
    *permissions: Permission,
) -> Callable[
    [Callable[Concatenate[HttpRequest, P], HttpResponse]],
    Callable[Concatenate[HttpRequest, P], HttpResponseBase],
]:
    """Open to a logged-in person with one of the permissions; others get 403 for the whole room."""

    def decorate(
        view: Callable[Concatenate[HttpRequest, P], HttpResponse],
    ) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
        @wraps(view)
        def inner(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return _log_in_first(request)
            if not any(reader(request).may(permission) for permission in permissions):
                for told in on_refused:
                    told(reader(request), permissions[0])
                raise PermissionDenied
            return view(request, *args, **kwargs)

        inner.varde_door = Door(anyone=False, permissions=permissions)  # type: ignore[attr-defined]
        return cast(Callable[Concatenate[HttpRequest, P], HttpResponseBase], inner)

    return decorate


def as_purpose[**P](
    purpose: Purpose,
) -> Callable[
    [Callable[Concatenate[HttpRequest, P], HttpResponse]], Callable[Concatenate[HttpRequest, P], HttpResponse]
]:
    """A public page does its work as a purpose, whoever is logged in beside it; see `ticket.PUBLIC_PURPOSES`.

    Put it under `@anyone`. The reader of the request is the purpose's from then on.
    """
    if purpose not in PUBLIC_PURPOSES:
        raise ValueError(f"«{purpose}» nås ikke fra en side.")

    def decorate(
        view: Callable[Concatenate[HttpRequest, P], HttpResponse],
    ) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
        @wraps(view)
        def inner(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            asked = reader(request)
            by = replace(Reader.for_purpose(purpose, asked.office), request_id=asked.request_id)
            request.reader = by  # type: ignore[attr-defined]
            with presented(by, lasting=True):
                return view(request, *args, **kwargs)

        return cast(Callable[Concatenate[HttpRequest, P], HttpResponse], inner)

    return decorate


def gather(urlconf: str) -> Iterator[tuple[str, Any, Door | None]]:
    """Every address of an office type: (path pattern, view, what it declared)."""
    yield from _walk(get_resolver(urlconf).url_patterns, "/")


def _walk(patterns: list[Any], prefix: str) -> Iterator[tuple[str, Any, Door | None]]:
    for entry in patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _walk(entry.url_patterns, path)
        elif isinstance(entry, URLPattern):
            yield path, entry.callback, getattr(entry.callback, "varde_door", None)
