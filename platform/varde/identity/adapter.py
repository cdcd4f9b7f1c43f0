"""How allauth behaves here: nobody signs up by themselves, no address is looked at, no answer tells who exists."""

import time
from typing import Any, ClassVar

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

from varde.audit.actions import Action, record
from varde.identity.models import User
from varde.identity.queries import reader_of
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
        record(by=request.reader, action=Action.DENIED, what="identity.session")  # type: ignore[attr-defined]
        return None

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        return HttpResponseRedirect("/inn")

    def login(self, request: HttpRequest, user: User) -> None:
        """Logged in with all factors: the log gets a row."""
        super().login(request, user)
        record(by=reader_of(user, need_office()), action=Action.CREATE, what="identity.session", ids=[user.id])

    def reauthenticate(self, user: User, password: str) -> bool:
        """By the user row itself; allauth would look for a row in its own e-mail table, which we do not use."""
        found = self.authenticate(context.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

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
