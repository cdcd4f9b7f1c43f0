"""Production does not start with what may never be true there."""

import os
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.test import override_settings

from tests.cast import ref
from varde.tenancy.door import as_identity, migrator, office
from varde.tenancy.guard import refuse_mighty_login

GOOD = {
    "DJANGO_SETTINGS_MODULE": "varde.settings.production",
    "VARDE_PUBLIC_HOST": "varde.example.no",
    "VARDE_SECRET_KEY": "k8s0Lq3vZr1xTn5wYb7cUd9eFg2hJm4pQa6",
    "VARDE_LOGIN_KEY": "p4Wm8Zt2Xc6Vb0Nn5Ll9Kk3Jj7Hh1Gg4Ff",
    "VARDE_DB_HOST": "db.example.no",
    "VARDE_BROKER_URL": "rediss://valkey.example.no:6379/0",
    "VARDE_MAIL_HOST": "mail.example.no",
}


def start(**changed: str | None) -> str:
    """What Django's start says with these settings; "" when it starts."""
    env = {key: value for key, value in (GOOD | changed).items() if value is not None}
    done = subprocess.run(
        [sys.executable, "-c", "import django; django.setup()"],
        env=env | {"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return done.stderr.strip().splitlines()[-1] if done.returncode else ""


def test_good_settings_start():
    assert start() == ""


@pytest.mark.parametrize(("changed", "says"), [
    ({"VARDE_DEBUG": "1"}, "DEBUG kan ikke være på"),
    ({"VARDE_DEBUG": "ja"}, "må være 0 eller 1"),
    ({"VARDE_SECRET_KEY": None}, "VARDE_SECRET_KEY mangler"),
    ({"VARDE_SECRET_KEY": "kort"}, "minst 32 tegn"),
    ({"VARDE_SECRET_KEY": "x" * 40}, "standardverdier"),
    ({"VARDE_SECRET_KEY": "test-secret-key-that-is-long-enough-to-pass"}, "standardverdier"),
    ({"VARDE_LOGIN_KEY": "test-login-key-that-is-long-enough-to-pass"}, "standardverdier"),
    ({"VARDE_LOGIN_KEY": GOOD["VARDE_SECRET_KEY"]}, "må være forskjellige"),
    ({"VARDE_SECRET_KEY": None, "VARDE_SECRET_KEY_FILE": "/finnes/ikke"}, "Kan ikke lese VARDE_SECRET_KEY_FILE"),
    ({"VARDE_DB_HOST": None}, "Innebygd database"),
    ({"VARDE_DB_HOST": "/srv/varde/run"}, "Innebygd database"),
    ({"VARDE_BROKER_URL": "redis+socket:///srv/varde/valkey.sock"}, "Innebygd Valkey"),
    ({"VARDE_ALLOW_RAW": "1"}, "VARDE_ALLOW_RAW"),
    ({"VARDE_PUBLIC_HOST": None}, "VARDE_PUBLIC_HOST mangler"),
    ({"VARDE_PUBLIC_HOST": "localhost"}, "Sett VARDE_PUBLIC_HOST"),
    ({"VARDE_MAIL_HOST": None}, "VARDE_MAIL_HOST mangler"),
    ({"VARDE_DB_POOL": "mange"}, "må være et heltall"),
])  # fmt: skip
def test_bad_settings_do_not(changed, says):
    assert says in start(**changed)


def test_the_logins_of_the_platform_are_not_mighty(house):
    refuse_mighty_login()
    with office(ref("gjovik")):
        refuse_mighty_login()


def test_the_owner_of_the_tables_is_refused(house):
    with as_identity(migrator()), pytest.raises(ImproperlyConfigured, match="for store rettigheter"):
        refuse_mighty_login()


def test_a_superuser_is_refused(house, monkeypatch, servers):
    import psycopg

    from varde.tenancy import guard

    with psycopg.connect(servers["dsn"]) as mighty:
        monkeypatch.setattr(guard, "connection", mighty)
        with pytest.raises(ImproperlyConfigured, match="for store rettigheter"):
            refuse_mighty_login()


def test_the_embedded_server_is_refused_by_its_name(house):
    with override_settings(MODE="production"), pytest.raises(ImproperlyConfigured, match="Innebygd database"):
        refuse_mighty_login()


def test_a_server_that_may_forget_what_it_promised_is_refused(house):
    with override_settings(MODE="production"), connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
        with pytest.raises(ImproperlyConfigured, match="synchronous_commit = on"):
            refuse_mighty_login()
        cursor.execute("RESET synchronous_commit")


def test_the_owners_password_is_not_wanted_in_the_web(house, monkeypatch):
    monkeypatch.setenv("VARDE_MIGRATOR_PASSWORD_FILE", "/run/secrets/owner")
    with override_settings(MODE="production"), pytest.raises(ImproperlyConfigured, match="eierens passord"):
        refuse_mighty_login()
