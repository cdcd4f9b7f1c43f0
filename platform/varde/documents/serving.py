"""How a file leaves: as a download that no browser renders in our origin, under a name that we made."""

from collections.abc import Iterable

from django.http import HttpResponse, StreamingHttpResponse

from varde.documents.kinds import KINDS
from varde.documents.paper import Paper, pdf

CALENDAR = "calendar"
ZIP = "zip"
LOCKED = "locked"
PROGRAM = "program"
_OURS = {CALENDAR: "ics", ZIP: "zip", LOCKED: "varde", PROGRAM: "pyz"}


def download(chunks: Iterable[bytes], *, size: int, stem: str, kind: str) -> StreamingHttpResponse:
    """The answer with the file. `stem` is ours ("vedlegg-2-renset"), `kind`: of `kinds`, one of the four above, or ""
    (raw).

    Everything goes as an unknown binary, so that no rule of any browser can make a page, a drawing or a script of it;
    the ending is what the reader's own machine opens it by.
    """
    known = KINDS.get(kind)
    ending = known.ending if known else _OURS.get(kind, "bin")
    response = StreamingHttpResponse(chunks, content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="{stem}.{ending}"'
    response["Content-Length"] = str(size)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'; frame-ancestors 'none'"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response


def subscription(content: bytes) -> HttpResponse:
    """A calendar for a program that fetches it again and again, and looks at the type. No browser draws this type."""
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="vakt.ics"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'; frame-ancestors 'none'"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response


def paper_download(paper: Paper, stem: str) -> StreamingHttpResponse:
    """The answer with a paper that we made. `stem` says what kind of paper it is, never whose."""
    made = pdf(paper)
    return download([made], size=len(made), stem=stem, kind="pdf")
