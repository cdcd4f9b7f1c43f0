"""Attachments for the team: the cleaned copy, and the original with a reason."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, StreamingHttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from tenants.inbox import attachments
from tenants.inbox.attached import Attachment
from tenants.inbox.attachments_access import Given, NotChecked, attachment_for, copy_for, original_for
from tenants.inbox.attachments_form import OriginalForm
from tenants.inbox.models import Concern
from tenants.inbox.panels import Panel
from varde.access import Permission, Reader, allow, reader
from varde.documents.serving import download
from varde.identity.stepup import fresh
from varde.ui.shortcuts import page


def panel(concern: Concern, by: Reader) -> Panel | None:
    """The list on the concern's page; nothing where no file came."""
    rows = attachments.shown(concern.id)
    if not rows:
        return None
    return Panel("inbox/_attachments.html", {"rows": rows, "room": attachments.room()})


def _sent(given: Given) -> StreamingHttpResponse:
    return download(given.pieces, size=given.size, stem=given.stem, kind=given.kind)


@allow(Permission.INBOX_READ)
@require_safe
def copy(request: HttpRequest, concern_id: UUID, attachment_id: UUID) -> Any:
    """«Åpne renset kopi»: a download, never a page of ours."""
    found = attachment_for(reader(request), concern_id, attachment_id)
    try:
        return _sent(copy_for(reader(request), found))
    except NotChecked as error:
        return page(request, "inbox/attachments_closed.html", _context(found, error=error), status=409)


@allow(Permission.INBOX_READ)
@fresh
@require_http_methods(["GET", "HEAD", "POST"])
def original(request: HttpRequest, concern_id: UUID, attachment_id: UUID) -> Any:
    """The file as it came: it may say who told, so a reason is asked for and logged as an export."""
    found = attachment_for(reader(request), concern_id, attachment_id)
    form = OriginalForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return page(request, "inbox/attachments_original.html", _context(found, form=form), status=status)
    try:
        return _sent(original_for(reader(request), found, reason=form.cleaned_data["reason"]))
    except NotChecked as error:
        return page(request, "inbox/attachments_closed.html", _context(found, error=error), status=409)


def _context(attachment: Attachment, **more: Any) -> dict[str, Any]:
    return {"attachment": attachment, "home": f"/innboks/{attachment.concern_id}", **more}
