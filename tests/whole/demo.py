"""The whole demo in a process of its own, as `make demo` starts it, in a home that is deleted afterwards."""

import contextlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.whole.shared import PLACE, copied
from varde.embedded import Postgres
from varde.embedded.process import command_of

READY_SECONDS = 300  # a busy build server lays tables for minutes
STOP_SECONDS = 40
E_MAIL = re.compile(r"[\w.+-]+@[\w.-]+\w")


class NotReady(Exception):
    """The demo ended, or did not say `ready` in time. The text holds what it said."""


def clean_environment() -> dict[str, str]:
    """Ours without what the test run has set for its own database."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("VARDE_", "DJANGO_", "MAKE"))}


def free_port() -> int:
    """A port that nobody has right now."""
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        return int(line.getsockname()[1])


def tree(root: int) -> list[int]:
    """The living descendants of a process, itself first (Linux: /proc/PID/stat, field 4 is the parent)."""
    children: dict[int, list[int]] = {}
    for pid in map(int, filter(str.isdigit, os.listdir("/proc"))):
        try:
            state, parent = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[:2]
        except OSError:
            continue
        if state != "Z":
            children.setdefault(int(parent), []).append(pid)
    found = [root]
    for pid in found:
        found += children.get(pid, [])
    return found


class Demo:
    """`with Demo() as demo:` gives a running platform; leaving ends it and deletes its home."""

    argv = (sys.executable, "-m", "varde.cli", "demo")

    def __init__(self) -> None:
        self.home = Path(tempfile.mkdtemp(prefix="varde-w-", dir=os.environ.get(PLACE)))
        self.port = free_port()
        self.lines: list[str] = []
        self.env = clean_environment() | {"VARDE_HOME": str(self.home)}
        self._process: subprocess.Popen[str] | None = None
        self._reader: threading.Thread | None = None

    @property
    def pid(self) -> int:
        """The supervisor's process id."""
        assert self._process is not None
        return self._process.pid

    def start(self) -> Self:
        """Start, and wait for the line that begins with `ready `. Raises NotReady.

        In a run of tests what the demo lays before it serves is laid once, and each begins with a copy of it.
        """
        if not (self.home / "postgres").exists():
            copied("demo", lay_demo, self.home)
        self._process = subprocess.Popen(
            self.argv,
            env=self.env | {"PORT": str(self.port)}, text=True, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        if not self.until(self._is_ready, READY_SECONDS) or self._process.poll() is not None:
            said = "\n".join(self.lines[-20:])
            self.stop()
            raise NotReady(said)
        return self

    def _read(self) -> None:
        assert self._process is not None
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self.lines.append(line.rstrip("\n"))

    def _is_ready(self) -> bool:
        assert self._process is not None
        return self._process.poll() is not None or any(line.startswith("ready ") for line in self.lines)

    @staticmethod
    def until(true: Callable[[], bool], seconds: float, pause: float = 0.1) -> bool:
        """Ask until it is true, or the time is up."""
        limit = time.monotonic() + seconds
        while not true():
            if time.monotonic() > limit:
                return False
            time.sleep(pause)
        return True

    def stop(self) -> None:
        """TERM to the supervisor, which ends all it started; then the data goes."""
        if self._process is not None:
            if self._process.poll() is None:
                self._process.send_signal(signal.SIGTERM)
            try:
                self._process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.kill()  # the kernel tells its children (see varde.embedded.process.die_with)
                self._process.wait()
        Postgres(self.home).discard()
        shutil.rmtree(self.home, ignore_errors=True)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def said(self) -> str:
        """Everything on stdout so far."""
        return "\n".join(self.lines)

    def password(self) -> str:
        """The demo password, from the line that names it."""
        found = re.search(r"\bpassord\w*:?\s+(\S+)\s*$", self.said, re.MULTILINE | re.IGNORECASE)
        assert found, f"no password among: {self.said}"
        return found[1]

    def email(self, *words: str) -> str:
        """The e-mail on the first line that holds all `words`, say `"@gjovik.", "koordinator"`."""
        for line in self.lines:
            found = E_MAIL.search(line)
            if found and all(word.casefold() in line.casefold() for word in words):
                return found[0]
        raise AssertionError(f"no e-mail beside {words} among: {self.said}")

    def pids(self, *words: str) -> list[int]:
        """Processes of this demo whose command line holds all `words`, parents before children."""
        return [pid for pid in tree(self.pid) if all(word in command_of(pid) for word in words)]

    def kill(self, *words: str, which: slice = slice(1)) -> int:
        """KILL the first of `pids(*words)`, or those of a slice; how many (0 while it is being started again)."""
        return self.aim(*words, which=which)()

    def aim(self, *words: str, which: slice = slice(1)) -> Callable[[], int]:
        """The same in two steps: find them now (that takes a while), kill them at the moment that counts."""
        found = self.pids(*words)[which]

        def strike() -> int:
            for pid in found:
                with contextlib.suppress(ProcessLookupError):  # its parent's death was enough
                    os.kill(pid, signal.SIGKILL)
            return len(found)

        return strike

    def run(self, *argv: str, seconds: float = 60) -> str:
        """A program of this venv that finds the running demo, say `-m varde.cli post sweep`; its stdout."""
        done = subprocess.run(
            [sys.executable, *argv], env=self.env, capture_output=True, text=True, timeout=seconds, check=False
        )
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout


def lay_demo(home: Path) -> bool:
    """A demo that was ended before it served anything; False when its data lies where a copy would not."""
    env = clean_environment() | {"VARDE_HOME": str(home), "PORT": str(free_port())}
    done = subprocess.run(
        [sys.executable, "-m", "tests.whole.demo_home"], env=env, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise NotReady(f"{done.stdout[-2000:]}\n{done.stderr[-2000:]}")
    if (home / "postgres-place").exists():
        Postgres(home).discard()
        return False
    return True


@contextmanager
def running() -> Iterator[Demo]:
    """For fixtures: a demo that is ended whatever happens, also when the start itself fails."""
    demo = Demo()
    try:
        yield demo.start()
    finally:
        demo.stop()
