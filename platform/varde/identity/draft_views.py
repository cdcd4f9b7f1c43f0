"""Drafts over the wire: the script saves and fetches; a page gives back what was sent at a bad moment."""

import json
from typing import Any, cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_GET, require_http_methods

from varde.access import Permission, Reader, allow, reader
from varde.identity import drafts
from varde.identity.models import User
from varde.ui.dates import date_and_time
from varde.ui.shortcuts import page

_SHORTEST = 12  # shorter values are choices and dates, and say nothing when read alone


@allow(Permission.BE_HERE)
@require_http_methods(["GET", "POST"])
def draft(request: HttpRequest) -> HttpResponse:
    """GET `til`: what was being written there. POST `til`, `felt` (JSON object): keep it; without `felt`: forget.

    204 where nothing is kept: nearly every form asks, and what shows nothing has no place in the log.
    """
    user = cast(User, request.user)
    path = str(request.POST.get("til") or request.GET.get("til") or "")
    if not path.startswith("/") or len(path) > 500:
        return HttpResponse(status=204)
    if request.method == "POST":
        return saved(request, user, reader(request))
    kept = drafts.of_form(user, path, reader(request))
    if kept is None:
        return HttpResponse(status=204)
    return _json({"fields": dict(kept.fields), "saved": date_and_time(kept.saved_at)})


def saved(request: HttpRequest, user: User, by: Reader, *, out: bool = False) -> HttpResponse:
    """Keep or forget what the script sent; `out` tells it that its session has ended."""
    path, text = str(request.POST.get("til", "")), request.POST.get("felt", "")
    if text:
        try:
            drafts.save(user=user, path=path, fields=_texts(text), by=by)
        except (ValueError, AttributeError):
            return _json({"kept": False, "out": out})
    elif not out:
        drafts.done(user, path)
    return _json({"kept": bool(text), "out": out})


@allow(Permission.BE_HERE)
@require_GET
def go_on(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """What was sent when the session had ended, or before it was confirmed who sent it: see it and send it."""
    kept = drafts.of_id(cast(User, request.user), draft_id, reader(request))
    if kept is None:
        raise Http404
    texts = [value for name, value in kept.fields if len(value) >= _SHORTEST]
    return page(request, "identity/draft.html", {"draft": kept, "texts": texts})


def _texts(text: str) -> drafts.Fields:
    found = json.loads(text)
    return [(str(name)[:100], value) for name, value in found.items() if isinstance(value, str)]


def _json(content: dict[str, Any]) -> HttpResponse:
    return JsonResponse(content, headers={"Cache-Control": "no-store"})
