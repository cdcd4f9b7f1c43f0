"""How a report leaves a page: as a file of one of its endings."""

from datetime import date

from django.http import Http404, HttpResponse

from shared.reporting.document import Document
from shared.reporting.formats import FORMATS
from varde.exits.downloads import file_answer
from varde.exits.names import Ending

ENDINGS: tuple[Ending, ...] = ("pdf", "xlsx", "csv", "json")


def report_file(document: Document, ending: str, day: date) -> HttpResponse:
    """The answer with the file of this ending; Http404 for an ending that is none. The look is logged by the caller."""
    for known in ENDINGS:
        if known == ending:
            return file_answer(FORMATS[known](document), "rapport", day, known)
    raise Http404
