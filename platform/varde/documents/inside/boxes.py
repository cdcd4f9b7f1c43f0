"""Zip files opened with care: how many, how large and how tightly packed is counted while unpacking, not believed."""

import io
import lzma  # noqa: F401  # loaded before the cage closes, as are the two below
import zipfile
import zlib

from varde.documents import bounds
from varde.documents.inside.refused import Refused

_STEP = 256 * 1024


class Box:
    """The entries of a zip file by name. Every read counts against one limit for the whole box."""

    def __init__(self, data: bytes) -> None:
        """Raises Refused: bomb, damaged."""
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            entries = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, OSError, EOFError, RuntimeError) as error:
            raise Refused("damaged") from error
        if len(entries) > bounds.ZIP_ENTRIES:
            raise Refused("bomb")
        self._entries = {entry.filename: entry for entry in entries}
        self._left = bounds.ZIP_BYTES

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def names(self) -> list[str]:
        """Every entry."""
        return list(self._entries)

    def read(self, name: str) -> bytes:
        """One entry, unpacked. Raises Refused: bomb, damaged, locked."""
        entry = self._entries[name]
        if entry.flag_bits & 1:
            raise Refused("locked")
        out = bytearray()
        try:
            with self._zip.open(entry) as source:
                while step := source.read(_STEP):
                    out += step
                    self._count(len(step), len(out), entry.compress_size)
        except (zipfile.BadZipFile, zlib.error, ValueError, OSError, EOFError, RuntimeError) as error:
            raise Refused("damaged") from error
        return bytes(out)

    def _count(self, step: int, unpacked: int, packed: int) -> None:
        self._left -= step
        tight = unpacked > bounds.MIB and unpacked > bounds.ZIP_RATIO * max(packed, 1)
        if self._left < 0 or tight:
            raise Refused("bomb")
