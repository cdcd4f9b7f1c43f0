"""A database server as production has one: TCP on this machine, no settings given on its command line.

The embedded server is given its settings on the command line, where nobody can change them; this one can be told
bad things with ALTER SYSTEM, one at a time.
"""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from varde.embedded import Postgres, postgres
from varde.tenancy.guard import SERVER

GOOD = {asked.name: asked.good[0] for asked in SERVER if "." not in asked.name}
ONLY_AT_START = ("unix_socket_permissions", "max_locks_per_transaction", "max_connections", "shared_buffers")


def free_port() -> int:
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        return int(line.getsockname()[1])


class Server:
    """Its superuser, and how to make it bad for a moment."""

    def __init__(self, dsn: str, port: int) -> None:
        self.dsn, self.port = dsn, port

    def connect(self, **changed: str) -> psycopg.Connection:
        """As the superuser; `dbname` and so on may be changed."""
        return psycopg.connect(self.dsn, autocommit=True, **changed)

    @contextmanager
    def told(self, **settings: str) -> Iterator[None]:
        """ALTER SYSTEM, for as long as the block lasts."""
        with self.connect() as mighty:
            for name, value in settings.items():
                mighty.execute(f"ALTER SYSTEM SET {name} = '{value}'")
            self._reload(mighty)
            try:
                yield
            finally:
                for name in settings:
                    mighty.execute(f"ALTER SYSTEM SET {name} = '{GOOD[name]}'")
                self._reload(mighty)

    @staticmethod
    def _reload(mighty: psycopg.Connection) -> None:
        """Asked until the postmaster has read its file: our own session reads it between two statements."""
        before = mighty.execute("SELECT pg_conf_load_time()").fetchone()
        mighty.execute("SELECT pg_reload_conf()")
        while mighty.execute("SELECT pg_conf_load_time(), pg_sleep(0.02)").fetchone()[:1] == before:
            pass


@contextmanager
def production_like(home: Path, patch: pytest.MonkeyPatch) -> Iterator[Server]:
    """Start it, with every setting good; its data goes afterwards."""
    port = free_port()
    few = {name: postgres.SETTINGS[name] for name in ONLY_AT_START}
    patch.setattr(postgres, "SETTINGS", few | {"listen_addresses": "127.0.0.1", "port": str(port)})
    patch.setattr(postgres, "PORT", port)
    started = Postgres(home)
    started.port = port
    try:
        with started:
            server = Server(started.superuser_dsn(), port)
            with server.connect() as mighty:
                for name, value in GOOD.items():
                    mighty.execute(f"ALTER SYSTEM SET {name} = '{value}'")
                server._reload(mighty)
            yield server
    finally:
        started.discard()
