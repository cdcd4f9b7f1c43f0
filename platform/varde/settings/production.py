"""Production: only what differs. What must not be true here is refused at start (varde.tenancy.guard)."""

from varde import env
from varde.settings.base import *  # noqa: F403

MODE = "production"
PUBLIC_HOST = env.text("VARDE_PUBLIC_HOST")
DEBUG = env.flag("VARDE_DEBUG")  # read only so that the guard can refuse it
SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
MAILERS = {
    "default": {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {"host": env.text("VARDE_MAIL_HOST"), "use_tls": True, "timeout": 10},
    }
}
