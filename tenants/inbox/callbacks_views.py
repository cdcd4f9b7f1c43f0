"""«Ring tilbake»: the list, a new one with or without a matter, and what came of ringing."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from tenants.inbox import callbacks_access, callbacks_actions, safe_queries
from tenants.inbox.callbacks_forms import ChangeForm, CorrectForm, TryForm, stands
from tenants.inbox.callbacks_states import in_words
from tenants.inbox.calls_models import Callback, CallbackVersion
from tenants.inbox.calls_states import is_late
from tenants.inbox.forms_list import CallbackFilter
from tenants.inbox.home import Home, names_of
from tenants.inbox.models import Concern
from tenants.inbox.panels import Panel, warned_of, warnings_in
from tenants.inbox.safe import Safe
from tenants.inbox.safe_views import shown_of
from tenants.inbox.states import OVER
from varde.access import Permission, Reader, allow, reader
from varde.clock import now
from varde.identity.saved import Listing
from varde.identity.saved_shown import filtered
from varde.privacy.errors import Destroyed
from varde.refusal import Refused
from varde.ui.gone import GONE
from varde.ui.refusals import refusal_on
from varde.ui.shortcuts import back_with, page, see_other

LIST = Home("Ring tilbake", "/innboks/ring-tilbake")
PAGE_SIZE = 50
LISTING = Listing("callbacks", "Ring tilbake", "/innboks/ring-tilbake", Permission.INBOX_READ, CallbackFilter)
READ_AND_SEND = ["GET", "HEAD", "POST"]


def panel(concern: Concern, by: Reader) -> Panel | None:
    """Those of the matter that wait, on the concern's page, and in one that is open the way to a new one."""
    rows, is_open = callbacks_access.of_matter(concern.id), concern.progress not in OVER
    if not rows and not is_open:
        return None
    return Panel("inbox/_callbacks.html", {"rows": rows, "concern_id": concern.id, "open": is_open})


@allow(Permission.INBOX_READ)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Whom to call, the most urgent first; or those that are done."""
    choice, moment = filtered(request, LISTING.code), now()
    form = cast(CallbackFilter, choice.form)
    over = form.chosen.get("vis") == "ferdige"
    found = callbacks_access.over() if over else callbacks_access.waiting()
    rows = Paginator(found.filter(form.among(moment)), PAGE_SIZE).get_page(request.GET.get("side"))
    shown = list(rows.object_list)
    callbacks_access.note_listed(reader(request), shown)
    homes = _homes(shown)
    warned = warned_of({row.concern_id for row in shown if row.concern_id is not None}, reader(request))
    context = {
        "rows": [
            (row, is_late(row.due_at, row.done_at, moment), homes.get(row.id), warned.get(row.concern_id or row.id))
            for row in shown
        ],
        "page": rows,
        "over": over,
        "late": callbacks_access.waiting().filter(due_at__lt=moment).count(),
        "query": choice.query,
        "filter": choice,
    }
    return page(request, "inbox/callbacks.html", context)


def _homes(rows: list[Callback]) -> dict[UUID, Home]:
    """Where the matter of each lives; none for those without a matter."""
    matters = {row.id: row.concern_id for row in rows if row.concern_id is not None}
    named = names_of(set(matters.values())) if matters else {}
    return {row: Home(*named.get(matter, ("Bekymring", f"/innboks/{matter}"))) for row, matter in matters.items()}


@allow(Permission.INBOX_READ)
@require_http_methods(READ_AND_SEND)
def callback(request: HttpRequest, callback_id: UUID) -> HttpResponse:
    """One call back: how it is safe, and what came of ringing."""
    found = callbacks_access.callback_for(reader(request), callback_id)
    form = TryForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            callbacks_actions.tried(callback=found, by=reader(request), **form.cleaned_data)
            return back_with(request, "Notert.", LIST.address)
    return _callback_page(request, found, form)


@allow(Permission.INBOX_READ)
@require_http_methods(READ_AND_SEND)
def change(request: HttpRequest, callback_id: UUID) -> HttpResponse:
    """Somebody else calls, or at another time. Whoever comes second sees what stands now, and what was typed."""
    by = reader(request)
    found = callbacks_access.callback_for(by, callback_id)
    if found.done_at is not None and request.method != "POST":
        messages.error(request, "Denne er alt meldt ferdig.")
        return see_other(f"{LIST.address}/{found.id}")
    posted = request.POST if request.method == "POST" else None
    initial = stands(found) | {"seen": callbacks_access.as_seen(found)}
    form = ChangeForm(posted, initial=initial, owners=callbacks_access.owners(found.concern), now=now())
    if posted is not None and form.is_valid():
        when = form.cleaned_data["due_at"]
        try:
            callbacks_actions.change(callback=found, owner=form.chosen, due_at=when, seen=form.was_seen, by=by)
        except Refused as error:
            found = callbacks_access.callback_for(by, callback_id)
            form.told(str(error), callbacks_access.as_seen(found), stands(found))
        else:
            return back_with(request, "Endret.", LIST.address)
    context = {"callback": found, "form": form}
    return page(request, "inbox/callback_change.html", context, status=422 if posted is not None else 200)


@allow(Permission.INBOX_READ)
@require_http_methods(READ_AND_SEND)
def correct(request: HttpRequest, callback_id: UUID) -> HttpResponse:
    """Name, number and what is safe, put right. Whoever comes second sees what stands now, and what was typed."""
    by = reader(request)
    found = callbacks_access.callback_for(by, callback_id)
    if found.done_at is not None and request.method != "POST":
        messages.error(request, "Denne er alt meldt ferdig.")
        return see_other(f"{LIST.address}/{found.id}")
    posted = request.POST if request.method == "POST" else None
    initial = callbacks_access.content(found) | {"seen": callbacks_access.written(found)}
    form = CorrectForm(posted, initial=initial, to_reporter=found.to_reporter)
    if posted is not None and form.is_valid():
        try:
            callbacks_actions.correct(callback=found, said=form.said(), seen=form.was_seen, by=by)
        except Refused as error:
            found = callbacks_access.callback_for(by, callback_id)
            form.told(str(error), callbacks_access.written(found), callbacks_access.content(found))
        else:
            return back_with(request, "Rettet. Det som sto, ligger i historikken.", f"{LIST.address}/{found.id}")
    context = {"callback": found, "form": form}
    return page(request, "inbox/callback_correct.html", context, status=422 if posted is not None else 200)


def _known(concern: Concern | None) -> dict[str, list[Safe]]:
    """What is known beside what stands in the calls back themselves."""
    known = safe_queries.of_matter(concern) if concern else []
    return {"people": shown_of(each for each in known if not each.is_name)}


def _was(row: CallbackVersion) -> list[dict[str, str]]:
    try:
        return in_words({name: str(text) for name, text in row.was.items()})
    except Destroyed:
        return [{"label": "Det som sto", "value": GONE}]


def _callback_page(request: HttpRequest, found: Callback, form: TryForm) -> HttpResponse:
    context = {
        "callback": found,
        "home": _homes([found]).get(found.id),
        "form": form,
        "tries": callbacks_access.tries_of(found),
        "late": is_late(found.due_at, found.done_at, now()),
        "warned": warnings_in(found.concern, reader(request)),
        "versions": [(row, _was(row)) for row in callbacks_access.versions_of(found)],
        "known": _known(found.concern),
    }
    return page(request, "inbox/callback.html", context, status=422 if form.is_bound else 200)
