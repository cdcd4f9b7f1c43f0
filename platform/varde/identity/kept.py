"""allauth's views behind our doors: only the pages we want, at our addresses, under allauth's url names.

A form that comes back with faults is answered 422, and no page of these may be kept by a cache.
"""

from collections.abc import Callable
from typing import Any, cast

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path

from varde.access import Permission, allow, anyone, reader
from varde.audit.actions import Action, record
from varde.identity.models import User
from varde.identity.oidc.views import WAY_OUT
from varde.identity.stepup import fresh
from varde.privacy.box import open_box
from varde.ui.shortcuts import page

Kept = Callable[..., Any]


def _ours(view: Kept, what: str = "") -> Callable[..., HttpResponse]:
    """The view with our headers; a successful change is logged as `what`."""

    def answer(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        response = view(request, **kwargs)
        if request.method == "POST" and response.status_code == 200:
            response.status_code = 422
        if response.status_code in (422, 429):
            response.stands = True  # an attempt that failed is counted, though nothing else of it stays
        elif request.method == "POST" and what and request.user.is_authenticated:
            record(by=reader(request), action=Action.CHANGE, what=what, ids=[request.user.id])
        response["Cache-Control"] = "no-store"
        return cast(HttpResponse, response)

    return answer


def _change_password(request: HttpRequest) -> HttpResponse:
    """Only the activation link sets a first password, so there is no page for that to be led to."""
    user = cast(User, request.user)
    if not user.has_usable_password():
        return HttpResponseRedirect("/konto")
    return cast(HttpResponse, account.password_change(request))


def _log_out(request: HttpRequest) -> HttpResponse:
    """Out here; where the log-in came from a provider, the next page offers to log out there too."""
    out = request.session.get(WAY_OUT)
    response = cast(HttpResponse, account.logout(request))
    if out and not request.user.is_authenticated:
        request.session[WAY_OUT] = out
        request.session.set_expiry(300)
        return HttpResponseRedirect("/ut/ferdig")
    return response


def _logged_out(request: HttpRequest) -> HttpResponse:
    """A link and no redirect: the machine may be shared, and then the person decides; and our CSP lets no form out."""
    out = request.session.pop(WAY_OUT, None)
    url = open_box(out["url"], purpose="oidc") if out else ""
    return page(request, "identity/logged_out.html", {"label": out["label"] if out else "", "url": url})


def _open(route: str, view: Kept, name: str, ground: str = "") -> URLPattern:
    """Open to anyone; with `ground`, a POST that let nobody in is a refusal in the log."""
    ours = _ours(view)

    def answer(request: HttpRequest, /, **kwargs: Any) -> HttpResponse:
        response = ours(request, **kwargs)
        if ground and request.method == "POST" and not request.user.is_authenticated:
            record(by=reader(request), action=Action.DENIED, what="identity.session", ground=ground)
        return response

    return path(route, anyone(answer), name=name)


def _own(route: str, view: Kept, name: str, what: str = "") -> URLPattern:
    return path(route, allow(Permission.BE_HERE)(_ours(view, what)), name=name)


def _sure(route: str, view: Kept, name: str, what: str = "") -> URLPattern:
    """How somebody logs in is changed only by somebody who has just confirmed who they are."""
    return path(route, allow(Permission.BE_HERE)(fresh(_ours(view, what))), name=name)


urlpatterns: list[URLPattern] = [
    _open("inn", account.login, "account_login"),
    _open("inn/totrinn", mfa.authenticate, "mfa_authenticate", "login.code"),
    _open("inn/passnokkel", webauthn.login_webauthn, "mfa_login_webauthn", "login.passkey"),
    _open("ut", _log_out, "account_logout"),
    _open("ut/ferdig", _logged_out, "identity.logged_out"),
    _own("konto/bekreft", account.reauthenticate, "account_reauthenticate"),
    _own("konto/bekreft/kode", mfa.reauthenticate, "mfa_reauthenticate"),
    _own("konto/bekreft/passnokkel", webauthn.reauthenticate_webauthn, "mfa_reauthenticate_webauthn"),
    _own("konto/passord", _change_password, "account_change_password", "identity.password"),
    _own("konto/totrinn", mfa.index, "mfa_index"),
    _sure("konto/totrinn/app", totp.activate_totp, "mfa_activate_totp", "identity.factor"),
    _sure("konto/totrinn/app/fjern", totp.deactivate_totp, "mfa_deactivate_totp", "identity.factor"),
    _own("konto/totrinn/passnokler", webauthn.list_webauthn, "mfa_list_webauthn"),
    _sure("konto/totrinn/passnokler/ny", webauthn.add_webauthn, "mfa_add_webauthn", "identity.factor"),
    _sure("konto/totrinn/passnokler/<int:pk>/navn", webauthn.edit_webauthn, "mfa_edit_webauthn"),
    _sure(
        "konto/totrinn/passnokler/<int:pk>/fjern", webauthn.remove_webauthn, "mfa_remove_webauthn", "identity.factor"
    ),
]
