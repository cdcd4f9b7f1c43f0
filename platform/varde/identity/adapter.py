"""How allauth behaves here: nobody signs up by themselves, no address is looked at, no answer tells who exists."""

import time
from typing import Any, ClassVar

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from varde.audit.actions import Action, record
from varde.identity.models import User
from varde.identity.queries import bound_to, reader_of
from varde.privacy.box import close, open_box
from varde.tenancy.door import need_office

WRONG = "E-posten eller passordet er feil."


class OfficeAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts come from an administrator's activation link only."""

    error_messages: ClassVar[dict[str, Any]] = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": WRONG,
        "enter_current_password": "Passordet er feil.",
        "incorrect_password": "Passordet er feil.",
        "incorrect_code": "Koden er feil eller brukt.",
        "too_many_login_attempts": "For mange forsøk. Vent fem minutter og prøv igjen.",
        "rate_limited": "For mange forsøk. Vent litt og prøv igjen.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """No address is looked at, so none can be stored by a rate limit."""
        return "0.0.0.0"  # noqa: S104 - not a bind address

    def is_safe_url(self, url: str | None) -> bool:
        """Only within this office: allauth would also lead on to every other host of the platform."""
        request = context.request
        return url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return "/start"

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return "/konto"

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """The pages say themselves what happened."""

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """A deactivated person gets the same answer as a wrong password, and the log notes that it failed."""
        user: User | None = super().authenticate(request, **credentials)
        if user is not None and user.is_active:
            return user
        by = request.reader  # type: ignore[attr-defined]
        record(by=by, action=Action.DENIED, what="identity.session", ground="login.password")
        return None

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        return HttpResponseRedirect("/inn")

    def login(self, request: HttpRequest, user: User) -> None:
        """Logged in with all factors: the log gets a row."""
        super().login(request, user)
        how = [str(row.get("type") or row["method"]) for row in get_authentication_records(request, user)]
        ground = "login." + "+".join(dict.fromkeys(how)) if how else "login"
        by = reader_of(user, need_office())
        record(by=by, action=Action.CREATE, what="identity.session", ids=[user.id], ground=ground[:60])

    def logout(self, request: HttpRequest) -> None:
        """Out: the log gets a row, while it is still known who it is."""
        if request.user.is_authenticated:
            by = request.reader  # type: ignore[attr-defined]
            record(by=by, action=Action.CHANGE, what="identity.session", ids=[by.user_id])
        super().logout(request)

    def reauthenticate(self, user: User, password: str) -> bool:
        """By the user row itself; allauth would look for a row in its own e-mail table, which we do not use."""
        found = self.authenticate(context.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """The passkey first, because it cannot be lured away; the provider too, where the person is bound to one."""
        own: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        if not user.is_authenticated:
            return own
        own.reverse()
        for bound in bound_to(user):
            way = reverse("oidc.begin", args=[bound.provider_id]) + "?bekreft=1"
            own.append({"id": "provider", "description": bound.provider.label, "url": way})
        return own

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Somebody who logged in a moment ago has just confirmed who they are."""
        request = context.request
        records = get_authentication_records(request, request.user)
        return not any(time.time() - row["at"] < app_settings.REAUTHENTICATION_TIMEOUT for row in records)


class OfficeMFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """The second factor, in Norwegian."""

    error_messages: ClassVar[dict[str, Any]] = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "Koden er feil eller brukt.",
    }

    def encrypt(self, text: str) -> str:
        """TOTP secrets and recovery seeds are closed under the office's key."""
        return close(text, purpose="mfa")

    def decrypt(self, encrypted_text: str) -> str:
        """The secret again."""
        return open_box(encrypted_text, purpose="mfa")
