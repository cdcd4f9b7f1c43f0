"""How a report leaves a page: as a download that no browser renders, under a name of fixed words."""

from datetime import date

from django.http import Http404, HttpResponse

from shared.reporting.document import Document
from shared.reporting.formats import FORMATS
from varde.exits.names import Ending, Kind, attachment

ENDINGS: tuple[Ending, ...] = ("pdf", "xlsx", "csv", "json")


def report_file(document: Document, ending: str, day: date) -> HttpResponse:
    """The answer with the file of this ending; Http404 for an ending that is none. The look is logged by the caller."""
    for known in ENDINGS:
        if known == ending:
            return file_answer(FORMATS[known](document), "rapport", day, known)
    raise Http404


def file_answer(content: bytes, kind: Kind, day: date, ending: Ending) -> HttpResponse:
    """A file that we made. Goes as an unknown binary: the ending is what the reader's machine opens it by."""
    response = HttpResponse(content, content_type="application/octet-stream")
    response["Content-Disposition"] = attachment(kind, day, ending)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'; frame-ancestors 'none'"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response
