"""A file on its way from one office to another: taken apart into pieces that a letter can hold, and put together again.

The original travels. The cleaned copy does not: whoever takes the file in checks it and makes the copy anew in a caged
child of its own, so that nothing that another office says of a file has to be believed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import batched
from uuid import UUID

from django.db import transaction

from tenants.inbox import attachments_sealed as sealed
from tenants.inbox.attached import Attachment
from tenants.inbox.attachments import OPEN, under_way
from varde.access import Reader
from varde.access.ticket import presented
from varde.audit.actions import Action, record
from varde.clock import now
from varde.documents.bounds import CHUNK_BYTES
from varde.privacy.errors import CannotOpen

_CHUNKS = 4
PIECE_BYTES = _CHUNKS * CHUNK_BYTES


class DoesNotFit(ValueError):
    """A piece that is not of the file that was announced."""


@dataclass(frozen=True, slots=True)
class Announced:
    """A file whose pieces will come."""

    id: UUID
    number: int
    kind: str
    size: int
    name: str = ""
    declared: str = ""


def pieces_of(size: int) -> int:
    """How many letters a file of so many bytes takes."""
    return -(-size // PIECE_BYTES)


def is_whole(attachment: Attachment) -> bool:
    """Can every byte of the original be read?"""
    try:
        return sum(map(len, sealed.opened(attachment, "original"))) == attachment.size
    except CannotOpen:
        return False


def pieces(attachment: Attachment) -> Iterator[bytes]:
    """The original, one piece in memory at a time. Raises CannotOpen."""
    for chunks in batched(sealed.opened(attachment, "original"), _CHUNKS, strict=False):
        yield b"".join(chunks)


def announce(*, concern_id: UUID, file: Announced, by: Reader) -> None:
    """Lay a file without its bytes beside a concern of this transaction."""
    Attachment(
        id=file.id,
        concern_id=concern_id,
        number=file.number,
        at=now(),
        name=file.name,
        declared=file.declared,
        kind=file.kind,
        size=file.size,
        arriving=True,
    ).save()
    said = f"vedlegg {file.number}, overført"
    record(by=by, action=Action.CREATE, what="inbox.attachment", ids=[concern_id], reason=said)


def take(*, attachment_id: UUID, ordinal: int, data: bytes, by: Reader) -> UUID | None:
    """Lay a piece, sealed under the key of the matter that awaits it, and have the file checked when it is the last.

    Returns the matter; None when no such file is awaited. Raises DoesNotFit.
    """
    # The post may read nothing of a matter; what may be done to the bytes of a file is the purpose "documents".
    with presented(Reader.for_purpose("documents", by.office)):
        file = Attachment.objects.filter(id=attachment_id, arriving=True).first()
        if file is None:
            return None
        last = pieces_of(file.size) - 1
        awaited = PIECE_BYTES if ordinal < last else file.size - last * PIECE_BYTES
        if not 0 <= ordinal <= last or len(data) != awaited:
            raise DoesNotFit
        chunks = (data[at : at + CHUNK_BYTES] for at in range(0, len(data), CHUNK_BYTES))
        sealed.store_some(file, ordinal * _CHUNKS, chunks, -(-file.size // CHUNK_BYTES) - 1)
        whole = not under_way([file])
    if whole:
        transaction.on_commit(lambda: OPEN.ring(by.office, str(attachment_id)), robust=True)
    return file.concern_id
