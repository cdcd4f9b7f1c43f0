"""The list of those to ring back, one of them, and a new one."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from regional.hotline import callbacks_access as access
from regional.hotline import callbacks_actions as actions
from regional.hotline.callbacks_forms import CallBackForm, TryForm
from regional.hotline.models import CallBack
from regional.hotline.queries import own_open
from regional.phone.access import declared
from varde.access import Permission, allow, reader
from varde.clock import OSLO, now
from varde.refusal import Overtaken
from varde.ui.shortcuts import page

LIST = "/vakttelefon/ring-tilbake"


@require_GET
@allow(Permission.HOTLINE)
@declared
def callbacks(request: HttpRequest) -> HttpResponse:
    """Own ones and the shift's; of the shift's neither name nor whole number."""
    by = reader(request)
    rows = access.list_waiting(by)
    context = {
        "mine": [row for row in rows if row.owner == by.user_id],
        "free": [row for row in rows if row.owner != by.user_id],
        "done": access.list_done(by),
        "now": now(),
    }
    return page(request, "hotline/callbacks.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.HOTLINE)
@declared
def new(request: HttpRequest) -> HttpResponse:
    """A new one, from a call of one's own or from nothing."""
    by = reader(request)
    call = own_open(by).filter(id=_uuid(request.GET.get("samtale", ""))).first()
    form = CallBackForm(request.POST if request.method == "POST" else None, initial=_initial(call))
    if form.is_bound and form.is_valid():
        actions.promise(**form.given(), reference=call.reference if call else "", by=by)
        messages.success(request, "Tilbakeringingen står på listen.")
        return redirect(f"/vakttelefon/{call.id}" if call else LIST)
    return page(
        request, "hotline/callback_new.html", {"form": form, "call": call}, status=422 if form.is_bound else 200
    )


def _initial(call: Any) -> dict[str, Any]:
    soon = (now() + timedelta(hours=1)).astimezone(OSLO)
    when: dict[str, Any] = {"day": soon.date(), "clock": soon.time().replace(second=0, microsecond=0), "whose": "own"}
    if call is None:
        return when
    told = call.told
    return when | {
        "who": told.get("reporter_name", ""),
        "phone": told.get("reporter_phone", "") or call.caller,
        "safe": told.get("safe_contact", ""),
    }


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.HOTLINE)
@declared
def callback(request: HttpRequest, callback_id: UUID) -> HttpResponse:
    """One's own: whom to ring and what not to say; a POST says how it went."""
    by = reader(request)
    row = access.own_callback(callback_id, by)
    form = TryForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        result = form.cleaned_data["result"]
        done = actions.tried(callback_id=row.id, result=result, again=form.again(), by=by)
        messages.success(request, "Ferdig. Navn og nummer er slettet." if done.state == "done" else "Notert.")
        return redirect(LIST)
    return _one(request, row, form)


def _one(request: HttpRequest, row: CallBack, form: TryForm) -> HttpResponse:
    shown = {"row": row, "whom": row.whom, "tries": list(row.tries.all()), "form": form, "late": row.due_at < now()}
    return page(request, "hotline/callback.html", shown, status=422 if form.is_bound else 200)


@require_POST
@allow(Permission.HOTLINE)
@declared
def take(request: HttpRequest, callback_id: UUID) -> HttpResponse:
    """Mine, if nobody else was first."""
    try:
        row = actions.take(callback_id=callback_id, by=reader(request))
    except (Overtaken, Http404) as problem:
        messages.info(request, str(problem) or "Den er ikke lenger ledig.")
        return redirect(LIST)
    return redirect(f"{LIST}/{row.id}")


@require_POST
@allow(Permission.HOTLINE)
@declared
def to_shift(request: HttpRequest, callback_id: UUID) -> HttpResponse:
    """For whoever has time."""
    actions.give_to_shift(callback_id=callback_id, by=reader(request))
    messages.success(request, "Tilbakeringingen er felles. Den som tar den, ser hvem som skal ringes.")
    return redirect(LIST)


@require_POST
@allow(Permission.HOTLINE)
@declared
def into_call(request: HttpRequest, callback_id: UUID) -> HttpResponse:
    """They answer: a call."""
    call = actions.into_call(callback_id=callback_id, by=reader(request))
    return redirect(f"/vakttelefon/{call.id}")
