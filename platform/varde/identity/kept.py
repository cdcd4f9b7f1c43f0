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

Kept = Callable[..., Any]


def _ours(view: Kept, what: str = "") -> Callable[..., HttpResponse]:
    """The view with our headers; a successful change is logged as `what`."""

    def answer(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        response = view(request, **kwargs)
        if request.method == "POST" and response.status_code == 200:
            response.status_code = 422
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


def _open(route: str, view: Kept, name: str) -> URLPattern:
    return path(route, anyone(_ours(view)), name=name)


def _own(route: str, view: Kept, name: str, what: str = "") -> URLPattern:
    return path(route, allow(Permission.BE_HERE)(_ours(view, what)), name=name)


urlpatterns: list[URLPattern] = [
    _open("inn", account.login, "account_login"),
    _open("inn/totrinn", mfa.authenticate, "mfa_authenticate"),
    _open("inn/passnokkel", webauthn.login_webauthn, "mfa_login_webauthn"),
    _open("ut", account.logout, "account_logout"),
    _own("konto/bekreft", account.reauthenticate, "account_reauthenticate"),
    _own("konto/bekreft/kode", mfa.reauthenticate, "mfa_reauthenticate"),
    _own("konto/bekreft/passnokkel", webauthn.reauthenticate_webauthn, "mfa_reauthenticate_webauthn"),
    _own("konto/passord", _change_password, "account_change_password", "identity.password"),
    _own("konto/totrinn", mfa.index, "mfa_index"),
    _own("konto/totrinn/app", totp.activate_totp, "mfa_activate_totp", "identity.factor"),
    _own("konto/totrinn/app/fjern", totp.deactivate_totp, "mfa_deactivate_totp", "identity.factor"),
    _own("konto/totrinn/passnokler", webauthn.list_webauthn, "mfa_list_webauthn"),
    _own("konto/totrinn/passnokler/ny", webauthn.add_webauthn, "mfa_add_webauthn", "identity.factor"),
    _own("konto/totrinn/passnokler/<int:pk>/navn", webauthn.edit_webauthn, "mfa_edit_webauthn"),
    _own("konto/totrinn/passnokler/<int:pk>/fjern", webauthn.remove_webauthn, "mfa_remove_webauthn", "identity.factor"),
]
