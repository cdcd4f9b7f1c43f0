"""The demo's supervisor, run for real with harmless steps and children: it leaves nothing behind."""

import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from varde.cli_errors import Complaint
from varde.embedded import Postgres, running, supervisor
from varde.embedded.process import wait_until

# What the demo under test runs: a web that answers /healthz, a child that sleeps, and steps given by name.
HARNESS = """
import os, sys
from pathlib import Path
from varde.embedded import supervisor
from varde.embedded import keeper
from varde.embedded.supervisor import Child, Step
keeper.FIRST_PAUSE = 0.05
PYTHON = sys.executable
WEB = '''
import http.server, sys
class Page(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.end_headers(); self.wfile.write(b"ok")
http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Page).serve_forever()
'''
TELL = "import os, sys; print(sorted(n for n in os.environ if 'MIGRATOR' in n), file=sys.stderr)"
STEPS = {
    "tell": Step("Ser seg om", "tell", (PYTHON, "-c", TELL)),
    "fail": Step("Feiler", "fail", (PYTHON, "-c", "raise SystemExit('det gikk galt her')")),
    "slow": Step("Er sen", "slow", (PYTHON, "-c", "import time; time.sleep(60)")),
    "show": Step("Viser", "show", (PYTHON, "-c", "print('bruker og passord')"), show=True),
}
CHILDREN = {
    "web": Child("web", lambda demo: [PYTHON, "-c", WEB, str(demo.port)]),
    "tell": Child("tell", lambda demo: [PYTHON, "-c", TELL + "; import time; time.sleep(60)"]),
    "dies": Child("dies", lambda demo: [PYTHON, "-c", "raise SystemExit('jeg orker ikke')"]),
    "stubborn": Child("stubborn", lambda demo: ["/bin/sh", "-c", "sleep 61 & sleep 62"]),
}
pick = lambda table, words: tuple(table[word] for word in words.split(",") if word)
home = Path(os.environ["VARDE_HOME"])
sys.exit(supervisor.run(home, os.environ["PORT"], pick(STEPS, sys.argv[1]), pick(CHILDREN, sys.argv[2])))
"""


def free_port() -> int:
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        return int(line.getsockname()[1])


class Run:
    """One demo under test, in a process of its own; `lines` is what it has written to stdout so far."""

    def __init__(self, home: Path, steps: str = "", children: str = "web", port: int = 0) -> None:
        self.home, self.port, self.lines = home, port or free_port(), [""]
        env = os.environ | {
            "VARDE_HOME": str(home),
            "PORT": str(self.port),
            "VARDE_MIGRATOR_PASSWORD": "utenfra",
        }
        self.process = subprocess.Popen(
            [sys.executable, "-c", HARNESS, steps, children],
            env=env, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip

    def until(self, word: str) -> str:
        assert self.process.stdout is not None
        while word not in self.lines[-1]:
            line = self.process.stdout.readline()
            assert line, f"ended without «{word}»: {self.lines} {self.process.communicate()}"
            self.lines.append(line)
        return self.lines[-1]

    def end(self, number: int = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.rest()[0]

    def rest(self) -> tuple[int, str]:
        out, err = self.process.communicate(timeout=40)
        self.lines += out.splitlines()
        return self.process.returncode, err

    def left(self) -> list[int]:
        """Living processes that were given this home, by environment or by command line."""
        return [pid for pid in map(int, filter(str.isdigit, os.listdir("/proc"))) if self._mine(pid)]

    def _mine(self, pid: int) -> bool:
        try:
            texts = [Path(f"/proc/{pid}/{name}").read_bytes() for name in ("environ", "cmdline")]
        except OSError:
            return False
        return any(str(self.home).encode() in text for text in texts)


@pytest.fixture
def home() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="varde-t-"))
    yield folder
    Postgres(folder).discard()
    shutil.rmtree(folder)


@pytest.fixture
def start(home: Path) -> Iterator[Callable[..., Run]]:
    runs: list[Run] = []

    def begin(**words: object) -> Run:
        runs.append(Run(home, **words))  # type: ignore[arg-type]
        return runs[-1]

    yield begin
    for run in runs:
        if run.process.poll() is None:
            run.end()
        assert wait_until(lambda run=run: not run.left(), seconds=10), "something was left running"  # type: ignore[misc]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_it_says_ready_once_and_ends_with_nothing_left(start: Callable[..., Run], number: int) -> None:
    run = start()
    assert run.until("ready") == f"ready http://localhost:{run.port}/\n"
    assert urllib.request.urlopen(f"http://127.0.0.1:{run.port}/healthz").status == 200
    assert run.end(number) == 0
    assert run.left() == []
    assert sum("ready" in line for line in run.lines) == 1


def test_later_verbs_find_the_running_demo(start: Callable[..., Run], home: Path) -> None:
    run = start()
    run.until("ready")
    env = running(home)
    assert env is not None
    assert (env["VARDE_HOME"], env["VARDE_PORT"], env["VARDE_MODE"]) == (str(home), str(run.port), "demo")
    assert not [name for name in env if "MIGRATOR" in name or "SUPERUSER" in name]
    assert stat.S_IMODE((home / "run" / "env.json").stat().st_mode) == 0o600
    run.end()
    assert running(home) is None


def test_only_steps_are_told_where_the_migrators_password_lies(start: Callable[..., Run], home: Path) -> None:
    start(steps="tell", children="web,tell").until("ready")
    logs = home / "log" / "tell.log"
    assert wait_until(lambda: len(logs.read_text().splitlines()) == 2, seconds=5)
    assert logs.read_text().splitlines() == ["['VARDE_MIGRATOR_PASSWORD_FILE']", "[]"]


def test_a_step_meant_for_the_screen_is_shown(start: Callable[..., Run]) -> None:
    run = start(steps="show")
    run.until("ready")
    assert "bruker og passord\n" in run.lines


def test_a_step_that_fails_ends_all_and_names_the_log(start: Callable[..., Run], home: Path) -> None:
    run = start(steps="fail")
    status, err = run.rest()
    assert status == 1
    assert "det gikk galt her" in err
    assert f"Se {home / 'log' / 'fail.log'}." in err
    assert run.left() == []


def test_it_can_be_ended_in_the_middle_of_a_step(start: Callable[..., Run]) -> None:
    run = start(steps="slow")
    run.until("Er sen")
    began = time.monotonic()
    assert run.end() == 0
    assert time.monotonic() - began < 8
    assert run.left() == []


def test_a_child_that_keeps_dying_ends_all(start: Callable[..., Run], home: Path) -> None:
    run = start(children="web,dies")
    status, err = run.rest()
    assert status == 1
    assert "jeg orker ikke" in err
    assert f"«dies» stanset 5 ganger på under ett minutt. Se {home / 'log' / 'dies.log'}." in err


def test_what_a_child_started_ends_with_it(start: Callable[..., Run]) -> None:
    run = start(children="web,stubborn")
    run.until("ready")
    assert run.end() == 0
    assert run.left() == []


@pytest.mark.parametrize(
    ("word", "name"), [("valkey-server", "valkey"), ("HTTPServer", "web"), ("bin/postgres", "postgres")]
)
def test_whatever_is_killed_is_started_again(start: Callable[..., Run], word: str, name: str) -> None:
    run = start()
    run.until("ready")
    pid = next(p for p in sorted(run.left()) if p != run.process.pid and word in command(p))
    os.kill(pid, signal.SIGKILL)
    run.until(f"«{name}» er startet igjen")
    assert wait_until(lambda: supervisor.healthy(run.port), seconds=5)
    assert run.end() == 0


def command(pid: int) -> str:
    return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()


def test_a_second_demo_in_the_same_folder_is_refused(start: Callable[..., Run]) -> None:
    first = start()
    first.until("ready")
    second = start()
    status, err = second.rest()
    assert status != 0
    assert f"Demoen kjører allerede i denne mappen (prosess {first.process.pid})" in err
    assert supervisor.healthy(first.port)


def test_a_killed_supervisor_takes_its_children_along_and_the_next_start_works(
    start: Callable[..., Run],
) -> None:
    first = start()
    first.until("ready")
    first.process.kill()
    first.process.wait()
    second = start(port=first.port)
    second.until("ready")
    assert second.end() == 0


MAKE = "demo:\n\t@exec {python} -c \"$$HARNESS\" '' web\n"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_ending_make_ends_what_it_started(start: Callable[..., Run], home: Path, number: int) -> None:
    (home / "Makefile").write_text(MAKE.format(python=sys.executable), encoding="utf-8")
    env = os.environ | {"VARDE_HOME": str(home), "PORT": str(free_port()), "HARNESS": HARNESS}
    with subprocess.Popen(["make", "-C", str(home), "demo"], env=env, stdout=subprocess.PIPE, text=True) as make:
        assert make.stdout is not None
        assert any(line.startswith("ready") for line in make.stdout)
        make.send_signal(number)
        make.stdout.read()
    again = start()
    again.until("ready")
    assert again.end() == 0


def test_a_taken_port_is_a_sentence() -> None:
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        line.listen()
        with pytest.raises(Complaint, match="opptatt av et annet program"):
            supervisor.free_addresses(line.getsockname()[1])


@pytest.mark.parametrize("text", ["", "0", "65536", "-1", "åtte", "8000 ", "²"])
def test_a_port_that_is_none_is_a_sentence(text: str) -> None:
    with pytest.raises(Complaint, match="PORT må være et tall"):
        supervisor.port_number(text)


def test_words_after_the_verb_are_refused() -> None:
    with pytest.raises(Complaint, match="tar ingen ord"):
        supervisor.main(["--port", "8000"])


def test_what_serves_pages_is_never_given_the_migrators_password() -> None:
    assert [child.name for child in supervisor.CHILDREN] == ["web", "worker", "beat"]
    assert not any(child.migrator for child in supervisor.CHILDREN)
