"""Each protection of the exits is taken away, and what the tests of tests/exits look for is then there."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.test import override_settings

from tests.exits.bad_starts import ASKED, starts
from tests.exits.trial import Outcome, trial
from varde.exits import sheets
from varde.tenancy import guard


@pytest.fixture
def tried(servers, django_db_setup, django_db_blocker, tmp_path):
    """A trial of the thirteen secrets without one protection."""

    def without(name: str) -> Outcome:
        with django_db_blocker.unblock():
            return trial(servers, tmp_path, settings.HOME / "log/postgres.log", without=name)

    return without


def test_without_the_builder_four_or_more_of_thirteen_leave(tried):
    outcome = tried("build_event")
    found = outcome.planted.hits(outcome.events)
    print(f"uten build_event: {len(found)} av 13 i {len(outcome.events)} byte: {found}")
    assert len(found) >= 4


def test_with_the_usual_formatter_the_log_tells(tried):
    outcome = tried("formatter")
    found = outcome.planted.hits(outcome.log)
    print(f"uten PlaceFormatter: {len(found)} av 13 i {len(outcome.log)} byte: {found}")
    assert {"log line", "exception text"} <= set(found)


def test_with_its_own_formatter_the_web_server_tells_the_address(tried):
    outcome = tried("take_over")
    assert "remote address" in outcome.planted.hits(outcome.log)


@pytest.fixture(scope="module")
def started() -> dict[str, str]:
    """Every bad setting with its own question dropped."""
    return dict(zip((bad.name for bad in ASKED), starts((bad, bad.question) for bad in ASKED), strict=True))


@pytest.mark.parametrize("bad", ASKED, ids=lambda bad: bad.name)
def test_without_its_question_a_bad_setting_starts(started, bad):
    assert started[bad.name] == ""


@pytest.mark.parametrize(
    ("name", "mode"), [("keys open", 0o755), ("home open", 0o700), ("keys missing", 0), ("owner's password", 0o700)]
)
def test_without_its_question_a_bad_place_passes(tmp_path: Path, monkeypatch, name, mode):
    home = tmp_path / "home"
    home.mkdir(mode=0o700 if name != "home open" else 0o755)
    if mode:
        (home / "keys").mkdir(mode=mode)
    monkeypatch.delenv("VARDE_MIGRATOR_PASSWORD", raising=False)
    if name == "owner's password":
        monkeypatch.setenv("VARDE_MIGRATOR_PASSWORD", "x" * 40)
    with override_settings(HOME=home, KEYS_DIR=home / "keys"):
        with pytest.raises(ImproperlyConfigured):
            guard._refuse(guard.PLACES)
        guard._refuse(question for question in guard.PLACES if question.name != name)


def test_without_the_apostrophe_a_cell_is_a_formula(monkeypatch):
    monkeypatch.setattr(sheets, "_FORMULA", ("\0",))
    assert sheets.cell("=1+1") == "=1+1"
