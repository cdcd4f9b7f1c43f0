"""The demo: everything on this machine, no TLS, passwords that `make demo` prints."""

from varde.settings.base import *  # noqa: F403
from varde.settings.base import HOME

MODE = "demo"
PUBLIC_SCHEME = "http"
SECOND_FACTOR_REQUIRED = False
SESSION_COOKIE_SECURE = False
CSRF_COOKIE_SECURE = False
SESSION_COOKIE_NAME = "varde"
CSRF_COOKIE_NAME = "varde-csrf"
MAILERS = {
    "default": {
        "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        "OPTIONS": {"file_path": str(HOME / "mail")},
    }
}
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
UNSCANNED_ATTACHMENTS = True  # no scanner beside the demo; the page says «ikke virussjekket»
