"""A real server with one bad setting, and real logins with one right too many: each is refused, alone."""

from collections.abc import Iterator

import psycopg
import pytest
from django.core.exceptions import ImproperlyConfigured

from tests.exits.server import Server, production_like
from varde.tenancy import guard
from varde.tenancy.cluster import bootstrap

BAD = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "password_encryption": "md5",
    "log_statement": "mod",
    "log_min_duration_statement": "0",
    "log_min_duration_sample": "0",
    "log_transaction_sample_rate": "0.5",
    "log_min_error_statement": "error",
    "log_min_messages": "warning",
    "log_error_verbosity": "default",
    "log_parameter_max_length": "-1",
    "log_parameter_max_length_on_error": "-1",
    "debug_print_parse": "on",
    "debug_print_rewritten": "on",
    "debug_print_plan": "on",
}
# Extensions: any login may set what is not loaded, so the session stands for the server.
EXTENSIONS = {"auto_explain.log_min_duration": "0", "pgaudit.log_parameter": "on"}


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[Server]:
    """One for all of them."""
    with pytest.MonkeyPatch.context() as patch, production_like(tmp_path_factory.mktemp("db"), patch) as started:
        yield started


def said(connection: psycopg.Connection) -> str:
    try:
        guard.refuse_bad_server(connection.cursor())
    except ImproperlyConfigured as refused:
        return str(refused)
    return ""


def test_a_good_server_is_accepted(server):
    with server.connect() as connection:
        assert said(connection) == ""


@pytest.mark.parametrize("name", BAD)
def test_one_bad_setting_of_the_server_is_refused(server, name):
    with server.told(**{name: BAD[name]}), server.connect() as connection:
        sentence = said(connection)
    assert f"{name} = " in sentence
    assert sentence.count(". ") <= 1


@pytest.mark.parametrize("name", EXTENSIONS)
def test_an_extension_that_logs_values_is_refused(server, name):
    with server.connect() as connection:
        connection.execute(f"SET {name} = '{EXTENSIONS[name]}'")
        assert f"{name} = " in said(connection)


def test_every_setting_has_its_bad_one():
    assert {asked.name for asked in guard.SERVER} == BAD.keys() | EXTENSIONS.keys()


@pytest.mark.parametrize("name", [*BAD, *EXTENSIONS])
def test_without_its_question_the_bad_setting_passes(server, monkeypatch, name):
    monkeypatch.setattr(guard, "SERVER", tuple(asked for asked in guard.SERVER if asked.name != name))
    settings = {name: BAD[name]} if name in BAD else {}
    with server.told(**settings), server.connect() as connection:
        if name in EXTENSIONS:
            connection.execute(f"SET {name} = '{EXTENSIONS[name]}'")
        assert said(connection) == ""


@pytest.mark.parametrize("seconds", [-31, 31])
def test_a_clock_that_is_far_away_is_refused(server, monkeypatch, seconds):
    true = guard.now
    monkeypatch.setattr(guard, "now", lambda: true() + guard.timedelta(seconds=seconds))
    with server.connect() as connection:
        assert said(connection) == guard.CLOCKS


# --- logins --------------------------------------------------------------------------------------------------

LOGIN, OFFICE = "varde_public", "varde_kommune_3407_login"
MIGHTY = {
    "superbruker": "ALTER ROLE {} SUPERUSER",
    "BYPASSRLS": "ALTER ROLE {} BYPASSRLS",
    "CREATEROLE": "ALTER ROLE {} CREATEROLE",
    "eier av tabeller": "CREATE TABLE fleet.mine (); ALTER TABLE fleet.mine OWNER TO {}",
}
UNDO = {
    "superbruker": "ALTER ROLE {} NOSUPERUSER",
    "BYPASSRLS": "ALTER ROLE {} NOBYPASSRLS",
    "CREATEROLE": "ALTER ROLE {} NOCREATEROLE",
    "eier av tabeller": "DROP TABLE fleet.mine",
}


@pytest.fixture(scope="module")
def logins(server) -> Server:
    """The roles of a new installation and one office's."""
    bootstrap(server.dsn, database="varde", migrator_password="m" * 40, login_key="k" * 40)
    with server.connect() as mighty:
        mighty.execute(f"CREATE ROLE {OFFICE} LOGIN")
        mighty.execute("ALTER ROLE varde_public PASSWORD 'p'")
    return server


def as_public(server: Server, monkeypatch: pytest.MonkeyPatch) -> str:
    """What a start as the public login says of the logins."""
    with psycopg.connect(host="127.0.0.1", port=server.port, user=LOGIN, password="p", dbname="varde") as connection:
        monkeypatch.setattr(guard, "connection", connection)
        try:
            guard.refuse_mighty_login()
        except ImproperlyConfigured as refused:
            return str(refused)
    return ""


def test_the_logins_of_a_new_installation_are_accepted(logins, monkeypatch):
    assert as_public(logins, monkeypatch) == ""


@pytest.mark.parametrize("right", MIGHTY)
@pytest.mark.parametrize("login", [LOGIN, OFFICE])
def test_one_right_too_many_is_refused_our_own_and_any_offices(logins, monkeypatch, right, login):
    with logins.connect(dbname="varde") as mighty:
        mighty.execute(MIGHTY[right].format(login))
        try:
            assert as_public(logins, monkeypatch) == guard.MIGHTY.format(right)
        finally:
            mighty.execute(UNDO[right].format(login))
