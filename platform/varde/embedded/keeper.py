"""Keeps children alive: a dead one is started again with longer and longer pauses, then given up."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from varde.cli_errors import Complaint
from varde.embedded.process import end, spawn

FAILURES = 5  # this many within WINDOW and the whole demo ends
WINDOW = 60.0  # seconds
FIRST_PAUSE = 0.5  # seconds; doubled for each failure within the window
STOP_PATIENCE = 12.0  # seconds a command gets between TERM and KILL


class Kept(Protocol):
    """What a keeper can keep: `Postgres`, `Valkey` and `Command` are such."""

    name: str
    log: Path

    def start(self) -> None:
        """Start it; raises Complaint when it can not."""

    def stop(self) -> None:
        """End it and all it started; safe when it is already dead."""

    def alive(self) -> bool:
        """True while it runs."""


class GaveUp(Exception):
    """A child died FAILURES times within WINDOW seconds. The text is a sentence that names the log."""


class Command:
    """A long-running program of ours; output goes to `log`."""

    def __init__(self, name: str, argv: Sequence[str], env: Mapping[str, str], log: Path) -> None:
        self.name, self.argv, self.env, self.log = name, list(argv), dict(env), log
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        """Its process id while it lives."""
        return self._process.pid if self._process is not None and self.alive() else None

    def start(self) -> None:
        """Start it; does not wait for it to be of use."""
        self._process = spawn(self.argv, log=self.log, env=self.env)

    def ask(self) -> None:
        """Tell it to end, without waiting."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()

    def stop(self) -> None:
        """TERM, wait, KILL; then whatever it left behind in its process group."""
        if self._process is None:
            return
        end(self._process, patience=STOP_PATIENCE)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process = None

    def alive(self) -> bool:
        """True while it runs."""
        return self._process is not None and self._process.poll() is None


class Keeper:
    """Starts children in order, watches them, and ends them in the opposite order."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        """`tell` is given a Norwegian line when something dies or is started again."""
        self.tell = tell
        self._kept: list[Kept] = []
        self._failures: dict[str, list[float]] = {}
        self._due: dict[str, float] = {}

    def keep(self, child: Kept) -> None:
        """Start `child` and watch it from now on."""
        child.start()
        self._kept.append(child)

    def check(self) -> None:
        """Look at every child once; start again those whose pause is over. Raises GaveUp."""
        for child in self._kept:
            if child.alive():
                continue
            if child.name not in self._due:
                self._note(child)
            elif time.monotonic() >= self._due[child.name]:
                self._again(child)

    def _note(self, child: Kept) -> None:
        now = time.monotonic()
        recent = [at for at in self._failures.get(child.name, []) if now - at < WINDOW] + [now]
        self._failures[child.name] = recent
        if len(recent) >= FAILURES:
            raise GaveUp(f"«{child.name}» stanset {len(recent)} ganger på under ett minutt. Se {child.log}.")
        pause = FIRST_PAUSE * 2 ** (len(recent) - 1)
        self._due[child.name] = now + pause
        self.tell(f"«{child.name}» stanset og startes igjen om {pause:g} s. Se {child.log}.")

    def _again(self, child: Kept) -> None:
        del self._due[child.name]
        child.stop()  # leaves its locks and what it started itself
        try:
            child.start()
        except Complaint as complaint:
            self.tell(str(complaint))
            return
        self.tell(f"«{child.name}» er startet igjen.")

    def stop(self) -> None:
        """End all: our own programs together, then the servers they use, last started first."""
        for child in self._kept:
            if isinstance(child, Command):
                child.ask()
        for child in reversed(self._kept):
            child.stop()
        self._kept.clear()
