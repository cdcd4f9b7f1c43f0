"""Drøftinger: the list with figures of its own, writing one up, one by itself, and making it a concern."""

import uuid
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from tenants.inbox.actions import KeyUsed
from tenants.inbox.forms import RegisterForm
from tenants.inbox.models import Concern
from tenants.triage import talk_actions, talk_queries
from tenants.triage.talk import quarter_in_words
from tenants.triage.talk_access import became_for, may_end, require_ending, talk_for, talks_for
from tenants.triage.talk_forms import EndTalkForm, TalkForm
from tenants.triage.talk_models import Talk
from varde.access import Permission, allow, reader
from varde.privacy.fields import open_together
from varde.refusal import Refused
from varde.ui.gone import words
from varde.ui.refusals import refusal_on
from varde.ui.shortcuts import back_with, page, see_other

PAGE_SIZE = 25
USED = "Det du sendte første gang, er allerede lagret. Trykk en gang til hvis dette er en ny bekymring."


@allow(Permission.TRIAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def talks(request: HttpRequest) -> HttpResponse:
    """The list and the figures; POST writes one up."""
    posted = request.method == "POST"
    form = TalkForm(request.POST if posted else None)
    if posted and form.is_valid():
        data = {name: form.cleaned_data[name] for name in ("what", "advice", "partners")}
        with refusal_on(form):
            made = talk_actions.write(by=reader(request), **data)
            return see_other(f"/droftinger/{made.id}")
    rows = Paginator(talks_for(reader(request)), PAGE_SIZE).get_page(request.GET.get("side"))
    shown: list[Talk] = list(rows.object_list)
    open_together(shown)
    figures = [
        {"quarter": quarter_in_words(each.quarter), "talks": each.talks, "became": each.became}
        for each in talk_queries.figures()
    ]
    context = {"form": form, "rows": shown, "page": rows, "figures": figures}
    return page(request, "triage/talks.html", context, status=422 if posted else 200)


@allow(Permission.TRIAGE)
@require_safe
def talk(request: HttpRequest, talk_id: UUID) -> HttpResponse:
    """One drøfting, and what it became for those who see it."""
    found = talk_for(reader(request), talk_id)
    context = {
        "talk": found,
        "became": became_for(reader(request), found),
        "ended": talk_queries.ended(found),
        "may_end": may_end(reader(request)),
    }
    return page(request, "triage/talk.html", context)


@allow(Permission.TRIAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, talk_id: UUID) -> HttpResponse:
    """A coordinator deletes one for good."""
    require_ending(reader(request))
    found = talk_for(reader(request), talk_id)
    if request.method != "POST" and talk_queries.ended(found) is not None:
        return see_other(f"/droftinger/{found.id}")
    form = EndTalkForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        with refusal_on(form):
            talk_actions.end(talk=found, why=form.cleaned_data["why"], by=reader(request))
            return back_with(request, "Drøftingen er slettet.", f"/droftinger/{found.id}")
    return page(request, "triage/talk_end.html", {"talk": found, "form": form}, status=422 if form.is_bound else 200)


@allow(Permission.TRIAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def become(request: HttpRequest, talk_id: UUID) -> HttpResponse:
    """The concern, filled in from the drøfting: one sending registers it and links the two."""
    found = talk_for(reader(request), talk_id)
    if request.method != "POST":
        return _become_page(request, found, RegisterForm(initial=_told_before(found)), 200)
    form = RegisterForm(request.POST)
    if not form.is_valid():
        return _become_page(request, found, form, 422)
    try:
        got = talk_actions.become_concern(
            talk=found, told=form.told(), channel=form.cleaned_data["channel"], client_key=form.key, by=reader(request)
        )
    except Refused as error:
        form.add_error(None, str(error))
        return _become_page(request, found, form, 422)
    except KeyUsed:
        return _become_page(request, found, _again(request), 422)
    may_read = Concern.objects.filter(id=got.concern_id).exists()
    context = {"receipt": got.receipt, "got": got, "may_read": may_read, "left_out": []}
    return page(request, "inbox/registered.html", context, status=201)


def _told_before(found: Talk) -> dict[str, Any]:
    what = f"{words(found, 'what')}\n\nRåd som ble gitt i drøftingen:\n{words(found, 'advice')}"
    return {"idempotency_key": uuid.uuid4().hex, "what": what, "reporter_kind": "ansatt"}


def _again(request: HttpRequest) -> RegisterForm:
    data = request.POST.copy()
    data["idempotency_key"] = uuid.uuid4().hex
    form = RegisterForm(data)
    form.add_error(None, USED)
    return form


def _become_page(request: HttpRequest, found: Talk, form: RegisterForm, status: int) -> HttpResponse:
    return page(request, "triage/talk_become.html", {"talk": found, "form": form}, status=status)
