"""The declaration: an operator reads and signs it, the host keeps its text and the signatures."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods

from regional.phone import declaration_actions as actions
from regional.phone import declaration_queries as queries
from regional.phone.access import me, signature_for
from regional.phone.declaration_paper import paper
from regional.phone.forms import DeclarationForm, SignForm
from varde.access import Permission, allow, reader
from varde.audit.actions import Action, record
from varde.documents.serving import paper_download
from varde.identity.models import User
from varde.identity.safe_next import safe_next
from varde.identity.stepup import fresh
from varde.refusal import Overtaken
from varde.ui.refusals import refusal_on
from varde.ui.shortcuts import back_with, page

READ_AND_SEND = ["GET", "HEAD", "POST"]


@allow(Permission.HOTLINE)
@require_http_methods(READ_AND_SEND)
@fresh
def sign(request: HttpRequest) -> HttpResponse:
    """The text in force; POST signs it. One's earlier signatures stand under it."""
    by = reader(request)
    form = SignForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        with refusal_on(form):
            row = actions.sign(read=form.cleaned_data["read"], by=by)
            return back_with(
                request,
                f"Erklæringen er signert. Den gjelder til og med {row.valid_until:%d.%m.%Y}.",
                safe_next(request) or "/start",
            )
    text = queries.in_force()
    form.initial["read"] = text.sha256
    record(by=by, action=Action.VIEW, what="phone.declaration")
    own = queries.signatures(User.objects.get(pk=me(by)))
    context = {
        "form": form, "text": text, "own": own, "next": safe_next(request),
        "holds": queries.declared(me(by)),
    }  # fmt: skip
    return page(request, "phone/sign.html", context, status=422 if form.is_bound else 200)


@allow(Permission.HOTLINE, Permission.HOTLINE_MANAGE)
@require_GET
def signature(request: HttpRequest, declaration_id: UUID) -> Any:
    """One signature as PDF: the person's own, or for the host anybody's."""
    by = reader(request)
    row = signature_for(declaration_id, by)
    record(by=by, action=Action.PRINT, what="phone.declaration", ids=[row.id])
    return paper_download(paper(row, by.office.name), "taushetserklaering")


@allow(Permission.HOTLINE_MANAGE)
@require_http_methods(READ_AND_SEND)
def text(request: HttpRequest) -> HttpResponse:
    """The text in force, and the host's own instead of it."""
    by = reader(request)
    stands = _stands()
    form = DeclarationForm(request.POST if request.method == "POST" else None, initial=stands)
    if form.is_bound and form.is_valid():
        try:
            actions.set_text(
                seen=form.was_seen, by=by, **{k: form.cleaned_data[k] for k in ("title", "text", "months")}
            )
        except Overtaken as error:
            stands = _stands()
            form.told(str(error), stands["seen"], stands)
        else:
            return back_with(request, "Erklæringen er lagret.", "/vakttelefon/drift/operatorer")
    record(by=by, action=Action.VIEW, what="phone.declaration_text")
    context = {"form": form, "history": [_event(row) for row in queries.history()]}
    return page(request, "phone/declaration_text.html", context, status=422 if form.is_bound else 200)


def _stands() -> dict[str, Any]:
    newest, now = queries.newest(), queries.in_force()
    return {"title": now.title, "text": now.text, "months": now.months, "seen": str(newest.pk) if newest else ""}


def _event(row: Any) -> dict[str, Any]:
    return {
        "when": row.set_at,
        "title": row.title,
        "who": row.set_by_name,
        "text": f"{row.months} måneder\n\n{row.text}",
    }
