"""How allauth behaves in an office: nobody signs up by themselves."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class OfficeAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts come from an administrator's activation link only."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """No address is looked at, so none can be stored by a rate limit."""
        return "0.0.0.0"  # noqa: S104 - not a bind address

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return "/start"

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """The pages say themselves what happened."""
