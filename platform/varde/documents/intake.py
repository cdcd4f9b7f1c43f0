"""Which of the files that came with a form are taken, and what is said of the others. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from varde.documents import bounds
from varde.documents.kinds import Kind, recognise
from varde.documents.room import Room
from varde.documents.uploads import SentFile

NOT_TAKEN: dict[str, str] = {
    "unknown_kind": "Filtypen er ikke en av dem vi tar imot.",
    "too_large": f"Filen er større enn {bounds.FILE_BYTES // bounds.MIB} MB.",
    "too_many": f"Det kan følge med {bounds.FILES_PER_REPORT} filer. Denne kom i tillegg.",
    "empty": "Filen er tom.",
    "no_room": "Det er ikke plass til flere vedlegg hos oss akkurat nå.",
    "failed": "Filen kunne ikke lagres.",
}
_NAME = 120


@dataclass(frozen=True, slots=True)
class NotTaken:
    """A file that was not stored: the name it came with, and why in a sentence."""

    name: str
    reason: str

    @property
    def sentence(self) -> str:
        """The reason in words."""
        return NOT_TAKEN[self.reason]


@dataclass(frozen=True, slots=True)
class Judged:
    """A file, what it is, and why it is not taken ("" when it is)."""

    file: SentFile
    kind: Kind | None
    refused: str = ""


def judge(files: Sequence[SentFile], room: Room) -> list[Judged]:
    """Every file with its verdict, in the order they came. Room is used up from the first to the last."""
    judged, left = [], room.most - room.used
    for file in files:
        one = _judged(file, left)
        left -= 0 if one.refused else file.size or 0
        judged.append(one)
    return judged


def _judged(file: SentFile, left: int) -> Judged:
    spool = file.spool
    if file.refused or spool is None:
        return Judged(file, None, file.refused or "failed")
    if not spool.size:
        return Judged(file, None, "empty")
    kind = recognise(spool.head, spool.tail)
    if kind is None:
        return Judged(file, None, "unknown_kind")
    return Judged(file, kind, "" if spool.size <= left else "no_room")


def shown_name(name: str | None) -> str:
    """The sender's own name of a file, for the answer to the sender: short, in one line, without a path."""
    last = (name or "").replace("\\", "/").rpartition("/")[2]
    plain = "".join(letter for letter in last if letter.isprintable()).strip()
    return plain if len(plain) <= _NAME else f"{plain[: _NAME - 1]}…"
