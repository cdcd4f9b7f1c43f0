"""How a file that we make leaves a page: as a download that no browser renders, under a name of fixed words."""

from datetime import date

from django.http import HttpResponse

from varde.exits.names import Ending, Kind, attachment


def file_answer(content: bytes, kind: Kind, day: date, ending: Ending) -> HttpResponse:
    """The file. Goes as an unknown binary: the ending is what the reader's machine opens it by."""
    response = HttpResponse(content, content_type="application/octet-stream")
    response["Content-Disposition"] = attachment(kind, day, ending)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'; frame-ancestors 'none'"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response
