"""Attachments for the team: the list, «Legg ved», the cleaned copy, and the original with a reason."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from tenants.inbox import attachments
from tenants.inbox.access import concern_for
from tenants.inbox.attached import Attachment
from tenants.inbox.attachments_access import Given, NotChecked, attachment_for, copy_for, original_for
from tenants.inbox.attachments_form import LaterForm, OriginalForm, sent_files
from tenants.inbox.attachments_later import Laid, check_goes_on, lay
from tenants.inbox.home import home_of
from tenants.inbox.models import Concern
from tenants.inbox.panels import Panel
from varde.access import Permission, Reader, allow, reader
from varde.documents.serving import download
from varde.documents.uploads import takes_files
from varde.identity.stepup import fresh
from varde.refusal import Refused
from varde.ui.shortcuts import back_with, page, see_other


def panel(concern: Concern, by: Reader) -> Panel | None:
    """The list and the way to lay more, on the concern's page; nothing where there is neither."""
    found = attachments.listed(concern)
    return Panel("inbox/_attachments.html", found) if found else None


@takes_files(protect=True)
@allow(Permission.INBOX_READ)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, concern_id: UUID) -> HttpResponse:
    """«Legg ved»: files that came after the report, and from whom."""
    found = concern_for(reader(request), concern_id)
    if request.method == "POST":
        return _laid(request, found)
    try:
        check_goes_on(found.progress)
    except Refused as error:
        messages.error(request, str(error))
        return see_other(home_of(found).address)
    return _add_page(request, found, LaterForm())


def _laid(request: HttpRequest, found: Concern) -> HttpResponse:
    """Everything was taken: back to the matter. Else the form as it was typed, with what was not taken and why."""
    form = LaterForm(request.POST)
    if not form.is_valid():
        return _add_page(request, found, form, status=422)
    try:
        laid = lay(concern=found, files=sent_files(request), by=reader(request), **form.cleaned_data)
    except Refused as error:
        form.add_error(None, str(error))
        return _add_page(request, found, form, status=422)
    if laid.left_out:
        return _add_page(request, found, form, laid, status=422)
    said = "1 fil er lagt ved" if laid.count == 1 else f"{laid.count} filer er lagt ved"
    return back_with(
        request, f"{said}. En fil kan åpnes når den er sjekket for virus.", f"{home_of(found).address}#vedlegg"
    )


def _add_page(
    request: HttpRequest, found: Concern, form: LaterForm, laid: Laid | None = None, status: int = 200
) -> HttpResponse:
    again = bool(request.FILES) and laid is None
    context = {"concern": found, "home": home_of(found), "form": form, "laid": laid, "files_again": again}
    return page(request, "inbox/attachments_new.html", context, status=status)


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
    address = f"/innboks/{attachment.concern_id}/vedlegg/{attachment.id}"
    return {"attachment": attachment, "home": home_of(attachment.concern), "address": address, **more}
