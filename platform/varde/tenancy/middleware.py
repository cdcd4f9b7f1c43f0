"""The way of a request: find the office, enter it, hold one transaction around everything that follows."""

import re
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.db import InterfaceError, OperationalError, connection, transaction
from django.http import HttpRequest, HttpResponseBase

from varde.tenancy import closed, pages
from varde.tenancy.directory import office_for_host
from varde.tenancy.door import office

GetResponse = Callable[[HttpRequest], HttpResponseBase]

_SAFE = ("GET", "HEAD", "OPTIONS")
# What a GET may write: its own trace and its session (decision 5).
_READS = re.compile(r"\s*(SELECT|SAVEPOINT|RELEASE|ROLLBACK|SET\s)", re.IGNORECASE)
_TRACES = re.compile(r'\s*(INSERT INTO|UPDATE|DELETE FROM)\s+"?(audit_entry|django_session)"?', re.IGNORECASE)


class ReadOnlyRequest(RuntimeError):
    """A page that should only read tried to write."""


def slug_of(host: str) -> str | None:
    """ "gjovik.localhost:8000" -> "gjovik"; "" for the public host; None for a host that is not ours."""
    name = host.rsplit(":", 1)[0].lower().rstrip(".")
    if name == settings.PUBLIC_HOST:
        return ""
    slug, dot, rest = name.partition(".")
    return slug if dot and rest == settings.PUBLIC_HOST else None


class OfficeMiddleware:
    """Routes by subdomain. An unknown host gets 404; a database that is away gets a page that says so."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        try:
            slug = slug_of(request.get_host())
        except DisallowedHost:
            slug = None
        if slug is None:
            return pages.unknown_host(request)
        try:
            return self._lead(request, slug)
        except (OperationalError, InterfaceError):
            return pages.out_of_order(request)

    def _lead(self, request: HttpRequest, slug: str) -> HttpResponseBase:
        request.office = None  # type: ignore[attr-defined]
        if not slug:
            return self.get_response(request)
        ref = office_for_host(slug)
        if ref is None:
            return closed.answer(request, slug) or pages.unknown_host(request)
        request.office = ref  # type: ignore[attr-defined]
        request.urlconf = settings.TENANT_TYPES[ref.kind]["URLCONF"]
        with office(ref):
            return self.get_response(request)


class OneTransactionMiddleware:
    """Session, reader, view, rendering and log commit together or not at all (M3, M4)."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if getattr(request, "office", None) is None:
            return self.get_response(request)
        from varde.access import ticket
        from varde.audit.trail import trail

        with transaction.atomic(), trail() as rows:
            ticket.begin()
            response = self._read(request) if request.method in _SAFE else self._write(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
            else:
                rows.flush()
        return response

    def _read(self, request: HttpRequest) -> HttpResponseBase:
        with connection.execute_wrapper(only_reading):
            return self.get_response(request)

    def _write(self, request: HttpRequest) -> HttpResponseBase:
        """What a refused request had begun is taken back; that it was tried, and what it showed, stays in the log.

        A response marked `stands` keeps what was written: a failed log-in must be counted.
        """
        with transaction.atomic():
            response = self.get_response(request)
            if response.status_code >= 400 and not getattr(response, "stands", False):
                transaction.set_rollback(True)
        return response


def only_reading(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
    """Lets through what a GET may do; everything else is a mistake in our code."""
    text = sql if isinstance(sql, str) else str(sql)
    if _READS.match(text) or _TRACES.match(text):
        return execute(sql, params, many, context)
    raise ReadOnlyRequest("En side som bare skal lese, prøvde å skrive.")
