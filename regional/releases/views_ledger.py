"""The ledger in words, row by row, and whether its chain is whole."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods

from regional.releases.chain import verify
from regional.releases.models import EntryKind, LedgerEntry
from regional.releases.pages_words import KINDS, title
from regional.releases.views import READ_AND_SEND, said_in
from regional.releases.words import blank as blank_words
from regional.releases.words import words_of
from varde.access import Permission, allow, reader
from varde.audit.actions import Action, record
from varde.identity.stepup import fresh
from varde.ui.shortcuts import back_with, page

PER_PAGE = 50
BREAKS = {
    "gap": "raden før mangler",
    "link": "raden henger ikke i raden før",
    "content": "raden er endret etter at den ble skrevet",
    "tail": "det mangler rader på slutten",
}


@allow(Permission.STATISTICS_READ)
@require_GET
def ledger(request: HttpRequest) -> HttpResponse:
    """Every row, the newest first, with its number and fingerprint; the chain is walked each time."""
    by = reader(request)
    record(by=by, action=Action.LIST, what="releases.ledger")
    checked = verify()
    rows = Paginator(LedgerEntry.objects.order_by("-number"), PER_PAGE).get_page(request.GET.get("side"))
    context = {
        "checked": checked,
        "may": by.may(Permission.STATISTICS_RELEASE),
        "breaks": [(number, BREAKS.get(kind, kind)) for number, kind in checked.breaks],
        "page": rows,
        "rows": [{"row": row, "title": title(row.kind, row.content), "url": _url(row)} for row in rows],
    }
    return page(request, "releases/ledger.html", context)


def _url(row: LedgerEntry) -> str:
    return f"/statistikk/hovedbok/{row.number}"


@allow(Permission.STATISTICS_READ)
@require_GET
def entry(request: HttpRequest, number: int) -> HttpResponse:
    """One row: what it says, who said it, and how it hangs in the one before."""
    by = reader(request)
    row = LedgerEntry.objects.filter(number=number).first()
    if row is None:
        raise Http404
    record(by=by, action=Action.VIEW, what="releases.ledger", ids=[row.id])
    context = {
        "row": row,
        "title": title(row.kind, row.content),
        "kind": KINDS.get(row.kind, row.kind),
        "facts": said_in(row),
        "release": row.number if row.kind == EntryKind.RELEASE else None,
        "before": number - 1,
        "after": number + 1,
        "last": not LedgerEntry.objects.filter(number=number + 1).exists(),
        "whole": verify().whole,
        "may": by.may(Permission.STATISTICS_RELEASE),
        "words": by.may(Permission.STATISTICS_RELEASE) and bool(_words(row)),
    }
    return page(request, "releases/entry.html", context)


def _words(row: LedgerEntry) -> tuple[UUID, str] | None:
    """The wish behind a row and what somebody wrote for it; None for a row without words, and where they are gone."""
    content: Any = row.content
    wish = UUID(content["wish"]) if content.get("wish") else None
    text = words_of([wish]).get(wish, "") if wish else ""
    return (wish, text) if wish and text else None


@allow(Permission.STATISTICS_RELEASE)
@require_http_methods(READ_AND_SEND)
@fresh
def blank(request: HttpRequest, number: int) -> HttpResponse:
    """What somebody wrote is taken away for good, as where it names a person after all; the row stands."""
    by = reader(request)
    row = LedgerEntry.objects.filter(number=number).first()
    found = _words(row) if row else None
    if row is None or found is None:
        raise Http404
    if request.method == "POST":
        blank_words(wish=found[0], by=by)
        return back_with(request, "Teksten er tatt bort for godt. Raden står som den er.", _url(row))
    return page(request, "releases/blank.html", {"row": row, "text": found[1]})
