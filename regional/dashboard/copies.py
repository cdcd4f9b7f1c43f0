"""The frozen bytes of a release, and what its row in the ledger says of how it was made."""

from dataclasses import dataclass
from typing import Any

from regional.releases.given import check_copy
from regional.releases.models import EntryKind, FrozenCopy, LedgerEntry


@dataclass(frozen=True, slots=True)
class Copy:
    """A release as it was frozen. `digest`: SHA-256 of `content`, as the ledger has it."""

    content: bytes
    digest: str
    row: dict[str, Any]


def copy_of(number: int) -> Copy | None:
    """The release with this number in the ledger; None where there is none, or where it is withdrawn. Raises Broken."""
    found = FrozenCopy.objects.filter(entry__number=number, entry__kind=EntryKind.RELEASE).select_related("entry")
    copy = found.first()
    if copy is None or withdrawn(number):
        return None
    check_copy(copy)
    row: Any = copy.entry.content
    return Copy(copy.content.encode(), row["copy"], row)


def withdrawn(number: int) -> bool:
    """Has it been taken back?"""
    return LedgerEntry.objects.filter(kind=EntryKind.WITHDRAWN, content__release=number).exists()
