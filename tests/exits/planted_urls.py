"""A kommune's addresses, and three that fail with what they were told."""

import logging
import threading
import warnings

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from varde.access import Reader, anyone
from varde.access.ticket import presented
from varde.identity.models import User
from varde.tenancy.door import need_office
from varde.urls_kommune import handler400, handler403, handler404, handler500
from varde.urls_kommune import urlpatterns as true_ones

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


@csrf_exempt
@anyone
def broken(request: HttpRequest, told: str) -> HttpResponse:
    """An error whose text, locals and log line hold what was sent; others write lines of their own too."""
    kept_here = f"{told} {request.POST['local']}"
    logging.getLogger("tenants.inbox").warning("Kom inn: %s", request.POST["line"])
    logging.getLogger("varde.inbox").error("Kom inn: %s", request.POST["line"])
    warnings.warn(request.POST["line"], stacklevel=1)
    threading.Thread(target=_fail_alone, args=(request.POST["line"],)).start()
    raise ValueError(f"Kan ikke lese {request.POST['text']} {len(kept_here)}")


def _fail_alone(line: str) -> None:
    raise KeyError(line)


@csrf_exempt
@anyone
def doubled(request: HttpRequest) -> HttpResponse:
    """A row that exists already: PostgreSQL's text holds the value."""
    with presented(Reader.for_purpose("setup", need_office())):
        for name in ("en", "to"):
            User.objects.create(email=request.POST["email"], name=name)
    return HttpResponse()


@csrf_exempt
@anyone
def unfit(request: HttpRequest) -> HttpResponse:
    """A value that does not fit: PostgreSQL's own line quotes it; the parameter stands in what the client knows."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT (%s || '')::int", [request.POST["parameter"]])
    return HttpResponse()


urlpatterns = [
    *true_ones,
    path("planted/broken/<str:told>", broken),
    path("planted/doubled", doubled),
    path("planted/unfit", unfit),
]
