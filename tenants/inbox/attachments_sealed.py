"""The bytes of an attachment, sealed piece by piece under the matter's key. One piece is in memory at a time.

Each piece is bound to office, table, file, part, place and whether it is the last: pieces cannot be swapped between
files, put in another order, or cut off at the end without the opening failing.
"""

from collections.abc import Iterable, Iterator
from uuid import UUID

from tenants.inbox.attached import Attachment, AttachmentChunk
from varde.privacy import envelope
from varde.privacy.errors import CannotOpen
from varde.privacy.keyring import OpenKey, keyring

_TABLE = "inbox_attachmentchunk"


def _bound(attachment_id: UUID, part: str, ordinal: int, last: bool, key: OpenKey) -> bytes:
    here = f"{attachment_id}\x1f{part}\x1f{ordinal}\x1f{int(last)}"
    return envelope.place(key.office, _TABLE, "sealed", here, key.id)


def store(attachment: Attachment, part: str, chunks: Iterable[bytes]) -> None:
    """Insert all pieces. Plain inserts: whoever deposits reads nothing back."""
    numbered = ((ordinal, chunk, last) for ordinal, (chunk, last) in enumerate(_with_last(chunks)))
    _insert(attachment, part, numbered)


def store_some(attachment: Attachment, first: int, chunks: Iterable[bytes], last: int) -> None:
    """Insert the pieces of the original that begin at `first`; `last` is the place of the file's last one. A piece that
    lies there already is left as it is."""
    laid = AttachmentChunk.objects.filter(attachment=attachment, part="original").values_list("ordinal", flat=True)
    there = set(laid)
    numbered = ((place, chunk, place == last) for place, chunk in enumerate(chunks, first) if place not in there)
    _insert(attachment, "original", numbered)


def _insert(attachment: Attachment, part: str, numbered: Iterable[tuple[int, bytes, bool]]) -> None:
    key = keyring().for_writing(attachment.key_id)
    for ordinal, chunk, last in numbered:
        AttachmentChunk(
            attachment=attachment,
            concern_id=attachment.concern_id,
            part=part,
            ordinal=ordinal,
            last=last,
            sealed=key.seal(chunk, _bound(attachment.id, part, ordinal, last, key)),
        ).save()


def _with_last(chunks: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Each piece, and whether it is the last; an empty file is one empty piece."""
    before: bytes | None = None
    for chunk in chunks:
        if before is not None:
            yield before, False
        before = chunk
    yield before or b"", True


def opened(attachment: Attachment, part: str) -> Iterator[bytes]:
    """The pieces in order. CannotOpen when one is missing, changed, moved or not where it belongs."""
    key = keyring().of(attachment.key_id)
    ordinal, last = 0, False
    while not last:
        row = (
            AttachmentChunk.objects.filter(attachment=attachment, part=part, ordinal=ordinal)
            .values_list("sealed", "last")
            .first()
        )
        if row is None:
            raise CannotOpen
        sealed, last = bytes(row[0]), row[1]
        yield key.open(sealed, _bound(attachment.id, part, ordinal, last, key))
        ordinal += 1
