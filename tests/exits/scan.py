"""Every place where bytes of the running demo end up, collected so that they can be searched."""

import contextlib
import ctypes
import json
import os
import struct
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import redis
from psycopg import sql

from tests.whole.demo import Demo, tree

IN_CREATE, IN_MOVED_TO, IN_NONBLOCK = 0x100, 0x80, 0x800


@dataclass(frozen=True)
class Exit:
    """A place, whether sealed case content may one day lie there, and how to read it."""

    name: str
    data: bytes
    holds_cases: bool = False

    def hits(self, canaries: dict[str, str]) -> list[str]:
        """Which of the canaries stand here."""
        return [name for name, value in canaries.items() if value.encode() in self.data]


class Watch:
    """Counts every file that is ever made in a folder, however short it lives (inotify(7))."""

    def __init__(self, folder: Path) -> None:
        self.made: list[str] = []
        libc = ctypes.CDLL(None, use_errno=True)
        self._queue = libc.inotify_init1(0)
        libc.inotify_add_watch(self._queue, os.fsencode(folder), IN_CREATE | IN_MOVED_TO)
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        with contextlib.suppress(OSError):
            while events := os.read(self._queue, 65536):
                at = 0
                while at < len(events):
                    length = struct.unpack_from("iIII", events, at)[3]
                    self.made.append(events[at + 16 : at + 16 + length].rstrip(b"\0").decode())
                    at += 16 + length


def files(folder: Path) -> bytes:
    """All files under a folder, names too; what goes away meanwhile is passed over."""
    found = []
    for path in sorted(folder.rglob("*")):
        with contextlib.suppress(OSError):
            if path.is_file():
                found.append(str(path.relative_to(folder)).encode() + b"\n" + path.read_bytes())
    return b"\n".join(found)


def superuser(demo: Demo) -> psycopg.Connection:
    """The demo's database as its superuser."""
    env = json.loads((demo.home / "run/env.json").read_text())
    password = (demo.home / "keys/postgres_superuser").read_text().strip()
    return psycopg.connect(
        host=env["VARDE_DB_HOST"], port=env["VARDE_DB_PORT"], dbname="varde", user="postgres", password=password,
        autocommit=True,
    )  # fmt: skip


def tables(connection: psycopg.Connection) -> Iterator[tuple[str, list[bytes]]]:
    """(schema.table, lines of COPY) of every table of ours."""
    names = connection.execute(
        "SELECT schemaname, tablename FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
        " ORDER BY 1, 2"
    ).fetchall()
    for schema, table in names:
        with connection.cursor().copy(sql.SQL("COPY {} TO STDOUT").format(sql.Identifier(schema, table))) as copy:
            lines = b"".join(bytes(chunk) for chunk in copy).splitlines()
        yield f"{schema}.{table}", lines


def sessions(demo: Demo) -> bytes:
    """What the sessions hold, opened with the demo's keys."""
    return demo.run("-m", "tests.exits.opened_sessions").encode()


def broker(demo: Demo) -> bytes:
    """Every key of Valkey as it dumps itself."""
    password = (demo.home / "keys/valkey").read_text().strip()
    env = json.loads((demo.home / "run/env.json").read_text())
    path = env["VARDE_BROKER_URL"].split("@", 1)[1].split("?")[0]
    found = []
    for number in range(4):
        client = redis.Redis(unix_socket_path=path, password=password, db=number)
        found += [key + b" " + (client.dump(key) or b"") for key in client.scan_iter()]
        client.close()
    return b"\n".join(found)


def deleted_but_open(demo: Demo, *, wal: bool) -> bytes:
    """Files without a name that a process of the demo still holds open: those of the WAL, or all others."""
    found = []
    for pid in tree(demo.pid):
        with contextlib.suppress(OSError):
            for link in Path(f"/proc/{pid}/fd").iterdir():
                with contextlib.suppress(OSError):
                    path = str(link.readlink())
                    if " (deleted)" in path and ("/pg_wal/" in path) == wal and link.is_file():
                        found.append(link.read_bytes())
    return b"\n".join(found)


def data_folder(demo: Demo) -> Path:
    """Where PostgreSQL keeps its files."""
    memory = demo.home / "postgres-place"
    return Path(memory.read_text().strip()) if memory.exists() else demo.home / "postgres"


def rest_of_home(demo: Demo) -> bytes:
    """What lies under VARDE_HOME and is no exit of its own."""
    own = {"log", "mail", "valkey", "postgres", "tmp", "static"}
    return b"\n".join(
        files(path) if path.is_dir() else path.read_bytes()
        for path in sorted(demo.home.iterdir())
        if path.name not in own and not path.is_socket()
    )


def exits(demo: Demo, events: bytes) -> list[Exit]:
    """All of them, read now."""
    with superuser(demo) as connection:
        dump = b"\n".join(name.encode() + b"\n" + b"\n".join(lines) for name, lines in tables(connection))
        opened = sessions(demo)
        # Written out, and read before the checkpoint that lets old parts of it go.
        connection.execute("SELECT pg_switch_wal()")
        wal = files(data_folder(demo) / "data/pg_wal")
        connection.execute("CHECKPOINT")
    return [
        Exit("Sentry-konvolutter", events),
        Exit("logger (web, worker, beat, postgres, valkey)", files(demo.home / "log")),
        Exit("skjermen", demo.said.encode()),
        Exit("e-post", files(demo.home / "mail")),
        Exit("Valkey, nøkler", broker(demo)),
        Exit("Valkey, filer", files(demo.home / "valkey")),
        Exit("midlertidige filer", files(demo.home / "tmp")),
        Exit("slettede, åpne filer", deleted_but_open(demo, wal=False)),
        Exit("økter, åpnet", opened),
        Exit("resten av VARDE_HOME", rest_of_home(demo)),
        Exit("databasedump", dump, holds_cases=True),
        Exit("WAL", wal + deleted_but_open(demo, wal=True), holds_cases=True),
        Exit("databasens filer", files(data_folder(demo)), holds_cases=True),
    ]
