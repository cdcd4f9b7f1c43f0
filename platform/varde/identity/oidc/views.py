"""Out to a provider and back. What comes back is checked in a GET, which only reads; it counts in the POST after it."""

import time
from dataclasses import asdict
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from varde.access import anyone, reader
from varde.access.ticket import presented
from varde.audit.actions import Action, record
from varde.identity import links
from varde.identity.models import Provider, User
from varde.identity.oidc import actions, discovery, flow, tokens
from varde.identity.oidc import claims as rules
from varde.identity.oidc.refusals import Refused, Why
from varde.identity.queries import FACTOR, has_second_factor, reader_of
from varde.identity.safe_next import safe_next
from varde.privacy.box import close
from varde.ui.shortcuts import page

_ANSWER = "oidc_answer"
_LIFE = 120
WAY_OUT = "provider_out"
_OUT_EVENT = "http://schemas.openid.net/event/backchannel-logout"


@anyone
@require_GET
def begin(request: HttpRequest, provider_id: UUID) -> HttpResponse:
    """To the provider: to log in, or with `bekreft` to confirm that it is still the same person."""
    provider = _provider(provider_id)
    confirm = "bekreft" in request.GET and request.user.is_authenticated
    return _send_off(request, provider, "confirm" if confirm else "login", next_url=safe_next(request))


@anyone
@require_GET
def begin_binding(request: HttpRequest, uid: str, token: str, provider_id: UUID) -> HttpResponse:
    """To the provider with an activation link in hand."""
    person = links.holder(uid, token)
    if person is None or not _may_bind(request, person):
        raise Http404
    return _send_off(request, _provider(provider_id), "bind", uid=uid, token=token)


@anyone
@require_GET
def back(request: HttpRequest, provider_id: UUID) -> HttpResponse:
    """From the provider. A good answer is kept in the session for two minutes and shown as a page with one button."""
    provider = _provider(provider_id)
    try:
        answer = flow.finish(request, provider)
        if answer.asked.purpose != "bind":
            _whose(request, answer.asked, answer.subject, provider)
    except Refused as refused:
        return _refuse(request, provider, refused.why)
    out = close(flow.end_url(provider, answer.id_token), purpose="oidc")
    kept = {"asked": asdict(answer.asked), "subject": answer.subject, "out": out, "at": time.time()}
    request.session[_ANSWER] = kept
    person = links.holder(answer.asked.uid, answer.asked.token) if answer.asked.purpose == "bind" else None
    return page(request, "identity/provider_back.html", {"provider": provider, "person": person})


@anyone
@require_POST
def finish(request: HttpRequest, provider_id: UUID) -> HttpResponse:
    """Log in, bind or confirm with the answer that was just checked; it counts once."""
    provider = _provider(provider_id)
    kept = request.session.pop(_ANSWER, None)
    try:
        if kept is None or time.time() - kept["at"] > _LIFE or kept["asked"]["provider"] != str(provider.id):
            raise Refused(Why.STATE)
        return _let_in(request, provider, flow.Asked(**kept["asked"]), kept)
    except Refused as refused:
        return _refuse(request, provider, refused.why)


@csrf_exempt
@anyone
@require_POST
def back_channel(request: HttpRequest, provider_id: UUID) -> HttpResponse:
    """The provider itself says that somebody has logged out there (OpenID Connect Back-Channel Logout 1.0)."""
    provider = _provider(provider_id)
    try:
        said, _ = tokens.read(request.POST.get("logout_token"), discovery.metadata(provider.issuer))
        rules.check_audience(said, provider.client_id)
        rules.check_times(said, time.time())
        events = said.get("events")
        if said.get("iss") != provider.issuer or "nonce" in said or not isinstance(events, dict):
            raise Refused(Why.TOKEN)
        if _OUT_EVENT not in events or not isinstance(said.get("sub"), str):
            raise Refused(Why.TOKEN)
    except Refused as refused:
        _note(request, provider, refused.why)
        return HttpResponse(status=400, headers={"Cache-Control": "no-store"})
    actions.end_sessions(issuer=provider.issuer, subject=said["sub"], before=said["iat"], by=reader(request))
    return HttpResponse(headers={"Cache-Control": "no-store"})


def _provider(provider_id: UUID) -> Provider:
    found = Provider.objects.filter(id=provider_id, active=True).first()
    if found is None:
        raise Http404
    return found


def _send_off(request: HttpRequest, provider: Provider, purpose: flow.Purpose, **more: str) -> HttpResponse:
    try:
        return HttpResponseRedirect(flow.begin(request, provider, purpose, **more))
    except Refused as refused:
        return _refuse(request, provider, refused.why)


def _may_bind(request: HttpRequest, person: User) -> bool:
    """A link alone must not go around a second factor that stands: then the person must be logged in beside it."""
    return not has_second_factor(person) or request.user == person


def _whose(request: HttpRequest, asked: flow.Asked, subject: str, provider: Provider) -> User:
    """The account of this subject; to confirm, it must be the one that is logged in."""
    user = actions.holder(provider.issuer, subject)
    if asked.purpose == "confirm" and request.user != user:
        raise Refused(Why.OTHER)
    return user


def _let_in(request: HttpRequest, provider: Provider, asked: flow.Asked, kept: dict[str, Any]) -> HttpResponse:
    if asked.purpose == "bind":
        person = links.holder(asked.uid, asked.token)
        if person is None or not _may_bind(request, person):
            raise Refused(Why.UNKNOWN)
        by = reader_of(person, reader(request).office)
        with presented(by):  # the link proves who this is
            actions.bind(user=person, provider=provider, subject=kept["subject"], by=by)
    user = _whose(request, asked, kept["subject"], provider)
    record_authentication(request, user, method="provider", kind=provider.kind)
    if asked.purpose == "confirm":
        record(by=reader(request), action=Action.CHANGE, what="identity.session", reason="bekreftet på nytt")
        return HttpResponseRedirect(asked.next or "/start")
    request.session[WAY_OUT] = {"label": provider.label, "url": kept["out"]}
    if not provider.acr_values:  # the provider promises no strength: our own second factor is asked for
        response: HttpResponse = perform_login(request, Login(user=user, redirect_url=asked.next or "/start"))
        return response
    get_adapter().login(request, user)
    request.session[FACTOR] = True
    return HttpResponseRedirect(asked.next or "/start")


def _refuse(request: HttpRequest, provider: Provider, why: Why) -> HttpResponse:
    _note(request, provider, why)
    again = f"/inn?{urlencode({'next': safe_next(request)})}" if safe_next(request) else "/inn"
    return page(request, "identity/provider_refused.html", {"sentence": Refused(why).sentence, "again": again}, 403)


def _note(request: HttpRequest, provider: Provider, why: Why) -> None:
    ground = f"login.{provider.kind}"
    record(by=reader(request), action=Action.DENIED, what="identity.session", reason=why.value, ground=ground)
