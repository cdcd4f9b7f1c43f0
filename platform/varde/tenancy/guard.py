"""Production refuses to start with what may never be true there."""

import os
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

EMBEDDED = "Innebygd database kan ikke brukes i produksjon."
_DEFAULTS = ("test-secret", "test-login", "changeme", "django-insecure")


def refuse_bad_settings() -> None:
    """Raises ImproperlyConfigured with one Norwegian sentence per fault."""
    if settings.MODE != "production":
        return
    faults = [sentence for bad, sentence in _questions() if bad]
    if faults:
        raise ImproperlyConfigured(" ".join(faults))


def _questions() -> list[tuple[bool, str]]:
    secrets = (settings.SECRET_KEY, settings.LOGIN_KEY)
    host = str(settings.DATABASES["default"]["HOST"])
    return [
        (settings.DEBUG, "DEBUG kan ikke være på i produksjon."),
        (
            any(s.startswith(_DEFAULTS) or len(set(s)) < 10 for s in secrets),
            "Nøklene er standardverdier. Lag nye.",
        ),
        (secrets[0] == secrets[1], "SECRET_KEY og LOGIN_KEY må være forskjellige."),
        (
            host == "" or host.startswith("/") or "/run" in host,
            EMBEDDED,
        ),
        (
            not settings.BROKER_URL.startswith(("redis://", "rediss://")),
            "Innebygd Valkey kan ikke brukes i produksjon.",
        ),
        (settings.ALLOW_RAW, "VARDE_ALLOW_RAW kan ikke brukes i produksjon."),
        (bool(settings.ADMINS), "ADMINS må være tom: e-post med feil ville bære innhold."),
        (not settings.SECOND_FACTOR_REQUIRED, "Andre faktor må kreves i produksjon."),
        (not settings.SESSION_COOKIE_SECURE, "Informasjonskapsler må være sikre i produksjon."),
        (settings.PUBLIC_HOST in ("localhost", "127.0.0.1"), "Sett VARDE_PUBLIC_HOST til tjenestens navn."),
    ]


def refuse_mighty_login() -> None:
    """Raises when the login could pass the rights by (superuser, BYPASSRLS, owner of tables), or the server is unsafe.

    Called when the web and the worker start and by `varde check`.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper OR rolbypassrls OR rolcreaterole,"
            " EXISTS (SELECT 1 FROM pg_class WHERE relowner = r.oid)"
            " FROM pg_roles r WHERE rolname = session_user"
        )
        row: tuple[Any, ...] | None = cursor.fetchone()
        cursor.execute(f"SELECT {', '.join(f"current_setting('{name}')" for name in _SERVER)}")
        server = dict(zip(_SERVER, cursor.fetchone(), strict=True))
    faults = [sentence for name, (bad, sentence) in _SERVER.items() if server[name] == bad]
    if any(os.environ.get(name) for name in ("VARDE_MIGRATOR_PASSWORD", "VARDE_MIGRATOR_PASSWORD_FILE")):
        faults.append("Nettstedet og arbeiderne skal ikke ha eierens passord (VARDE_MIGRATOR_PASSWORD).")
    if settings.MODE == "production" and faults:
        raise ImproperlyConfigured(" ".join(faults))
    if row is None or row[0] or row[1]:
        raise ImproperlyConfigured("Databaseinnloggingen har for store rettigheter. Den må verken eie eller omgå noe.")


# What a server in production may not say of itself: a receipt is a promise that the row is on the disk.
_SERVER = {
    "cluster_name": ("varde-embedded", EMBEDDED),
    "fsync": ("off", "Databasen må ha fsync = on, ellers kan et strømbrudd ta det som er kvittert."),
    "full_page_writes": ("off", "Databasen må ha full_page_writes = on."),
    "synchronous_commit": ("off", "Databasen må ha synchronous_commit = on, ellers kan kvitterte meldinger bli borte."),
}
