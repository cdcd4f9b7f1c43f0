"""The log of the office, for those who watch over it: who, when, what and why, never what was in it."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from varde.access import Permission, allow, reader
from varde.audit.actions import Action, record
from varde.audit.forms import FilterForm
from varde.audit.models import Entry
from varde.audit.queries import kinds, rows
from varde.audit.words import said, short, who
from varde.ui.shortcuts import page

_PER_PAGE = 50


@allow(Permission.AUDIT_READ)
@require_GET
def log(request: HttpRequest) -> HttpResponse:
    """A page of the log; that it was read is itself a row."""
    asked = {key: value for key, value in request.GET.items() if key != "side"}
    form = FilterForm(asked, whats=kinds())
    found = rows(form.wanted()) if form.is_valid() else Entry.objects.none()
    shown = Paginator(found, _PER_PAGE).get_page(request.GET.get("side"))
    searched = any(asked.values())
    record(by=reader(request), action=Action.SEARCH if searched else Action.LIST, what="audit.entry")
    context = {
        "form": form,
        "page": shown,
        "rows": [_row(entry) for entry in shown],
        "query": urlencode(asked) + "&" if asked else "",
        "searched": searched,
    }
    return page(request, "audit/log.html", context, 200 if form.is_valid() else 422)


def _row(entry: Entry) -> dict[str, Any]:
    person = entry.user_id is not None
    return {
        "entry": entry,
        "who": who(entry.name, is_person=person),
        "role": entry.role if person else "",
        "what": said(entry.what),
        "short": short(entry.object_id),
    }
