"""Production does not start with what may never be true there: settings and places. The server: tests/exits."""

import os
from pathlib import Path
from unittest import mock

import psycopg
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import override_settings

from tests.cast import ref
from tests.exits.bad_starts import ALL, Bad, starts
from varde.tenancy import guard
from varde.tenancy.door import as_identity, migrator, office
from varde.tenancy.guard import refuse_bad_start, refuse_mighty_login


@pytest.fixture(scope="module")
def said() -> dict[str, str]:
    """All starts at once: what each bad one says, and the good one under ""."""
    return dict(zip(["", *(bad.name for bad in ALL)], starts([(None, ""), *((bad, "") for bad in ALL)]), strict=True))


def test_good_settings_start(said):
    assert said[""] == ""


@pytest.mark.parametrize("bad", ALL, ids=lambda bad: bad.name)
def test_one_bad_setting_is_refused_with_one_sentence(said, bad: Bad):
    assert bad.says in said[bad.name]
    assert said[bad.name].count("\n") == 0


def test_every_question_has_a_bad_setting():
    assert {question.name for question in guard.SETTINGS} == {bad.question for bad in ALL} - {""}


def test_each_sentence_says_what_to_do():
    sentences = [*(q.sentence for q in (*guard.SETTINGS, *guard.PLACES)), *(s.sentence for s in guard.SERVER)]
    verbs = ("Sett", "Fjern", "Lag", "Rett", "Tøm", "Gi", "må ha", "Slå på", "hent")
    assert [sentence for sentence in sentences if not any(verb in sentence for verb in verbs)] == []
    assert all(sentence.endswith(".") for sentence in sentences)


# --- places --------------------------------------------------------------------------------------------------


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home and keys as production wants them."""
    (tmp_path / "home").mkdir(mode=0o700)
    (tmp_path / "home/keys").mkdir(mode=0o700)
    (tmp_path / "home/keys/office").touch(mode=0o600)
    return tmp_path / "home"


def placed(home: Path, *, keys: bool = True, **env: str) -> str:
    """What the start says of the places; "" when it goes on to the database (which is the embedded one)."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("VARDE_MIGRATOR")}
    with (
        override_settings(MODE="production", HOME=home, KEYS_DIR=home / "keys"),
        mock.patch.dict(os.environ, clean | env, clear=True),
    ):
        try:
            refuse_bad_start(keys=keys)
        except ImproperlyConfigured as refused:
            return "" if guard.EMBEDDED in str(refused) else str(refused)
    return ""


def test_good_places_start(house, home):
    assert placed(home) == ""


@pytest.mark.parametrize(("place", "mode", "says"), [
    ("keys", 0o750, "Andre kan lese nøkkelmappen"),
    ("keys", 0o701, "Andre kan lese nøkkelmappen"),
    ("keys/office", 0o640, "Andre kan lese nøkkelmappen"),
    ("keys/office", 0o604, "Andre kan lese nøkkelmappen"),
    (".", 0o755, "VARDE_HOME"),
    (".", 0o770, "VARDE_HOME"),
    (".", 0o702, "VARDE_HOME"),
])  # fmt: skip
def test_a_place_that_is_open_to_others_is_refused(home, place, mode, says):
    (home / place).chmod(mode)
    assert says in placed(home)


def test_missing_keys_are_refused_but_not_for_beat(house, home):
    (home / "keys/office").unlink()
    (home / "keys").rmdir()
    assert "Nøkkelmappen finnes ikke" in placed(home)
    assert placed(home, keys=False) == ""


@pytest.mark.parametrize("name", ["VARDE_MIGRATOR_PASSWORD", "VARDE_MIGRATOR_PASSWORD_FILE"])
def test_the_owners_password_is_not_wanted_in_the_web(home, name):
    assert "eierens passord" in placed(home, **{name: "/run/secrets/owner"})


# --- logins, in every mode -----------------------------------------------------------------------------------


def test_the_logins_of_the_platform_are_not_mighty(house):
    refuse_mighty_login()
    with office(ref("gjovik")):
        refuse_mighty_login()


def test_the_owner_of_the_tables_is_refused(house):
    with as_identity(migrator()), pytest.raises(ImproperlyConfigured, match="CREATEROLE"):
        refuse_mighty_login()


def test_a_superuser_is_refused(house, monkeypatch, servers):
    with psycopg.connect(servers["dsn"]) as mighty:
        monkeypatch.setattr(guard, "connection", mighty)
        with pytest.raises(ImproperlyConfigured, match="for store rettigheter: superbruker"):
            refuse_mighty_login()
