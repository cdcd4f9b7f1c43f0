"""How parent and child talk: a length, a small JSON head, a length, the bytes. The standard library alone."""

import json
import struct
from typing import Any, BinaryIO

HEAD_LIMIT = 10_000
_LENGTH = struct.Struct(">I")


class BadFrame(ValueError):
    """What came is not a frame, is cut, or is larger than agreed."""


def opening(head: dict[str, Any], size: int) -> bytes:
    """Everything before the `size` bytes of the body."""
    text = json.dumps(head).encode()
    return _LENGTH.pack(len(text)) + text + _LENGTH.pack(size)


def read(source: BinaryIO, limit: int) -> tuple[dict[str, Any], bytes]:
    """One frame whose body has at most `limit` bytes. Raises BadFrame."""
    try:
        head = json.loads(_exactly(source, _length(source, HEAD_LIMIT)))
    except (ValueError, RecursionError) as error:
        raise BadFrame from error
    if not isinstance(head, dict):
        raise BadFrame
    return head, _exactly(source, _length(source, limit))


def _length(source: BinaryIO, limit: int) -> int:
    size: int = _LENGTH.unpack(_exactly(source, _LENGTH.size))[0]
    if size > limit:
        raise BadFrame
    return size


def _exactly(source: BinaryIO, size: int) -> bytes:
    got = source.read(size)
    if len(got) != size:
        raise BadFrame
    return got
