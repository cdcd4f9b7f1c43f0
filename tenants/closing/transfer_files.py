"""Which files of a matter follow it to another kommune, and which do not and why. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID, uuid5

from shared.contracts import TransferFile
from varde.documents.bounds import FILE_BYTES, MIB
from varde.documents.kinds import KINDS

# Of one matter. Each letter is small, but all of them are written while whoever sends waits.
MOST_BYTES = 100 * MIB
MOST_FILES = 200
_NUMBERS = range(1, 32_768)
LEFT_OUT = [
    ("malware", "Filen inneholder skadevare."),
    ("damaged", "Filen er skadet, eller den er ikke kommet helt fram."),
    ("too_much", f"Vedleggene er til sammen større enn {MOST_BYTES // MIB} MB."),
    ("unknown_kind", "Filtypen er ikke en av dem som tas imot."),
    ("mistake", "Vedlegget er merket som feilført."),
    ("no_room", "Det var ikke plass til flere vedlegg hos mottakeren."),
]


@dataclass(frozen=True, slots=True)
class Line:
    """A file in words, and why it did not follow ("" when it did)."""

    name: str
    size: int
    why: str = ""


def line_of(file: TransferFile) -> Line:
    """As a page says it; a code that is not known here stands as it is."""
    kind = KINDS[file.kind].label if file.kind in KINDS else file.kind
    return Line(f"Vedlegg {file.number} ({kind})", file.size, dict(LEFT_OUT).get(file.left_out, file.left_out))


def within(files: Sequence[TransferFile], room: int, reason: str) -> tuple[TransferFile, ...]:
    """The files with those left out, for `reason`, that go past so many bytes together; the first ones first."""
    found, left = [], room
    for file in files:
        too_large = not file.left_out and file.size > left
        left -= 0 if file.left_out or too_large else file.size
        found.append(replace(file, left_out=reason) if too_large else file)
    return tuple(found)


def credible(files: Iterable[TransferFile]) -> tuple[TransferFile, ...]:
    """What another office says of its files: each number once; what no file of ours can be is left out."""
    by_number = {file.number: file for file in files if file.number in _NUMBERS}
    return tuple(
        file if file.left_out or (file.kind in KINDS and 0 < file.size <= FILE_BYTES) else _unknown(file)
        for _, file in sorted(by_number.items())[:MOST_FILES]
    )


def _unknown(file: TransferFile) -> TransferFile:
    return replace(file, left_out="unknown_kind")


def file_id(transfer: UUID, sender: UUID, number: int) -> UUID:
    """What the recipient calls a file. Of the letter and its sender, so that no other office can send a piece of it."""
    return uuid5(transfer, f"{sender} {number}")


def piece_id(transfer: UUID, number: int, ordinal: int) -> UUID:
    """The id of the letter with a piece, so that the sender finds its receipt again."""
    return uuid5(transfer, f"piece {number} {ordinal}")
