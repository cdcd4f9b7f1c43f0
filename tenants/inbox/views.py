"""The team's inbox: the list, a concern, opening it, writing to the reporter, and registering what was told."""

import uuid
from typing import cast
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tenants.inbox import panels, queries, replies_queries
from tenants.inbox.access import concern_for, concerns_for
from tenants.inbox.actions import KeyUsed, Received, message_reporter, open_concern, register
from tenants.inbox.attachments import attach, print_of
from tenants.inbox.attachments_form import sent_files
from tenants.inbox.facts import told_facts
from tenants.inbox.forms import MessageForm, RegisterForm
from tenants.inbox.forms_list import InboxFilter
from tenants.inbox.home import home_of
from tenants.inbox.models import Concern
from tenants.inbox.states import WrongMove
from varde.access import Permission, Reader, allow, reader
from varde.clock import now
from varde.documents.intake import NotTaken
from varde.documents.uploads import takes_files
from varde.identity.saved import Listing
from varde.identity.saved_shown import filtered
from varde.privacy.keyring import new_matter_id
from varde.refusal import Refused
from varde.ui.shortcuts import back_with, page, see_other

PAGE_SIZE = 50
LISTING = Listing("inbox", "Innboks", "/innboks", Permission.INBOX_READ, InboxFilter)


def _back(concern_id: UUID) -> HttpResponse:
    """303: the next thing the browser does is to read the concern's page."""
    return see_other(f"/innboks/{concern_id}")


@allow(Permission.INBOX_READ)
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """Open or closed concerns, or those of a flood. Of an unopened one only time, channel and age show."""
    by = reader(request)
    found = filtered(request, LISTING.code)
    form = cast(InboxFilter, found.form)
    chosen = form.chosen.get("vis", "")
    closed, later = chosen == "lukket", chosen == "sortering"
    asked = concerns_for(by, closed=closed, later=later, among=form.among(now()))
    rows = Paginator(asked, PAGE_SIZE).get_page(request.GET.get("side"))
    shown: list[Concern] = list(rows.object_list)
    columns = panels.columns_of(shown, by)
    context = {
        "closed": closed,
        "later": later,
        "laid_aside": queries.laid_aside(),
        "page": rows,
        "query": found.query,
        "filter": found,
        "columns": [label for label, _ in columns],
        "rows": [(concern, [(label, cells.get(concern.id)) for label, cells in columns]) for concern in shown],
        "covered": queries.covered(shown),
    }
    return page(request, "inbox/list.html", context)


@allow(Permission.INBOX_READ)
@require_safe
def concern(request: HttpRequest, concern_id: UUID) -> HttpResponse:
    """One concern; its words only after somebody has opened it."""
    found = concern_for(reader(request), concern_id)
    return _concern_page(request, found, MessageForm(), 200)


def _concern_page(request: HttpRequest, found: Concern, form: MessageForm, status: int) -> HttpResponse:
    context = {
        "concern": found,
        "home": home_of(found),
        "facts": told_facts(found),
        "form": form,
        "panels": panels.panels_of(found, reader(request)),
        "talk": replies_queries.talk(found.id),
        "unread": replies_queries.unread(found.id),
        "covered": queries.cover_of(found) is not None,
    }
    return page(request, "inbox/concern.html", context, status=status)


@allow(Permission.INBOX_READ)
@require_POST
def open_it(request: HttpRequest, concern_id: UUID) -> HttpResponse:
    """«Åpne og ta imot»."""
    found = concern_for(reader(request), concern_id)
    try:
        open_concern(concern=found, by=reader(request))
    except WrongMove:
        messages.info(request, "Bekymringen var allerede åpnet.")
    except Refused as error:
        messages.error(request, str(error))
    return _back(concern_id)


@allow(Permission.INBOX_READ)
@require_POST
def message(request: HttpRequest, concern_id: UUID) -> HttpResponse:
    """A message to the reporter."""
    found = concern_for(reader(request), concern_id)
    form = MessageForm(request.POST)
    if form.is_valid():
        try:
            message_reporter(concern=found, text=form.cleaned_data["text"], by=reader(request))
        except ValueError as error:
            form.add_error("text", str(error))
        else:
            return back_with(request, "Meldingen er lagt ut til melderen.", f"{home_of(found).address}#melder")
    return _concern_page(request, found, form, 422)


@takes_files(protect=True)
@allow(Permission.CONCERN_REGISTER)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Register what was told by phone, letter or visit; the answer shows a receipt for the reporter."""
    if request.method != "POST":
        return page(request, "inbox/new.html", {"form": RegisterForm(initial={"idempotency_key": uuid.uuid4().hex})})
    form = RegisterForm(request.POST)
    if not form.is_valid():
        return page(request, "inbox/new.html", {"form": form, "files_again": bool(request.FILES)}, status=422)
    by = reader(request)
    try:
        got, left_out = _register(request, form, by)
    except KeyUsed:
        return _registered_before(request)
    context = {"receipt": got.receipt, "got": got, "may_read": _sees(by, got.concern_id), "left_out": left_out}
    return page(request, "inbox/registered.html", context, status=201)


def _register(request: HttpRequest, form: RegisterForm, by: Reader) -> tuple[Received, list[NotTaken]]:
    """The concern, and beside it the files that can be taken."""
    files, chosen = sent_files(request), new_matter_id()
    got = register(
        told=form.told(),
        channel=form.cleaned_data["channel"],
        by=by,
        client_key=form.key,
        concern_id=chosen,
        files=print_of(files),
    )
    left_out = attach(concern_id=got.concern_id, files=files, by=by, again=got.concern_id != chosen)
    return got, left_out


def _sees(by: Reader, concern_id: UUID) -> bool:
    """Who registers does not always see what becomes of it."""
    return by.may(Permission.INBOX_READ) and Concern.objects.filter(id=concern_id).exists()


def _registered_before(request: HttpRequest) -> HttpResponse:
    again = request.POST.copy()
    again["idempotency_key"] = uuid.uuid4().hex
    form = RegisterForm(again)
    form.add_error(
        None,
        "Det du registrerte første gang, er allerede lagret. Det du har endret etterpå, er ikke lagret. "
        "Trykk «Registrer» en gang til hvis det er en ny bekymring.",
    )
    return page(request, "inbox/new.html", {"form": form, "files_again": bool(request.FILES)}, status=409)
