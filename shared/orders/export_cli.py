"""`varde open-export FILE`: opens the locked file that an office took along, on the office's own machine."""

import getpass
import hashlib
import io
import json
import shutil
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path

from shared.orders.export_file import WrongPassphrase, opened
from varde.cli_errors import Complaint, Parser

MANIFEST = "manifest.json"


def main(argv: list[str]) -> int:
    """Writes the content to a new folder and prints the code that confirms it."""
    parser = Parser(prog="varde open-export", description="Åpner den låste filen fra et kontor som er avsluttet")
    parser.add_argument("file", type=Path)
    parser.add_argument("--to", type=Path, help="ny mappe til innholdet; ellers en mappe ved siden av filen")
    chosen = parser.parse_args(argv)
    folder = chosen.to or chosen.file.with_suffix("")
    if folder.exists():
        raise Complaint(f"{folder} finnes fra før. Velg en ny mappe med --to.")
    try:
        with chosen.file.open("rb") as source:
            code = unpack(source, _passphrase(), folder)
    except OSError as error:
        raise Complaint(f"Filen kan ikke leses: {error.strerror}.") from error
    except WrongPassphrase as error:
        raise Complaint(str(error)) from error
    print(f"Innholdet ligger i {folder}. Begynn med index.html.\nBekreftelseskode: {code}")
    return 0


def _passphrase() -> str:
    """Typed without being shown; from a pipe the first line."""
    return getpass.getpass("Passordfrase: ") if sys.stdin.isatty() else sys.stdin.readline()


class _Pieces(io.RawIOBase):
    """The opened pieces as a file to read on from."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces, self._held = pieces, b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        target = memoryview(buffer)  # type: ignore[arg-type]
        while not self._held:
            try:
                self._held = next(self._pieces)
            except StopIteration:
                return 0
        size = min(len(target), len(self._held))
        target[:size], self._held = self._held[:size], self._held[size:]
        return size


def unpack(source: io.BufferedReader, passphrase: str, folder: Path) -> str:
    """Lay the content in the folder; the code. Complaint when a file is not what the manifest says."""
    pieces = opened(source, passphrase)
    first = next(pieces)  # before the folder is made: a wrong passphrase leaves nothing behind

    def all_of_them() -> Iterator[bytes]:
        yield first
        yield from pieces

    folder.mkdir(mode=0o700, parents=True)
    try:
        with tarfile.open(fileobj=io.BufferedReader(_Pieces(all_of_them())), mode="r|") as tar:
            tar.extractall(folder, filter="data")
        for _rest in pieces:  # to the last piece, which says that nothing is cut off
            continue
        return confirmed(folder)
    except BaseException:
        shutil.rmtree(folder)  # half of it would look like all of it
        raise


def confirmed(folder: Path) -> str:
    """The code, when every file is there and has the print of the manifest."""
    manifest = (folder / MANIFEST).read_bytes()
    for path, told in json.loads(manifest)["filer"].items():
        if hashlib.sha256((folder / path).read_bytes()).hexdigest() != told:
            raise Complaint(f"{path} er ikke som da filen ble laget.")
    return code_of(manifest)


def code_of(manifest: bytes) -> str:
    """Sixteen signs that only whoever opened the file knows."""
    return hashlib.sha256(manifest).hexdigest()[:16]
