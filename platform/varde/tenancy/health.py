"""/healthz: the process lives. /readyz: database, post and keys are at hand; names the part that fails, no more."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse

from varde.tenancy import pages
from varde.tenancy.directory import office_for_host
from varde.tenancy.door import as_identity, office, public
from varde.tenancy.middleware import slug_of

Check = Callable[[], None]
_checks: dict[str, Check] = {}


def register(part: str, check: Check) -> None:
    """A room above adds its part: the check raises when the part is not at hand."""
    _checks[part] = check


def database() -> None:
    """Raises when the database does not answer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def keys() -> None:
    """Raises when the folder of keys cannot be read."""
    next(settings.KEYS_DIR.iterdir())


register("database", database)
register("keys", keys)


class HealthMiddleware:
    """Answers before sessions and logs, so that a monitor leaves no trace and needs no rights."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path not in ("/healthz", "/readyz"):
            return self.get_response(request)
        try:
            slug = slug_of(request.get_host())
        except DisallowedHost:
            slug = None
        if slug is None:
            return pages.unknown_host(request)
        if request.path == "/healthz":
            return HttpResponse("ok\n", content_type="text/plain")
        return ready(request, slug)


def ready(request: HttpRequest, slug: str) -> HttpResponse:
    """200 when every part answers, 503 with the names of those that do not; 404 for no such office."""
    try:
        ref = office_for_host(slug) if slug else None
    except Exception:
        return _report({"database": "feil"})
    if slug and ref is None:
        return pages.unknown_host(request)
    with office(ref) if ref else as_identity(public()):
        return _report({part: _try(check) for part, check in sorted(_checks.items())})


def _try(check: Check) -> str:
    try:
        check()
    except Exception:  # any failure means the same to a monitor, and its text could hold data
        return "feil"
    return "ok"


def _report(parts: dict[str, str]) -> JsonResponse:
    fine = all(state == "ok" for state in parts.values())
    return JsonResponse({"ready": fine, "parts": parts}, status=200 if fine else 503)
