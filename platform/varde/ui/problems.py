"""problem+json (RFC 9457) for machines: one entry per field, in the language asked for."""

from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import Http404, HttpResponse, JsonResponse
from rest_framework import exceptions
from rest_framework.response import Response

_TITLES = {
    400: "Ugyldig innhold",
    401: "Ikke innlogget",
    403: "Ikke tilgang",
    404: "Finnes ikke",
    405: "Metoden støttes ikke",
    406: "Formatet støttes ikke",
    409: "Allerede brukt",
    413: "For stort",
    415: "Innholdstypen støttes ikke",
    429: "For mange forsøk",
}
CONTENT_TYPE = "application/problem+json"
# As the API's descriptions have it.
PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "message"],
                "properties": {"field": {"type": "string"}, "message": {"type": "string"}},
            },
        },
    },
}


def problem(status: int, title: str, detail: str, errors: list[dict[str, str]] | None = None) -> HttpResponse:
    """A problem document as a plain response."""
    body: dict[str, Any] = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    if errors:
        body["errors"] = errors
    return JsonResponse(body, status=status, content_type=CONTENT_TYPE)


def handle(exc: Exception, context: dict[str, Any]) -> Response | HttpResponse | None:
    """DRF's exception handler: everything known becomes a problem, everything else stays a 500."""
    if isinstance(exc, RequestDataTooBig):
        return problem(413, _TITLES[413], "Meldingen er for stor. Del den opp eller kort den ned.")
    if isinstance(exc, Http404):
        exc = exceptions.NotFound()
    if isinstance(exc, PermissionDenied):
        exc = exceptions.PermissionDenied()
    if not isinstance(exc, exceptions.APIException):
        return None
    if isinstance(exc, exceptions.ValidationError):
        entries = list(_entries(exc.detail))
        return problem(400, _TITLES[400], "Rett feltene og send på nytt.", entries)
    detail = "Kroppen er ikke gyldig JSON." if isinstance(exc, exceptions.ParseError) else str(exc.detail)
    response = problem(exc.status_code, _TITLES.get(exc.status_code, "Feil"), detail)
    wait = getattr(exc, "wait", None)
    if wait:
        response["Retry-After"] = str(int(wait))
    return response


def _entries(detail: Any, path: str = "") -> Any:
    if isinstance(detail, dict):
        for key, value in detail.items():
            yield from _entries(value, f"{path}.{key}" if path else str(key))
    elif isinstance(detail, list):
        for value in detail:
            if isinstance(value, dict | list):
                yield from _entries(value, path)
            else:
                yield {"field": path, "message": str(value)}
