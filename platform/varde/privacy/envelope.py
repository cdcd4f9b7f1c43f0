"""The bytes of a sealed value: version, data key id, nonce, AES-256-GCM of the padded content. Pure.

Padding to the next 64 bytes hides whether somebody wrote two words or ten. An empty value is stored as no bytes.
"""

from uuid import UUID

VERSION = 1
NONCE = 12
TAG = 16
HEAD = 1 + 16 + NONCE
BLOCK = 64


def pad(content: bytes) -> bytes:
    """ISO/IEC 7816-4: one 0x80, then zeros to a multiple of 64."""
    return content + b"\x80" + bytes(-(len(content) + 1) % BLOCK)


def unpad(padded: bytes) -> bytes:
    """The content again. What was authenticated was padded by us."""
    return padded[: padded.rindex(b"\x80")]


def is_envelope(stored: bytes) -> bool:
    """By version and length; text from before starts with a printable character, so the two never look alike."""
    return stored[:1] == bytes((VERSION,)) and len(stored) > HEAD + TAG and (len(stored) - HEAD - TAG) % BLOCK == 0


def key_of(envelope: bytes) -> UUID:
    """Which data key opens it."""
    return UUID(bytes=bytes(envelope[1:17]))


def place(office: UUID, table: str, column: str, pk: object, key_id: UUID) -> bytes:
    """What a value is bound to: it opens nowhere else."""
    return "\x1f".join((str(office), table, column, str(pk), str(key_id))).encode()
