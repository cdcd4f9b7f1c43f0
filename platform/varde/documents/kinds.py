"""What a file is, told by its bytes; the name's ending decides nothing. Pure: bytes are compared, nothing is parsed.

A kind that is not here is not taken. `copy` is the kind of the cleaned copy that can be made, "" where none can.
"""

import re
from dataclasses import dataclass

HEAD_BYTES = 4096
TAIL_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class Kind:
    """A recognised type: our code, its name on a page, its media type, the ending that we give it, and its copy."""

    code: str
    label: str
    media: str
    ending: str
    copy: str = ""


_ALL = (
    Kind("jpeg", "bilde (JPEG)", "image/jpeg", "jpg", "jpeg"),
    Kind("png", "bilde (PNG)", "image/png", "png", "png"),
    Kind("gif", "bilde (GIF)", "image/gif", "gif", "png"),
    Kind("webp", "bilde (WEBP)", "image/webp", "webp", "png"),
    Kind("heic", "bilde (HEIC)", "image/heic", "heic", "jpeg"),
    Kind("pdf", "PDF", "application/pdf", "pdf", "pdf"),
    Kind(
        "docx",
        "Word-dokument",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "docx",
        "docx",
    ),
    Kind("odt", "OpenDocument-tekst", "application/vnd.oasis.opendocument.text", "odt"),
    Kind("txt", "ren tekst", "text/plain", "txt", "txt"),
    Kind("mp3", "lydopptak (MP3)", "audio/mpeg", "mp3"),
    Kind("m4a", "lydopptak (M4A)", "audio/mp4", "m4a"),
    Kind("wav", "lydopptak (WAV)", "audio/wav", "wav"),
    Kind("ogg", "lydopptak (OGG)", "audio/ogg", "ogg"),
    Kind("mp4", "video (MP4)", "video/mp4", "mp4"),
    Kind("mov", "video (MOV)", "video/quicktime", "mov"),
    Kind("3gp", "video (3GP)", "video/3gpp", "3gp"),
)
KINDS: dict[str, Kind] = {kind.code: kind for kind in _ALL}
ACCEPT = ".jpg,.jpeg,.png,.gif,.webp,.heic,.pdf,.docx,.odt,.txt,.mp3,.m4a,.wav,.ogg,.mp4,.mov,.3gp"

_STARTS = (
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"%PDF-", "pdf"),
    (b"OggS", "ogg"),
    (b"ID3", "mp3"),
    (b"\xff\xfb", "mp3"),
    (b"\xff\xf3", "mp3"),
    (b"\xff\xf2", "mp3"),
)
_BRANDS = (
    (rb"heic|heix|heim|heis|mif1|msf1", "heic"),
    (rb"M4A |M4B ", "m4a"),
    (rb"qt  ", "mov"),
    (rb"3g..", "3gp"),
    (rb"isom|iso[2-9]|mp41|mp42|avc1|M4V |MSNV|mmp4|dash", "mp4"),
)
# Text that a program would run or draw; also what a browser might take for a page.
_MARKUP = re.compile(rb"[\s\x00]*(<[!?/a-zA-Z]|%!PS|\{\\rtf|#!|MZ|\x7fELF)")
_CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]")


def recognise(head: bytes, tail: bytes = b"") -> Kind | None:
    """The kind of a file from its first HEAD_BYTES and last TAIL_BYTES; None for what we do not take."""
    for start, known in _STARTS:
        if head.startswith(start):
            return KINDS[known]
    code = _in_a_box(head, tail) or ("txt" if _is_text(head) else None)
    return KINDS[code] if code else None


def _in_a_box(head: bytes, tail: bytes) -> str | None:
    """Types whose first bytes only say which kind of box they came in: RIFF, ISO media, zip."""
    if head.startswith(b"RIFF"):
        return {b"WEBP": "webp", b"WAVE": "wav"}.get(head[8:12])
    if head[4:8] == b"ftyp":
        return next((code for brand, code in _BRANDS if re.fullmatch(brand, head[8:12], re.DOTALL)), None)
    if head.startswith(b"PK\x03\x04"):
        if b"mimetypeapplication/vnd.oasis.opendocument.text" in head[:120]:
            return "odt"
        return "docx" if b"word/document.xml" in head + tail else None
    return None


def _is_text(head: bytes) -> bool:
    """Words and nothing else, in UTF-8, UTF-16 with its mark, or the old western code page."""
    if not head.strip():
        return False
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return not _MARKUP.match(head[2:].replace(b"\x00", b""))
    return not _CONTROLS.search(head) and not _MARKUP.match(head.removeprefix(b"\xef\xbb\xbf"))
