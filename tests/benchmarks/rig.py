"""Servers and programs for both sides: one PostgreSQL, one Valkey, our house with its offices, and a peer database."""

import json
import os
import secrets
import select
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from tests.benchmarks.result import Missing
from tests.whole.demo import clean_environment, free_port
from varde.embedded import Postgres, Valkey, supervisor
from varde.embedded.process import end

OFFICES = 8
PLAYERS = "tests.benchmarks.players"
ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Rig:
    """What the comparisons are given: environments of both sides; everything started through it ends with it."""

    home: Path
    ours: dict[str, str] = field(default_factory=dict)  # as web and worker get it
    owner: dict[str, str] = field(default_factory=dict)  # the same, with the migrator's password
    peer: dict[str, str] = field(default_factory=dict)
    dsn: str = ""  # the database server's superuser, for what only looks on
    ends: ExitStack = field(default_factory=ExitStack)

    def player(self, name: str, env: Mapping[str, str], *argv: str, seconds: float = 60) -> "Player":
        """A player of its own process, ready to play within so many seconds."""
        return self.ends.enter_context(Player(name, env, argv, self.home / f"{name}.log", seconds))

    def web(self, application: str, env: Mapping[str, str]) -> int:
        """The demo's web server, with its workers and threads, around any application; the port."""
        port = free_port()
        demo = supervisor.Demo(self.home, port, [f"127.0.0.1:{port}"], Postgres(self.home))
        argv = [application if word == "varde.wsgi:application" else word for word in supervisor.web(demo)]
        with (self.home / f"{application.split('.')[0]}.log").open("wb") as log:
            process = subprocess.Popen(argv, env=dict(env), cwd=ROOT, stdout=log, stderr=log, start_new_session=True)
        self.ends.callback(end, process)
        _await_port(port, process)
        return port


class Player:
    """See players/turns.py. What it has to complain about goes to `log`; its last line is what we say."""

    def __init__(self, name: str, env: Mapping[str, str], argv: tuple[str, ...], log: Path, patience: float) -> None:
        self.name, self.log, self._patience = name, log, patience
        with log.open("a") as errors:
            self._process = subprocess.Popen(
                [sys.executable, "-m", PLAYERS, name, *argv],
                env=dict(env), cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors,
            )  # fmt: skip

    def __enter__(self) -> "Player":
        try:
            self._answer(self._patience)
        except Missing:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        # Told by the end of its questions: a signal would leave the web server behind that it started itself.
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(15)
        end(self._process, patience=5)

    def turn(self, amount: float, seconds: float = 60) -> Any:
        """One round of `amount`; Missing when it does not answer in time."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{amount}\n")
        self._process.stdin.flush()
        return self._answer(seconds)

    def _answer(self, seconds: float) -> Any:
        assert self._process.stdout is not None
        if not select.select([self._process.stdout], [], [], seconds)[0]:
            raise Missing(f"{self.name} svarte ikke på {seconds:g} sekunder")
        line = self._process.stdout.readline()
        if not line:
            said = self.log.read_text().strip().splitlines()
            raise Missing(f"{self.name} stanset: {said[-1] if said else 'uten et ord'}")
        return json.loads(line)


def alternate(ours: Callable[[], Any], other: Callable[[], Any], rounds: int) -> tuple[list[Any], list[Any]]:
    """Both sides in turn, the first place changing, so that a busy moment of the machine hits both."""
    left: list[Any] = []
    right: list[Any] = []
    for number in range(rounds):
        turns = [(left, ours), (right, other)]
        for answers, play in turns if number % 2 == 0 else reversed(turns):
            answers.append(play())
    return left, right


def program(name: str, env: Mapping[str, str], *argv: str, seconds: float = 90) -> str:
    """Run a program of ours to its end; its stdout. Missing with its last words when it fails."""
    done = subprocess.run(
        [sys.executable, "-m", name, *argv], env=dict(env), cwd=ROOT, capture_output=True, text=True,
        timeout=seconds, check=False,
    )  # fmt: skip
    if done.returncode:
        raise Missing(f"{name} {' '.join(argv)}: {(done.stderr.strip().splitlines() or ['ingen feiltekst'])[-1]}")
    return done.stdout


def _await_port(port: int, process: "subprocess.Popen[bytes]") -> None:
    limit = time.perf_counter() + 30
    while process.poll() is None and time.perf_counter() < limit:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise Missing("nettstedet startet ikke")


@contextmanager
def rig() -> Iterator[Rig]:
    """Everything up: our house migrated and with its offices, the peer with an empty database."""
    home = Path(tempfile.mkdtemp(prefix="varde-b-"))
    os.chmod(home, 0o711)
    made = Rig(home)
    postgres = Postgres(home)
    try:
        with postgres, Valkey(home) as valkey, made.ends:
            demo = supervisor.Demo(home, free_port(), [], postgres)
            supervisor.make_database(demo)
            demo.env = clean_environment() | supervisor.environment(demo, valkey.url)
            made.ours, made.owner = demo.env, demo.migrator_env
            made.dsn = postgres.superuser_dsn()
            made.peer = clean_environment() | _peer(postgres, demo.env)
            program("varde.cli", made.owner, "migrate")
            program(PLAYERS, made.owner, "our_offices", str(OFFICES))
            yield made
    finally:
        postgres.discard()
        shutil.rmtree(home, ignore_errors=True)


def _peer(postgres: Postgres, ours: Mapping[str, str]) -> dict[str, str]:
    """A database of its own on the same server; what a peer's settings read, and the home that ours need."""
    password = secrets.token_urlsafe(24)
    with psycopg.connect(postgres.superuser_dsn(), autocommit=True) as connection:
        connection.execute(f"CREATE ROLE peer LOGIN PASSWORD '{password}'")
        connection.execute("CREATE DATABASE peer OWNER peer")
    return {
        "PEER_HOST": postgres.host,
        "PEER_PORT": str(postgres.port),
        "PEER_PASSWORD": password,
        "LC_ALL": "C.UTF-8",
        "VARDE_HOME": ours["VARDE_HOME"],
    }
