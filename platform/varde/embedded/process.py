"""Starting, watching and ending one child process, and the lock that keeps a second start away."""

import ctypes
import fcntl
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Self, TypedDict

from varde.cli_errors import Complaint

PR_SET_PDEATHSIG = 1  # <sys/prctl.h>
LOG_LIMIT = 10 * 1024 * 1024  # bytes before a log is put aside at the next start
# Looked up before any fork: a child between fork and exec must not load libraries.
_LIBC = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


class Identity(TypedDict, total=False):
    """Arguments of subprocess that say who a child runs as."""

    user: int
    group: int
    extra_groups: list[int]


def die_with(parent: int, number: int) -> Callable[[], None]:
    """A function that asks for signal `number` when `parent` is gone (Linux); a child runs it before exec."""

    def arrange() -> None:
        if _LIBC is not None:
            _LIBC.prctl(PR_SET_PDEATHSIG, number, 0, 0, 0)
            if os.getppid() != parent:  # it went before we had asked
                os._exit(1)

    return arrange


def open_log(path: Path) -> int:
    """A file descriptor that appends to `path` (0600); a log that is past LOG_LIMIT is put aside first."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if path.exists() and path.stat().st_size > LOG_LIMIT:
        path.replace(path.with_suffix(".log.1"))
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)


def spawn(
    argv: Sequence[str],
    *,
    log: Path,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    user: tuple[int, int] | None = None,
    orphan_signal: int = signal.SIGTERM,
) -> subprocess.Popen[bytes]:
    """Start `argv` in a session of its own, writing to `log`; `user` is (uid, gid) to run as.

    The own session keeps Ctrl-C away from it: the supervisor ends its children in the right order.
    If this process dies without ending it, the kernel sends `orphan_signal` (Linux).
    """
    out = open_log(log)
    try:
        return subprocess.Popen(  # noqa: S603 (argv is made by our own code)
            list(argv),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            env=None if env is None else dict(env),
            cwd=cwd,
            start_new_session=True,
            preexec_fn=die_with(os.getpid(), orphan_signal),
            **identity(user),
        )
    finally:
        os.close(out)


def identity(user: tuple[int, int] | None) -> Identity:
    """The arguments that make subprocess drop root for (uid, gid); none when no user is asked for."""
    return {} if user is None else {"user": user[0], "group": user[1], "extra_groups": []}


def end(process: "subprocess.Popen[bytes] | None", *, number: int = signal.SIGTERM, patience: float = 10) -> bool:
    """Send `number`, wait `patience` seconds, then kill. True when it ended by itself or was not running."""
    if process is None or process.poll() is not None:
        return True
    process.send_signal(number)
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        return False
    return True


def command_of(pid: int) -> str:
    """The command line of a living process; empty when there is none (or it is only waiting to be reaped)."""
    proc = Path(f"/proc/{pid}/cmdline")
    if Path("/proc/self").exists():
        try:
            return proc.read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
        except OSError:
            return ""
    answer = subprocess.run(  # noqa: S603
        ["/bin/ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return answer.stdout.strip()


def wait_until(ready: Callable[[], bool], *, seconds: float, pause: float = 0.02) -> bool:
    """Ask `ready` until it says yes (True) or `seconds` have gone (False)."""
    limit = time.monotonic() + seconds
    while time.monotonic() < limit:
        if ready():
            return True
        time.sleep(pause)
    return ready()


class Lock:
    """A file that one living process at a time may hold. The kernel lets go of it however the holder dies."""

    def __init__(self, path: Path, sentence: str) -> None:
        """`sentence` is what a second start is told; `{pid}` in it becomes the holder's process id."""
        self.path, self.sentence = path, sentence
        self._file: int | None = None

    def take(self) -> Self:
        """Hold it, or raise Complaint when another process does."""
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        file = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            holder = os.read(file, 20).decode(errors="replace").strip() or "ukjent"
            os.close(file)
            raise Complaint(self.sentence.format(pid=holder)) from None
        os.ftruncate(file, 0)
        os.write(file, f"{os.getpid()}\n".encode())
        self._file = file
        return self

    def let_go(self) -> None:
        """Leave it; the file stays, empty, because removing it would race with another start."""
        if self._file is not None:
            os.ftruncate(self._file, 0)
            os.close(self._file)
            self._file = None


def held(path: Path) -> int | None:
    """The process id that holds the lock at `path`, or None. Asks the kernel, not the number in the file."""
    try:
        file = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        return None
    except OSError:
        text = os.read(file, 20).decode(errors="replace").strip()
        return int(text) if text.isdigit() else None
    finally:
        os.close(file)
