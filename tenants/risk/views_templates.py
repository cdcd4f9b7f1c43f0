"""The templates of the office: look at a file, take one into use, and take an earlier one into use again."""

import json
from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from shared.codes.templates import build, shipped, shipped_data
from tenants.risk import access, actions, offers, queries
from tenants.risk.models import RiskTemplate, TemplateOffer
from varde.access import Permission, allow, reader
from varde.refusal import Refused
from varde.ui.shortcuts import back_with, page
from varde.ui.template_upload import TemplateFileForm, refused, template_upload


@allow(Permission.SETTINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def templates(request: HttpRequest) -> HttpResponse:
    """Which template is in use. POST of a file shows it, or says what is wrong; POST of its text takes it into use.

    POST of `template` takes one into use that the office has: sent by the region, used before, or shipped.
    """
    access.note_templates(reader(request))
    if "template" in request.POST:
        return _choose(request, request.POST["template"])
    return template_upload(request, show=partial(_page, request), keep=partial(_take, request))


def _take(request: HttpRequest, text: str) -> HttpResponse:
    return _done(request, actions.load_template(text=text, by=reader(request)))


def _choose(request: HttpRequest, chosen: str) -> HttpResponse:
    content = _content_of(request, chosen)
    try:
        row = actions.use_template(content=content, seen=request.POST.get("seen"), by=reader(request))
    except Refused as error:
        return refused(partial(_page, request), error)
    return _done(request, row)


def _content_of(request: HttpRequest, chosen: str) -> dict[str, Any]:
    if chosen == offers.SHIPPED:
        return shipped_data()
    try:
        key = UUID(chosen)
    except ValueError as error:
        raise Http404 from error
    return dict(access.template_for(reader(request), key).content)


def _done(request: HttpRequest, row: RiskTemplate) -> HttpResponse:
    return back_with(
        request, f"Malen «{row.title}, {row.version}» er tatt i bruk for nye vurderinger.", "/risiko/maler"
    )


def _page(request: HttpRequest, form: TemplateFileForm, status: int = 200, **more: object) -> HttpResponse:
    template, content = queries.in_force()
    loaded, sent = queries.loaded(), queries.offers()
    context = {
        "form": form,
        "now": template,
        "file": json.dumps(content, ensure_ascii=False, indent=1),
        "offers": [_shown(row, loaded) for row in offers.waiting(sent, loaded)],
        "editions": offers.editions(loaded, sent),
        "shipped": shipped(),
        "ships_now": content == shipped_data(),
        "shipped_again": any(row.content == shipped_data() for row in loaded),
        "seen": queries.stands(),
    }
    return page(request, "risk/templates.html", context | more, status=status)


def _shown(row: TemplateOffer, loaded: list[RiskTemplate]) -> dict[str, Any]:
    clash = offers.clash(row.content, loaded, shipped_data())
    return {"row": row, "template": build(row.content), "clash": clash}
