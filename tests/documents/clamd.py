"""A virus scanner for tests: the real clamd with a signature of our own where the machine has one (no database is
fetched), else a small server that speaks INSTREAM as clamd(8) says. `kind` tells which one ran.

VARDE_TEST_CLAMD names a clamd that is not on the PATH.
"""

import io
import os
import shutil
import socketserver
import struct
import subprocess
import tempfile
import threading
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.documents.bad_files import EICAR

KINDS = ("double", "real")


def real_clamd() -> str | None:
    """Where clamd is on this machine."""
    named = os.environ.get("VARDE_TEST_CLAMD") or shutil.which("clamd", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    return named or None


@contextmanager
def running(kind: str) -> Iterator[str]:
    """A scanner for as long as the block lasts; its place as in VARDE_CLAMD."""
    program = real_clamd()
    with _real(program) if kind == "real" and program else _double() as place:
        yield place


@contextmanager
def _real(program: str) -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="varde-clamd-") as home:
        folder, place = Path(home), f"{home}/s"
        (folder / "db").mkdir()
        (folder / "db/own.ndb").write_text(f"Own.Eicar:0:*:{EICAR.hex()}\n")
        lines = ["Foreground yes", f"DatabaseDirectory {folder}/db", f"LocalSocket {place}", f"PidFile {home}/pid"]
        (folder / "conf").write_text(
            "\n".join([*lines, "StreamMaxLength 30M", f"User {os.environ.get('USER', 'root')}"])
        )
        process = subprocess.Popen(
            [program, "-c", f"{folder}/conf"], stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT
        )
        try:
            until = time.monotonic() + 30
            while not Path(place).exists() and process.poll() is None and time.monotonic() < until:
                time.sleep(0.1)
            assert Path(place).exists(), "clamd did not start"
            yield place
        finally:
            process.terminate()
            process.wait(20)


class _Instream(socketserver.StreamRequestHandler):
    """One question, one answer."""

    def handle(self) -> None:
        self.wfile.write(b"stream: Own.Eicar.UNOFFICIAL FOUND\0" if _infected(self.asked()) else b"stream: OK\0")

    def asked(self) -> bytes:
        """The whole question: who closes with a part of it unread cuts the line, and the answer may be lost."""
        assert self.rfile.read(10) == b"zINSTREAM\0"
        data = bytearray()
        while length := struct.unpack(">I", self.rfile.read(4))[0]:
            data += self.rfile.read(length)
        return bytes(data)


def _infected(data: bytes) -> bool:
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as box:
            return any(_infected(box.read(name)) for name in box.namelist())
    return EICAR in data


@contextmanager
def answering(answer: bytes | None) -> Iterator[str]:
    """A scanner that answers so whatever it is asked; None: it hangs up at once."""

    class Fixed(_Instream):
        def handle(self) -> None:
            if answer is not None:
                self.asked()
                self.wfile.write(answer)

    with _serving(Fixed) as place:
        yield place


@contextmanager
def _double() -> Iterator[str]:
    with _serving(_Instream) as place:
        yield place


@contextmanager
def _serving(handler: type[socketserver.StreamRequestHandler]) -> Iterator[str]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield f"127.0.0.1:{server.server_address[1]}"
        server.shutdown()
