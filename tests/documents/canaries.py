"""Run-time words with one place each, and a finder that looks through what hides words: zip, Flate, hex, UTF-16."""

import io
import re
import secrets
import zipfile
import zlib


class Canaries(dict[str, str]):
    """place -> word; `canaries("pdf author")` makes the word of a place."""

    def __call__(self, place: str) -> str:
        return self.setdefault(place, f"Kanari{secrets.token_hex(6)}")

    def left_in(self, data: bytes) -> list[str]:
        """The places whose word can still be found."""
        seen = b"\n".join(layers(data))
        return [place for place, word in self.items() if any(form in seen for form in forms(word))]


def forms(word: str) -> list[bytes]:
    """The spellings of a word in a file."""
    plain, tags = word.encode(), "".join(chr(0xE0000 + ord(letter)) for letter in word)
    wide = word.encode("utf-16-be")
    return [plain, wide, word.encode("utf-16-le"), wide.hex().encode(), wide.hex().upper().encode(), tags.encode()]


def layers(data: bytes) -> list[bytes]:
    """The bytes, and what is packed in them, at any depth."""
    found = [data]
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as box:
            found += [layer for name in box.namelist() for layer in layers(box.read(name))]
    for packed in re.finditer(rb"(?:stream\r?\n|zTXt.{1,79}?\x00\x00|iCCP.{1,79}?\x00\x00)", data, re.DOTALL):
        try:
            found.append(zlib.decompressobj().decompress(data[packed.end() :]))
        except zlib.error:
            continue
    return found
