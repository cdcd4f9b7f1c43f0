"""Production refuses to start with what may never be true there. Each question has one sentence that says what to do.

`refuse_bad_settings` is asked when Django is set up, so by every program; `refuse_bad_start` by web, worker, beat and
`varde check`, which also have places on the disk and a database server to answer for.
"""

import os
import stat
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from varde.clock import now

EMBEDDED = "Innebygd database kan ikke brukes i produksjon. Sett VARDE_DB_HOST til databasetjenerens navn."
MIGHTY = "Databaseinnloggingen har for store rettigheter: {}. Kjør DBA-stegene i driftshåndboken på nytt."
_DEFAULTS = ("test-secret", "test-login", "changeme", "django-insecure")
_HERE = ("localhost", "127.0.0.1", "::1")
_HALF_A_YEAR = 15_768_000  # seconds
_APART = timedelta(seconds=30)  # more than this between two clocks moves deadlines and the order of the log


class Refused(ImproperlyConfigured):
    """This start is refused. The text is our own sentences and nothing else, so it may be shown in a log."""

    made_of_our_sentences = True


@dataclass(frozen=True, slots=True)
class Question:
    """One thing that may not be: is it so, and what is to be done then."""

    name: str
    bad: Callable[[], bool]
    sentence: str


def refuse_bad_settings() -> None:
    """Raises Refused with one Norwegian sentence per fault; only in production."""
    if settings.MODE == "production":
        _refuse(SETTINGS)


def refuse_bad_start(*, keys: bool = True) -> None:
    """Raises Refused when the login is mighty (anywhere) or, in production, the disk or the server is unsafe.

    Beat asks without `keys`: it rings and opens nothing, so it is not given the folder of keys.
    """
    if settings.MODE == "production":
        _refuse(question for question in PLACES if keys or not question.name.startswith("keys"))
    refuse_mighty_login()
    if settings.MODE == "production":
        with connection.cursor() as cursor:
            refuse_bad_server(cursor)


def _refuse(questions: Iterable[Question]) -> None:
    sentences = [question.sentence for question in questions if question.bad()]
    if sentences:
        raise Refused(" ".join(dict.fromkeys(sentences)))


# --- settings: asked without disk or database ----------------------------------------------------------------


def _secrets() -> tuple[str, str]:
    return settings.SECRET_KEY, settings.LOGIN_KEY


def _database() -> tuple[str, dict[str, Any]]:
    database = settings.DATABASES["default"]
    return str(database["HOST"]), database["OPTIONS"]


def _embedded() -> bool:
    host = _database()[0]
    return host == "" or host.startswith("/") or "/run" in host


def _unsealed_line() -> bool:
    """Over a network the server must prove who it is; on this machine there is no line to listen to."""
    host, options = _database()
    mode = options.get("sslmode") or os.environ.get("PGSSLMODE", "")
    return host not in _HERE and not _embedded() and mode != "verify-full"


def _mail_in_the_clear() -> bool:
    mailers = settings.MAILERS.values()
    smtp = all(str(mailer["BACKEND"]).endswith(".smtp.EmailBackend") for mailer in mailers)
    return not smtp or not all(_has_tls(mailer.get("OPTIONS", {})) for mailer in mailers)


def _has_tls(options: dict[str, Any]) -> bool:
    return bool(options.get("use_tls") or options.get("use_ssl"))


def _broker() -> str:
    return str(settings.BROKER_URL)


SETTINGS: tuple[Question, ...] = (
    Question("debug", lambda: settings.DEBUG, "DEBUG kan ikke være på i produksjon. Fjern VARDE_DEBUG."),
    Question(
        "default keys",
        lambda: any(secret.startswith(_DEFAULTS) or len(set(secret)) < 10 for secret in _secrets()),
        "Nøklene er standardverdier. Lag nye, tilfeldige nøkler.",
    ),
    Question("short keys", lambda: min(map(len, _secrets())) < 32, "Nøklene må ha minst 32 tegn. Lag nye."),
    Question(
        "equal keys",
        lambda: len(set(_secrets())) == 1,
        "SECRET_KEY og LOGIN_KEY må være forskjellige. Lag en ny nøkkel til den ene.",
    ),
    Question("embedded database", _embedded, EMBEDDED),
    Question(
        "embedded broker",
        lambda: not _broker().startswith(("redis://", "rediss://")),
        "Innebygd Valkey kan ikke brukes i produksjon. Sett VARDE_BROKER_URL til meldingskøens adresse.",
    ),
    Question(
        "database without TLS",
        _unsealed_line,
        "Linjen til databasen må være kryptert og tjeneren kjent. Sett PGSSLMODE=verify-full og PGSSLROOTCERT.",
    ),
    Question("raw figures", lambda: settings.ALLOW_RAW, "VARDE_ALLOW_RAW kan ikke brukes i produksjon. Fjern den."),
    Question(
        "admins", lambda: bool(settings.ADMINS), "ADMINS må være tom: e-post med feil ville bære innhold. Tøm listen."
    ),
    Question(
        "managers",
        lambda: bool(settings.MANAGERS),
        "MANAGERS må være tom: e-post om adresser ville bære innhold. Tøm listen.",
    ),
    Question(
        "second factor",
        lambda: not settings.SECOND_FACTOR_REQUIRED,
        "Andre faktor må kreves i produksjon. Sett SECOND_FACTOR_REQUIRED = True.",
    ),
    Question(
        "host",
        lambda: settings.PUBLIC_HOST in _HERE,
        "Denne maskinen er ikke en adresse for andre. Sett VARDE_PUBLIC_HOST til tjenestens navn.",
    ),
    Question(
        "any host",
        lambda: any("*" in host for host in settings.ALLOWED_HOSTS),
        "Tjenesten kan ikke svare på alle navn. Sett VARDE_PUBLIC_HOST til tjenestens navn, uten stjerne.",
    ),
    Question("http", lambda: settings.PUBLIC_SCHEME != "https", "Adressene må være https. Sett PUBLIC_SCHEME = https."),
    Question(
        "no redirect",
        lambda: not settings.SECURE_SSL_REDIRECT,
        "Http må ledes til https. Sett SECURE_SSL_REDIRECT = True.",
    ),
    Question(
        "no HSTS",
        lambda: settings.SECURE_HSTS_SECONDS < _HALF_A_YEAR,
        "Nettlesere må få vite at bare https gjelder. Sett SECURE_HSTS_SECONDS til minst et halvt år.",
    ),
    Question(
        "session cookie",
        lambda: not (settings.SESSION_COOKIE_SECURE and settings.SESSION_COOKIE_HTTPONLY),
        "Øktens informasjonskapsel må være sikker. Sett SESSION_COOKIE_SECURE og SESSION_COOKIE_HTTPONLY = True.",
    ),
    Question(
        "csrf cookie",
        lambda: not settings.CSRF_COOKIE_SECURE,
        "Skjemaenes informasjonskapsel må være sikker. Sett CSRF_COOKIE_SECURE = True.",
    ),
    Question("mail", _mail_in_the_clear, "E-post må sendes med TLS. Sett use_tls eller use_ssl for e-posttjeneren."),
    Question(
        "error events",
        lambda: bool(settings.SENTRY_DSN) and not settings.SENTRY_DSN.startswith("https://"),
        "Feilhendelser må sendes over https. Rett adressen i VARDE_SENTRY_DSN, eller tøm den.",
    ),
    Question(
        "log lines",
        lambda: settings.LOGGING_CONFIG != "varde.exits.lines.configure",
        "Loggen må gå gjennom varde.exits.lines, ellers kan den bære innhold. Fjern egen LOGGING_CONFIG.",
    ),
    Question(
        "uploads",
        lambda: settings.FILE_UPLOAD_HANDLERS != ["varde.exits.uploads.InMemory"],
        "Vedlegg må holdes i minnet, ikke i midlertidige filer. Fjern egne FILE_UPLOAD_HANDLERS.",
    ),
    Question(
        "anchors",
        lambda: not settings.ANCHOR_MAIL and not settings.TSA_URL,
        "Loggens ankre må ut av huset, ellers kan den som eier databasen, skrive loggen om. Sett VARDE_ANCHOR_MAIL"
        " til en postkasse som driften ikke styrer, eller VARDE_TSA_URL til en stempelmyndighet.",
    ),
    Question(
        "virus check",
        lambda: not settings.CLAMD and not settings.UNSCANNED_ATTACHMENTS,
        "Ingen sjekker vedlegg for virus, så ingen ville fått åpnet dem. Sett VARDE_CLAMD til virusskanneren,"
        " eller VARDE_UNSCANNED_ATTACHMENTS=1 for å vise dem usjekket.",
    ),
)


# --- places on the disk --------------------------------------------------------------------------------------


def _open_to(path: Path, bits: int) -> bool:
    return path.exists() and bool(stat.S_IMODE(path.stat().st_mode) & bits)


def _keys_open() -> bool:
    """To anybody but us: the folder itself or one file in it."""
    folder: Path = settings.KEYS_DIR
    return folder.is_dir() and any(_open_to(path, 0o077) for path in (folder, *folder.rglob("*")))


PLACES: tuple[Question, ...] = (
    Question(
        "keys missing",
        lambda: not settings.KEYS_DIR.is_dir(),
        "Nøkkelmappen finnes ikke. Sett VARDE_KEYS til mappen, eller hent den fra kopien.",
    ),
    Question(
        "keys open",
        _keys_open,
        "Andre kan lese nøkkelmappen. Gi mappen rettighet 0700 og filene 0600.",
    ),
    Question(
        "home open",
        lambda: _open_to(settings.HOME, 0o066),
        "Andre kan lese eller skrive i VARDE_HOME. Gi mappen rettighet 0700.",
    ),
    Question(
        "owner's password",
        lambda: any(os.environ.get(f"VARDE_MIGRATOR_PASSWORD{end}") for end in ("", "_FILE")),
        "Nettstedet og arbeiderne skal ikke ha eierens passord. Fjern VARDE_MIGRATOR_PASSWORD.",
    ),
)


# --- the database server -------------------------------------------------------------------------------------

# Ours and every office's: one mighty login would be a way around all the others' rights.
_LOGINS = (
    "SELECT coalesce(bool_or(rolsuper), true), coalesce(bool_or(rolbypassrls), true),"
    " coalesce(bool_or(rolcreaterole), true),"
    " EXISTS (SELECT 1 FROM pg_class c JOIN pg_roles o ON o.oid = c.relowner WHERE o.rolname = session_user"
    "   OR (starts_with(o.rolname, current_database() || '_') AND o.rolname ~ '_(public|login)$'))"
    " FROM pg_roles WHERE rolname = session_user"
    " OR (starts_with(rolname, current_database() || '_') AND rolname ~ '_(public|login)$')"
)
_MIGHTY = ("superbruker", "BYPASSRLS", "CREATEROLE", "eier av tabeller")


def refuse_mighty_login() -> None:
    """Raises Refused when a login could pass the rights by; in the demo and in tests too."""
    with connection.cursor() as cursor:
        cursor.execute(_LOGINS)
        row: tuple[bool, ...] = cursor.fetchone() or (True,) * len(_MIGHTY)
    found = [word for word, is_so in zip(_MIGHTY, row, strict=True) if is_so]
    if found:
        raise Refused(MIGHTY.format(", ".join(found)))


_NO_VALUES = "Databasens logg ville bære innhold. Sett {} i postgresql.conf, og last den på nytt."


@dataclass(frozen=True, slots=True)
class ServerSetting:
    """What a setting of the server must be one of, and what is to be done otherwise."""

    name: str
    good: tuple[str, ...]
    sentence: str


def _silent(name: str, *good: str) -> ServerSetting:
    return ServerSetting(name, good, _NO_VALUES.format(f"{name} = {good[0]}"))


# None stands for a setting that this server does not know (its extension is not loaded).
SERVER: tuple[ServerSetting, ...] = (
    ServerSetting("fsync", ("on",), "Databasen må ha fsync = on, ellers kan et strømbrudd ta det som er kvittert."),
    ServerSetting("full_page_writes", ("on",), "Databasen må ha full_page_writes = on, ellers kan sider bli ødelagt."),
    ServerSetting(
        "synchronous_commit",
        ("on", "remote_apply"),
        "Databasen må ha synchronous_commit = on, ellers kan kvitterte meldinger bli borte.",
    ),
    ServerSetting(
        "password_encryption",
        ("scram-sha-256",),
        "Databasen må ha password_encryption = scram-sha-256. Sett det, og gi innloggingene passord på nytt.",
    ),
    _silent("log_statement", "none"),
    _silent("log_min_duration_statement", "-1"),
    _silent("log_min_duration_sample", "-1"),
    _silent("log_transaction_sample_rate", "0"),
    _silent("log_min_error_statement", "panic"),
    _silent("log_min_messages", "log", "fatal", "panic"),  # an ERROR line itself quotes a value that did not fit
    _silent("log_error_verbosity", "terse"),  # the detail of a refused row is the row: Key (n)=(…)
    _silent("log_parameter_max_length", "0"),
    _silent("log_parameter_max_length_on_error", "0"),
    _silent("debug_print_parse", "off"),
    _silent("debug_print_rewritten", "off"),
    _silent("debug_print_plan", "off"),
    _silent("auto_explain.log_min_duration", "-1", "", "None"),
    _silent("pgaudit.log_parameter", "off", "", "None"),
)


def refuse_bad_server(cursor: Any) -> None:
    """Raises Refused with a sentence for each setting of the server that is not as it must be."""
    cursor.execute(f"SELECT {', '.join(f"current_setting('{asked.name}', true)" for asked in SERVER)}")
    found = dict(zip((asked.name for asked in SERVER), map(str, cursor.fetchone()), strict=True))
    faults = [asked.sentence for asked in SERVER if found[asked.name] not in asked.good]
    cursor.execute("SELECT current_setting('cluster_name'), clock_timestamp()")
    name, clock = cursor.fetchone()
    faults += [sentence for bad, sentence in ((name == "varde-embedded", EMBEDDED), (_apart(clock), CLOCKS)) if bad]
    if faults:
        raise Refused(" ".join(faults))


CLOCKS = "Klokkene på denne maskinen og på databasen er for ulike. Slå på tidssynkronisering på begge."


def _apart(clock: datetime) -> bool:
    return abs(clock - now()) > _APART
