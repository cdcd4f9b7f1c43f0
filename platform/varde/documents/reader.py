"""The parent's side: a file goes through a pipe into a caged child, and an outcome comes back. Never an exception.

No temporary file, no environment, no name: the child gets bytes and gives bytes. Its answer is not believed: it may
have been taken over by what it read, so codes are looked up, sizes are capped and the copy's own first bytes must
be of the kind it says.
"""

import contextlib
import os
import selectors
import signal
import subprocess  # one fixed command, no shell
import sys
import time
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import IO, Any, cast

from django.conf import settings

from varde.documents import bounds, frames
from varde.documents.kinds import HEAD_BYTES, KINDS, TAIL_BYTES, recognise
from varde.documents.outcome import NOTES, REASONS, Cleaned, Kept, Later, Outcome, Unreadable
from varde.documents.slots import slot

COMMAND: tuple[str, ...] = (sys.executable, "-I", "-X", "utf8", "-m", "varde.documents.child")
_ANSWER_BYTES = bounds.COPY_BYTES + frames.HEAD_LIMIT + 16
_PIECE = 256 * 1024


class _Stopped(Exception):
    """The child took too long, or said too much."""

    def __init__(self, reason: str) -> None:
        self.reason = reason


def clean(chunks: Iterable[bytes], size: int, *, wait: float = bounds.SLOT_WAIT_SECONDS) -> Outcome:
    """What came of opening a file of `size` bytes, given in order as `chunks`.

    Holds one chunk and the finished copy. `Later` when all slots are taken for `wait` seconds.
    """
    if size > bounds.FILE_BYTES:
        return Unreadable("too_large")
    with slot(Path(settings.HOME) / "run" / "documents", bounds.CHILDREN_AT_ONCE, wait) as ours:
        if not ours:
            return Later()
        return _in_a_child(chunks, size)


def _in_a_child(chunks: Iterable[bytes], size: int) -> Outcome:
    try:
        process = subprocess.Popen(  # noqa: S603
            COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env={}, cwd="/", close_fds=True, start_new_session=True,
        )  # fmt: skip
    except OSError:
        return Unreadable("crashed")
    try:
        said = _talk(process, _framed(chunks, size), time.monotonic() + bounds.CHILD_WALL_SECONDS)
        _wait_unreaped(process.pid, 5.0)
    except _Stopped as stopped:
        return Unreadable(stopped.reason)
    finally:
        status = _end(process)
    return _heard(status, said)


def _framed(chunks: Iterable[bytes], size: int) -> Iterator[memoryview]:
    yield memoryview(frames.opening({}, size))
    for chunk in chunks:
        yield memoryview(chunk)


def _talk(process: "subprocess.Popen[bytes]", pieces: Iterator[memoryview], until: float) -> bytes:
    """Write and read at the same time, so that neither side can make the other wait for ever. Raises _Stopped."""
    to_child, from_child = cast(IO[bytes], process.stdin), cast(IO[bytes], process.stdout)
    said, left = bytearray(), memoryview(b"")
    with selectors.DefaultSelector() as ready:
        for pipe, events in ((to_child, selectors.EVENT_WRITE), (from_child, selectors.EVENT_READ)):
            os.set_blocking(pipe.fileno(), False)
            ready.register(pipe, events)
        while (left_to_wait := until - time.monotonic()) > 0:
            for key, _ in ready.select(left_to_wait):
                if key.fileobj is from_child:
                    if not _read_on(key.fd, said):
                        return bytes(said)
                elif not (left := _wrote(key.fd, left, pieces)):
                    ready.unregister(to_child)
                    to_child.close()
    raise _Stopped("timeout")


def _read_on(pipe: int, said: bytearray) -> bool:
    """False at the end. A child that says more than agreed is stopped."""
    got = os.read(pipe, _PIECE)
    said += got
    if len(said) > _ANSWER_BYTES:
        raise _Stopped("crashed")
    return bool(got)


def _wrote(pipe: int, left: memoryview, pieces: Iterator[memoryview]) -> memoryview:
    """What is still to be written; empty when all is, or when the child no longer listens."""
    try:
        left = left[os.write(pipe, left[:_PIECE]) :] if left else left
    except BlockingIOError:
        return left
    except BrokenPipeError:
        return memoryview(b"")
    return left or next((piece for piece in pieces if piece), memoryview(b""))


def _wait_unreaped(pid: int, seconds: float) -> None:
    """Until it has ended or the time is up. Its number stays taken, so that `_end` cannot hit somebody else."""
    until = time.monotonic() + seconds
    while time.monotonic() < until and not os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT):
        time.sleep(0.002)


def _end(process: "subprocess.Popen[bytes]") -> int:
    """Kill it with everything that it may have started, and take it off the table of processes. Returns its status."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            pipe.close()
    return process.wait()


def _heard(status: int, said: bytes) -> Outcome:
    if status == 3:
        return Unreadable("no_cage")
    if status == -signal.SIGXCPU:
        return Unreadable("timeout")
    if status != 0:
        return Unreadable("crashed")
    try:
        head, body = frames.read(BytesIO(said), bounds.COPY_BYTES)
        return _believed(head, body)
    except (frames.BadFrame, KeyError, TypeError, ValueError):
        return Unreadable("crashed")


def _believed(head: dict[str, Any], body: bytes) -> Outcome:
    """The child's words, each looked up in a table of ours; KeyError or ValueError for any that is not there."""
    kind = KINDS[head["kind"]].code if "kind" in head else ""
    if head["outcome"] == "refused":
        reason = str(head["reason"])
        return Unreadable(reason if reason in REASONS else "crashed", kind)
    if head["outcome"] == "kept":
        return Kept(KINDS[kind].code)
    made = KINDS[head["made"]].code
    found = recognise(body[:HEAD_BYTES], body[-TAIL_BYTES:])
    if head["outcome"] != "cleaned" or (found != KINDS[made] and body):
        raise ValueError(head["outcome"])
    return Cleaned(KINDS[kind].code, made, body, tuple(note for note in head["notes"] if note in NOTES))
