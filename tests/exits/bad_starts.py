"""Settings that production may never start with: one bad thing each, and what the start says then."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
GOOD = {
    "VARDE_PUBLIC_HOST": "varde.example.no",
    "VARDE_SECRET_KEY": "k8s0Lq3vZr1xTn5wYb7cUd9eFg2hJm4pQa6",
    "VARDE_LOGIN_KEY": "p4Wm8Zt2Xc6Vb0Nn5Ll9Kk3Jj7Hh1Gg4Ff",
    "VARDE_DB_HOST": "db.example.no",
    "PGSSLMODE": "verify-full",
    "VARDE_BROKER_URL": "rediss://valkey.example.no:6379/0",
    "VARDE_MAIL_HOST": "mail.example.no",
    "VARDE_CLAMD": "/run/clamav/clamd.ctl",
    "VARDE_ANCHOR_MAIL": "anker@revisjon.example.no",
}


@dataclass(frozen=True)
class Bad:
    """One bad thing; `question` is who must see it ("" when the environment's own reader does)."""

    name: str
    says: str
    env: dict[str, str | None] = field(default_factory=dict)
    override: dict[str, Any] = field(default_factory=dict)
    question: str = ""


def mail(**options: Any) -> dict[str, Any]:
    backend = "django.core.mail.backends.smtp.EmailBackend"
    return {"MAILERS": {"default": {"BACKEND": backend, "OPTIONS": {"host": "mail.example.no"} | options}}}


FILES = {"MAILERS": {"default": {"BACKEND": "django.core.mail.backends.filebased.EmailBackend"}}}
TEST_KEY, OTHER_KEY = "test-secret-key-that-is-long-enough-to-pass", "test-login-key-that-is-long-enough-to-pass"

# Seen by the reader of the environment, before any question can be asked.
UNREADABLE = (
    Bad("debug unclear", "må være 0 eller 1", {"VARDE_DEBUG": "ja"}),
    Bad("no secret key", "VARDE_SECRET_KEY mangler", {"VARDE_SECRET_KEY": None}),
    Bad("no login key", "VARDE_LOGIN_KEY mangler", {"VARDE_LOGIN_KEY": None}),
    Bad("short secret key", "minst 32 tegn", {"VARDE_SECRET_KEY": "kort"}),
    Bad("short login key", "minst 32 tegn", {"VARDE_LOGIN_KEY": "kort"}),
    Bad(
        "key file gone",
        "Kan ikke lese VARDE_SECRET_KEY_FILE",
        {"VARDE_SECRET_KEY": None, "VARDE_SECRET_KEY_FILE": "/finnes/ikke"},
    ),
    Bad("no host", "VARDE_PUBLIC_HOST mangler", {"VARDE_PUBLIC_HOST": None}),
    Bad("no mail host", "VARDE_MAIL_HOST mangler", {"VARDE_MAIL_HOST": None}),
    Bad("pool unclear", "må være et heltall", {"VARDE_DB_POOL": "mange"}),
)
ASKED = (
    Bad("debug", "DEBUG kan ikke være på", {"VARDE_DEBUG": "1"}, question="debug"),
    Bad("one letter key", "standardverdier", {"VARDE_SECRET_KEY": "x" * 40}, question="default keys"),
    Bad("test secret key", "standardverdier", {"VARDE_SECRET_KEY": TEST_KEY}, question="default keys"),
    Bad("test login key", "standardverdier", {"VARDE_LOGIN_KEY": OTHER_KEY}, question="default keys"),
    Bad("short key in the file", "minst 32 tegn", {}, {"SECRET_KEY": "abcdefghijklmno"}, "short keys"),
    Bad("equal keys", "må være forskjellige", {"VARDE_LOGIN_KEY": GOOD["VARDE_SECRET_KEY"]}, question="equal keys"),
    Bad("no database host", "Innebygd database", {"VARDE_DB_HOST": None}, question="embedded database"),
    Bad("database by socket", "Innebygd database", {"VARDE_DB_HOST": "/srv/run"}, question="embedded database"),
    Bad("broker by socket", "Innebygd Valkey", {"VARDE_BROKER_URL": "redis+socket:///s"}, question="embedded broker"),
    Bad("no sslmode", "PGSSLMODE=verify-full", {"PGSSLMODE": None}, question="database without TLS"),
    Bad("ssl off", "PGSSLMODE=verify-full", {"PGSSLMODE": "disable"}, question="database without TLS"),
    Bad("ssl with anybody", "PGSSLMODE=verify-full", {"PGSSLMODE": "require"}, question="database without TLS"),
    Bad("raw figures", "VARDE_ALLOW_RAW", {"VARDE_ALLOW_RAW": "1"}, question="raw figures"),
    Bad("admins", "ADMINS må være tom", {}, {"ADMINS": ["drift@example.no"]}, "admins"),
    Bad("managers", "MANAGERS må være tom", {}, {"MANAGERS": ["drift@example.no"]}, "managers"),
    Bad("no second factor", "Andre faktor", {}, {"SECOND_FACTOR_REQUIRED": False}, "second factor"),
    Bad("localhost", "Sett VARDE_PUBLIC_HOST", {"VARDE_PUBLIC_HOST": "localhost"}, question="host"),
    Bad("any host", "uten stjerne", {"VARDE_PUBLIC_HOST": "*"}, question="any host"),
    Bad("any host in the file", "uten stjerne", {}, {"ALLOWED_HOSTS": ["*"]}, "any host"),
    Bad("http", "PUBLIC_SCHEME", {}, {"PUBLIC_SCHEME": "http"}, "http"),
    Bad("no redirect to https", "SECURE_SSL_REDIRECT", {}, {"SECURE_SSL_REDIRECT": False}, "no redirect"),
    Bad("no HSTS", "SECURE_HSTS_SECONDS", {}, {"SECURE_HSTS_SECONDS": 0}, "no HSTS"),
    Bad("session cookie", "SESSION_COOKIE_SECURE", {}, {"SESSION_COOKIE_SECURE": False}, "session cookie"),
    Bad("readable cookie", "SESSION_COOKIE_HTTPONLY", {}, {"SESSION_COOKIE_HTTPONLY": False}, "session cookie"),
    Bad("csrf cookie", "CSRF_COOKIE_SECURE", {}, {"CSRF_COOKIE_SECURE": False}, "csrf cookie"),
    Bad("mail without TLS", "E-post må sendes med TLS", {}, mail(), "mail"),
    Bad("mail to files", "E-post må sendes med TLS", {}, FILES, "mail"),
    Bad("events over http", "over https", {"VARDE_SENTRY_DSN": "http://k@s.example.no/1"}, question="error events"),
    Bad("own log", "varde.exits.lines", {}, {"LOGGING_CONFIG": None}, "log lines"),
    Bad("no scanner", "sjekker vedlegg for virus", {"VARDE_CLAMD": None}, question="virus check"),
    Bad("anchors stay", "ankre må ut av huset", {"VARDE_ANCHOR_MAIL": None}, question="anchors"),
    Bad("files on disk", "midlertidige filer", {}, {"FILE_UPLOAD_HANDLERS": []}, "uploads"),
)
ALL = UNREADABLE + ASKED


def starts(asked: Iterable[tuple[Bad | None, str]]) -> list[str]:
    """What each start says, of (what is bad or None, the question that nobody asks or "")."""
    cases = [case(bad, without) for bad, without in asked]
    done = subprocess.run(
        [sys.executable, "-m", "tests.exits.starts"],
        input=json.dumps(cases), env={"PATH": os.environ["PATH"]}, cwd=ROOT,
        capture_output=True, text=True, timeout=300, check=True,
    )  # fmt: skip
    said: list[str] = json.loads(done.stdout)
    return said


def case(bad: Bad | None, without: str) -> dict[str, Any]:
    """Good settings but for one thing."""
    env = GOOD | (bad.env if bad else {})
    return {
        "env": {name: value for name, value in env.items() if value is not None},
        "override": bad.override if bad else {},
        "without": without,
    }
