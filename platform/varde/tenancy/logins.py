"""Passwords of the offices' logins are derived, so none is stored anywhere."""

import hashlib
import hmac
import os

from django.conf import settings

from varde import env


def password_for(login: str) -> str:
    """The password of a login: HMAC-SHA256 of its name under the installation's login key, as hex.

    The migrator's is not derivable: it comes from its own secret, which web and worker are not given.
    """
    if login == f"{settings.DATABASES['default']['NAME']}_migrator":
        return os.environ.get("VARDE_MIGRATOR_PASSWORD") or env.secret("VARDE_MIGRATOR_PASSWORD")
    return derive(settings.LOGIN_KEY, login)


def derive(login_key: str, login: str) -> str:
    """The same, for whoever holds the key."""
    return hmac.new(login_key.encode(), login.encode(), hashlib.sha256).hexdigest()
