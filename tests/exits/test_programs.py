"""Web, worker, beat and `varde check`, as production starts them: one bad thing stops each, a good start goes on."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.exits.bad_starts import GOOD, ROOT
from tests.exits.programs import until
from tests.exits.server import Server, free_port, production_like
from varde.embedded.places import valkey_server
from varde.embedded.process import end, spawn
from varde.tenancy.cluster import bootstrap

PROGRAMS = {
    "web": ["-m", "gunicorn", "varde.wsgi:application", "--no-control-socket", "--bind", "127.0.0.1:0"],
    "worker": ["-m", "celery", "-A", "varde.celery", "worker", "--pool", "solo", "--loglevel", "WARNING"],
    "beat": ["-m", "celery", "-A", "varde.celery", "beat", "--pidfile", "", "--schedule"],
    "check": ["-m", "varde.cli", "check"],
}
KEYS_OPEN = "Andre kan lese nøkkelmappen"
SETTLED = 6  # seconds that a good program must have stayed


@dataclass
class House:
    """A server, a broker and a home, all good."""

    server: Server
    home: Path
    env: dict[str, str]

    def start(self, program: str, **changed: str) -> "subprocess.Popen[bytes]":
        """One of the programs; its words go to `home`/`program`.log."""
        self.log(program).unlink(missing_ok=True)
        more = [str(self.home / "beat-schedule")] if program == "beat" else []
        argv = [sys.executable, *PROGRAMS[program], *more]
        return spawn(argv, log=self.log(program), env=self.env | changed, cwd=ROOT)

    def log(self, program: str) -> Path:
        return self.home.parent / f"{program}.log"

    def refusals(self, **changed: str) -> dict[str, str]:
        """What each program said before it ended; "" for one that stayed, or that was content (check)."""
        started = {program: self.start(program, **changed) for program in PROGRAMS}
        try:
            until(lambda: all(process.poll() is not None for process in started.values()), self.patience(started))
            ended = {program: process.poll() for program, process in started.items()}
        finally:
            for process in started.values():
                end(process)
        return {program: self.log(program).read_text() if ended[program] else "" for program in PROGRAMS}

    def patience(self, started: dict[str, "subprocess.Popen[bytes]"]) -> float:
        """From when `check`, which does what the others do, is through."""
        until(lambda: started["check"].poll() is not None, 60)
        return SETTLED


@pytest.fixture(scope="module")
def house_of_production(tmp_path_factory) -> Iterator[House]:
    """PostgreSQL and Valkey over TCP on this machine, with a bootstrapped database."""
    base = tmp_path_factory.mktemp("production")
    (base / "home/keys").mkdir(parents=True, mode=0o700)
    (base / "home").chmod(0o700)
    broker = free_port()
    valkey = spawn([str(valkey_server()), "--port", str(broker), "--save", ""], log=base / "valkey.log", cwd=base)
    try:
        with pytest.MonkeyPatch.context() as patch, production_like(base / "db", patch) as server:
            bootstrap(server.dsn, database="varde", migrator_password="m" * 40, login_key=GOOD["VARDE_LOGIN_KEY"])
            yield House(server, base / "home", environment(base / "home", server.port, broker))
    finally:
        end(valkey)


def environment(home: Path, port: int, broker: int) -> dict[str, str]:
    """Good settings for these servers; on this machine there is no line to the database that TLS could guard."""
    good = {name: value for name, value in GOOD.items() if name != "PGSSLMODE"}
    return good | {
        "PATH": os.environ["PATH"],
        "LC_ALL": "C.UTF-8",
        "DJANGO_SETTINGS_MODULE": "varde.settings.production",
        "VARDE_HOME": str(home),
        "VARDE_DB_HOST": "127.0.0.1",
        "VARDE_DB_PORT": str(port),
        "VARDE_BROKER_URL": f"redis://127.0.0.1:{broker}/0",
    }


def test_with_everything_good_all_four_start(house_of_production):
    assert house_of_production.refusals() == dict.fromkeys(PROGRAMS, "")


def test_a_bad_setting_stops_all_four(house_of_production):
    said = house_of_production.refusals(VARDE_DEBUG="1")
    assert [program for program in PROGRAMS if "DEBUG kan ikke være på" not in said[program]] == []


def test_a_bad_server_stops_all_four(house_of_production):
    with house_of_production.server.told(fsync="off"):
        said = house_of_production.refusals()
    assert [program for program in PROGRAMS if "fsync = on" not in said[program]] == []


def test_a_mighty_login_stops_all_four(house_of_production):
    with house_of_production.server.connect() as mighty:
        mighty.execute("ALTER ROLE varde_public BYPASSRLS")
        said = house_of_production.refusals()
        mighty.execute("ALTER ROLE varde_public NOBYPASSRLS")
    assert [program for program in PROGRAMS if "BYPASSRLS" not in said[program]] == []


def test_open_keys_stop_all_but_beat_which_has_none(house_of_production):
    keys = house_of_production.home / "keys"
    keys.chmod(0o755)
    said = house_of_production.refusals()
    keys.chmod(0o700)
    assert said.pop("beat") == ""
    assert [program for program, words in said.items() if KEYS_OPEN not in words] == []
