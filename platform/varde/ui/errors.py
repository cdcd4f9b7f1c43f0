"""Error pages as views: the same bytes for whatever is not there."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from varde.tenancy.pages import known_phone, out_of_order
from varde.ui.problems import problem


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404; says nothing about what was asked for."""
    if request.path.startswith("/api/"):
        return problem(404, "Finnes ikke", "Det er ingenting på denne adressen.")
    return render(None, "404.html", status=404)  # without a request: the same bytes for everybody


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403 for a whole room."""
    return render(None, "403.html", status=403)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400; a body larger than we take is told apart, because then the text is only in the browser."""
    too_large = type(exception).__name__ == "RequestDataTooBig"
    if request.path.startswith("/api/"):
        if too_large:
            return problem(413, "For stort", "Meldingen er for stor. Del den opp eller kort den ned.")
        return problem(400, "Ugyldig", "Forespørselen kan ikke leses.")
    name, status = ("413.html", 413) if too_large else ("400.html", 400)
    return render(None, name, {"phone": known_phone(request)}, status=status)


def broken(request: HttpRequest) -> HttpResponse:
    """500; a sent form is said to be not received. A database that went away meanwhile is said to be just that."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return out_of_order(request)
    if request.path.startswith("/api/"):
        return problem(500, "Feil hos oss", "Noe gikk galt. Meldingen er IKKE mottatt. Prøv igjen.")
    return render(None, "500.html", {"posted": request.method == "POST", "phone": known_phone(request)}, status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that did not come from our page (or whose cookie is gone)."""
    return render(None, "403.html", {"csrf": True, "phone": known_phone(request)}, status=403)
