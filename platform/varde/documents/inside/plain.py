"""Plain text: the letters, lines and tabs, and nothing that is not seen."""

import codecs
import re
import unicodedata

from varde.documents import bounds
from varde.documents.inside.refused import Refused

# Controls, and marks without width: they turn the order of what is read, or carry a hidden number.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f]"
)


def warm() -> None:
    """The code pages are loaded at first use."""
    for name in ("utf-8-sig", "utf-16", "cp1252", "latin-1"):
        codecs.lookup(name)
    unicodedata.normalize("NFC", "å")


def seen(text: str) -> str:
    """The text without what cannot be seen."""
    return _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def anew(data: bytes) -> bytes:
    """UTF-8, composed, one kind of line end. Raises Refused: too_large."""
    text = unicodedata.normalize("NFC", seen(_decoded(data)))
    if len(text) > bounds.TEXT_CHARS:
        raise Refused("too_large")
    return text.encode("utf-8", "replace")


def _decoded(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")
