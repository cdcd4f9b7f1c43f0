"""Drafts over the wire: the script saves and fetches; a page gives back what was sent at a bad moment."""

import json
from contextlib import suppress
from typing import Any, cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_GET, require_http_methods

from varde.access import Permission, Reader, allow, reader
from varde.identity import drafts
from varde.identity.models import User
from varde.ui.dates import date_and_time
from varde.ui.shortcuts import page

_LONGEST, _NAME, _FORMS = 500, 100, 50
_SHORTEST = 12  # shorter values are choices and dates, and say nothing when read alone


@allow(Permission.BE_HERE)
@require_http_methods(["GET", "POST"])
def draft(request: HttpRequest) -> HttpResponse:
    """GET `til`, `skjema` (names of forms there): what was being written. POST `til`, `skjema`, `vindu`, `tar_over`
    (windows), `felt` (JSON object of texts or lists of them): keep it; without `felt`: forget these windows'.

    204 where nothing is kept: nearly every form asks, and what shows nothing has no place in the log.
    """
    user = cast(User, request.user)
    path = str(request.POST.get("til") or request.GET.get("til") or "")
    if not path.startswith("/") or len(path) > _LONGEST:
        return HttpResponse(status=204)
    if request.method == "POST":
        return saved(request, user, reader(request))
    kept = drafts.of_forms(user, path, request.GET.getlist("skjema")[:_FORMS], reader(request))
    if not kept:
        return HttpResponse(status=204)
    return _json({"drafts": [_shown(one) for one in kept]})


def saved(request: HttpRequest, user: User, by: Reader, *, out: bool = False) -> HttpResponse:
    """Keep or forget what the script sent; `out` tells it that its session has ended."""
    path, text = str(request.POST.get("til", "")), request.POST.get("felt", "")
    form, window = request.POST.get("skjema", "")[:_NAME], request.POST.get("vindu", "")[: drafts.WINDOW]
    others = request.POST.get("tar_over", "").split()[:_FORMS]
    kept = False
    if text:
        with suppress(ValueError, AttributeError):
            fields = _texts(text)
            row = drafts.save(user=user, path=path, fields=fields, by=by, form=form, window=window, instead=others)
            kept = row is not None
    elif not out:
        drafts.done(user, path, forms=[form], windows=[window, *others])
    return _json({"kept": kept, "out": out})


@allow(Permission.BE_HERE)
@require_GET
def go_on(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """What was sent when the session had ended, or before it was confirmed who sent it: see it and send it."""
    kept = drafts.of_id(cast(User, request.user), draft_id, reader(request))
    if kept is None:
        raise Http404
    texts = [value for name, value in kept.fields if len(value) >= _SHORTEST]
    return page(request, "identity/draft.html", {"draft": kept, "texts": texts})


def _shown(kept: drafts.Kept) -> dict[str, Any]:
    fields: dict[str, list[str]] = {}
    for name, value in kept.fields:
        fields.setdefault(name, []).append(value)
    return {"form": kept.form, "window": kept.window, "fields": fields, "saved": date_and_time(kept.saved_at)}


def _texts(text: str) -> drafts.Fields:
    found = json.loads(text)
    each = [(str(name)[:_NAME], value if isinstance(value, list) else [value]) for name, value in found.items()]
    return [(name, value) for name, values in each for value in values if isinstance(value, str)]


def _json(content: dict[str, Any]) -> HttpResponse:
    return JsonResponse(content, headers={"Cache-Control": "no-store"})
