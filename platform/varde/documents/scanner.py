"""The virus check: clamd over its socket. What is not known to be clean is waiting, and what waits is not served.

Protocol: clamd(8), INSTREAM: chunks with a big-endian length before each, an empty one last, one answer ending in NUL.
"""

import re
import socket
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.conf import settings

_SECONDS = 60.0
_LONGEST_ANSWER = 4096
_LENGTH = struct.Struct(">I")
_FOUND = re.compile(r"stream: ([\w./:()-]{1,100}) FOUND", re.ASCII)


class Verdict(StrEnum):
    """`waiting`: not checked yet, or no answer that we know. `unscanned`: the operator has said that none is needed."""

    WAITING = "waiting"
    CLEAN = "clean"
    INFECTED = "infected"
    UNSCANNED = "unscanned"


LABELS: dict[str, str] = {
    Verdict.WAITING: "venter på virussjekk",
    Verdict.CLEAN: "virussjekket",
    Verdict.INFECTED: "inneholder skadevare",
    Verdict.UNSCANNED: "ikke virussjekket",
}


@dataclass(frozen=True, slots=True)
class Scan:
    """A verdict, and the name of what was found."""

    verdict: Verdict
    found: str = ""


def may_open(verdict: str) -> bool:
    """May a file with this verdict be given to anybody? Unknown words mean no.

    Asked at every opening: a file that was let through unchecked is held back when the operator takes that back.
    """
    if verdict == Verdict.UNSCANNED:
        return bool(settings.UNSCANNED_ATTACHMENTS)
    return verdict == Verdict.CLEAN


def scan(chunks: Iterable[bytes]) -> Scan:
    """Ask about a file, given in order. Never raises: a scanner that is away means WAITING."""
    if not settings.CLAMD:
        return Scan(Verdict.UNSCANNED if settings.UNSCANNED_ATTACHMENTS else Verdict.WAITING)
    try:
        with _connected(settings.CLAMD) as line:
            return understood(_asked(line, chunks))
    except (OSError, ValueError):
        return Scan(Verdict.WAITING)


def _connected(place: str) -> socket.socket:
    """`/path/to/socket` or `host:port`."""
    if not place.startswith("/"):
        host, _, port = place.rpartition(":")
        return socket.create_connection((host, int(port)), timeout=_SECONDS)
    line = socket.socket(socket.AF_UNIX)
    line.settimeout(_SECONDS)
    try:
        line.connect(place)
    except OSError:
        line.close()
        raise
    return line


def _asked(line: socket.socket, chunks: Iterable[bytes]) -> bytes:
    line.sendall(b"zINSTREAM\0")
    for chunk in chunks:
        if chunk:
            line.sendall(_LENGTH.pack(len(chunk)) + chunk)
    line.sendall(_LENGTH.pack(0))
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < _LONGEST_ANSWER and (got := line.recv(_LONGEST_ANSWER)):
        answer += got
    return answer


def understood(answer: bytes) -> Scan:
    """Only the two sentences that we know count; an error, a cut or an empty answer is no verdict."""
    if answer == b"stream: OK\0":
        return Scan(Verdict.CLEAN)
    found = _FOUND.fullmatch(answer.removesuffix(b"\0").decode("ascii", "replace"))
    return Scan(Verdict.INFECTED, found[1]) if found and answer.endswith(b"\0") else Scan(Verdict.WAITING)
