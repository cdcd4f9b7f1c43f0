"""The child process: warm up, lock in, read one file, answer, end.

`python -I -m varde.documents.child`: one frame in (head: nothing that names anybody; body: the file), one frame out
(head: outcome, reason, kind, notes, cage; body: the copy). The parent believes none of it unseen.
"""

import sys
from collections.abc import Callable
from typing import Any

from varde.documents import bounds, frames
from varde.documents.inside import cage, pages, pictures, plain, words, words_out
from varde.documents.inside.boxes import Box
from varde.documents.inside.refused import Refused
from varde.documents.kinds import HEAD_BYTES, TAIL_BYTES, Kind, recognise

Made = tuple[str, bytes, list[str]]  # kind, bytes, notes


def _word(data: bytes) -> Made:
    box = Box(data)
    if "word/document.xml" not in box:
        raise Refused("unknown_kind")
    macro = any(name.endswith("vbaProject.bin") for name in box.names())
    return "docx", words_out.write(box, words.read(box)), ["macro"] if macro else []


def _picture(kind: str) -> Callable[[bytes], Made]:
    return lambda data: (*pictures.anew(data, kind), [])


MAKERS: dict[str, Callable[[bytes], Made]] = {
    "pdf": lambda data: ("pdf", pages.anew(data), []),
    "docx": _word,
    "txt": lambda data: ("txt", plain.anew(data), []),
    **{kind: _picture(kind) for kind in ("jpeg", "png", "gif", "webp", "heic")},
}


def warm() -> None:
    """Everything that reads a file of our own must have done so before the cage closes."""
    for part in (pictures, pages, plain):
        part.warm()
    empty = words_out.write(Box(words_out.EMPTY), [])
    words.read(Box(empty))


def work(data: bytes) -> tuple[dict[str, Any], bytes]:
    """The answer on one file."""
    kind: Kind | None = recognise(data[:HEAD_BYTES], data[-TAIL_BYTES:])
    if kind is None:
        return {"outcome": "refused", "reason": "unknown_kind"}, b""
    if not kind.copy:
        return {"outcome": "kept", "kind": kind.code}, b""
    try:
        made, body, notes = MAKERS[kind.code](data)
    except Refused as refused:
        return {"outcome": "refused", "reason": refused.reason, "kind": kind.code}, b""
    except (MemoryError, RecursionError):
        return {"outcome": "refused", "reason": "memory", "kind": kind.code}, b""
    except Exception:  # a parser that stumbles over what it reads: there is nobody here to tell the details
        return {"outcome": "refused", "reason": "damaged", "kind": kind.code}, b""
    return {"outcome": "cleaned", "kind": kind.code, "made": made, "notes": notes}, body


def main() -> int:
    """One file, then the end. Status 3: this machine cannot lock the process in."""
    warm()
    try:
        held = cage.enter()
    except cage.NoCage:
        return 3
    try:
        _, data = frames.read(sys.stdin.buffer, bounds.FILE_BYTES)
    except frames.BadFrame:
        return 4
    answer, body = work(data)
    del data
    sys.stdout.buffer.write(frames.opening(answer | {"cage": held}, len(body)))
    sys.stdout.buffer.write(body)
    sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
