"""One's own pack and its passphrase; and the office's settings for packs."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from tenants.continuity import access, actions, making, outside, queries
from tenants.continuity.forms import ConfirmForm, RuleForm
from tenants.continuity.states import good_until, is_late
from varde.access import Permission, allow, reader
from varde.audit.actions import Action, record
from varde.clock import now
from varde.documents.serving import download
from varde.identity.stepup import fresh
from varde.refusal import Overtaken, Refused
from varde.ui.refusals import refusal_above, refusal_on
from varde.ui.shortcuts import back_with, page, see_other

HOME, SETTINGS = "/beredskap", "/team/beredskap"


@allow(Permission.INBOX_READ)
@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """What a pack is, when one's own was made, and how to get it."""
    return _own(request)


def _own(request: HttpRequest, status: int = 200, **bound: Any) -> HttpResponse:
    by, rule, at = reader(request), queries.rule(), now()
    user = next((one for one in queries.able() if one.id == by.user_id), None)
    holder = queries.holder_of(user)
    record(by=by, action=Action.VIEW, what="continuity.holder", ids=[holder.id] if holder else [])
    context = {
        "able": user is not None,
        "holder": holder,
        "rule": rule,
        "next": good_until(rule, at),
        "late": holder is not None and is_late(rule, holder.since, holder.made_at, at),
        "waiting": user is not None and queries.waiting(user) is not None,
        "folder": outside.name_of(holder.id) if holder and outside.folder() else "",
        "confirm_form": ConfirmForm(),
    }
    return page(request, "continuity/own.html", context | bound, status=status)


@allow(Permission.INBOX_READ)
@fresh
@require_POST
def passphrase(request: HttpRequest) -> HttpResponse:
    """A new passphrase, in this one answer and on no other page."""
    made = actions.new_passphrase(by=reader(request))
    context = {"made": made, "confirm_form": ConfirmForm()}
    return page(request, "continuity/passphrase.html", context)


@allow(Permission.INBOX_READ)
@require_POST
def confirm(request: HttpRequest) -> HttpResponse:
    """It is on paper, and has been typed back from there."""
    form = ConfirmForm(request.POST)
    if form.is_valid():
        with refusal_on(form, "passphrase"):
            actions.confirm(typed=form.cleaned_data["passphrase"], by=reader(request))
            return back_with(request, "Passordfrasen er i bruk. Legg arket i safen.", HOME)
    return _own(request, 422, confirm_form=form)


@allow(Permission.INBOX_READ)
@fresh
@require_GET
def fetch(request: HttpRequest) -> Any:
    """The pack as it is now, locked; every matter in it is in the log. Without a passphrase, to where one is made."""
    by = reader(request)
    holder, secret = access.own_pack(by)
    if holder is None:
        return HttpResponseRedirect(HOME)
    made = making.made_for(by, secret, now())
    making.note_taken(by, holder.id, made)
    return download([made.content], size=len(made.content), stem="beredskap", kind="pdf")


@allow(Permission.INBOX_READ)
@require_POST
def stop(request: HttpRequest) -> HttpResponse:
    """No pack for oneself any more."""
    by = reader(request)
    holder = queries.holder_of(access.able_user(by))
    with refusal_above(request):
        if holder is None:
            raise Refused("Du har ingen pakke å stanse.")
        actions.end_holder(holder=holder, by=by)
        messages.success(
            request, "Det lages ingen pakke til deg lenger. Makuler de du har, og arket med passordfrasen."
        )
    return see_other(HOME)


@allow(Permission.SETTINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """When packs are made, and for whom; POST changes it."""
    by, posted = reader(request), request.method == "POST"
    form = _form(request.POST if posted else None)
    if posted and form.is_valid():
        try:
            changed = actions.set_rule(rule=form.rule(), seen=form.was_seen, by=by)
        except Overtaken as error:
            newest, stands = queries.newest_rule(), queries.rule()
            said = {"active": stands.active, "hour": stands.hour, "keep_days": stands.keep_days}
            form.told(str(error), str(newest.pk) if newest else "", said)
        else:
            return back_with(request, "Lagret." if changed else "Ingenting er endret.", SETTINGS)
    record(by=by, action=Action.VIEW, what="continuity.rule")
    held = {one.user_id: one for one in queries.holders()}
    late = {one.id for one in queries.late(now())}
    context = {
        "form": form,
        "people": [
            (one, held.get(one.id), bool(held.get(one.id) and held[one.id].id in late)) for one in queries.able()
        ],
        "history": queries.history(),
        "folder": outside.folder() is not None,
    }
    return page(request, "continuity/settings.html", context, status=422 if posted else 200)


def _form(data: Any) -> RuleForm:
    newest, rule = queries.newest_rule(), queries.rule()
    initial = {"seen": str(newest.pk) if newest else "", "active": rule.active, "hour": rule.hour}
    return RuleForm(data, initial=initial | {"keep_days": rule.keep_days})


@allow(Permission.SETTINGS)
@require_POST
def end(request: HttpRequest, holder_id: UUID) -> HttpResponse:
    """Somebody has lost the paper, or leaves."""
    by = reader(request)
    holder = access.holder_for(by, holder_id)
    with refusal_above(request):
        actions.end_holder(holder=holder, by=by)
        messages.success(request, f"Det lages ingen pakke til {holder.user.name} før en ny passordfrase er bekreftet.")
    return see_other(SETTINGS)
