"""Who opens which letter. A room registers its handler when it starts, so the post knows no room."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from varde.access.reader import Reader
from varde.tenancy.door import OfficeRef


@dataclass(frozen=True, slots=True)
class Envelope:
    """What stands outside on a letter."""

    id: UUID
    sender: OfficeRef
    sent_at: datetime
    # Whom it was written to: this office, or one that has become part of it since.
    recipient: UUID | None = None
    # Those that have become part of the sender: what was written to one of them is answered by it.
    former: tuple[UUID, ...] = ()
    # Of those types of which the last one counts: its number among what the sender laid, by the database.
    number: int = 0

    @property
    def senders(self) -> tuple[UUID, ...]:
        """Who is speaking: the sender, and those whose place it has taken."""
        return (self.sender.id, *self.former)


# A handler runs inside the recipient's transaction, together with the receipt. It may name the matter that the letter
# belongs to, for letters by which the log cannot find it.
Handler = Callable[[Any, Envelope, Reader], UUID | None]
_handlers: dict[tuple[str, type[Any]], Handler] = {}
Settle = Callable[[OfficeRef], None]
_settles: dict[str, list[Settle]] = {}


class NoHandler(LookupError):
    """Nobody in this type of office opens such letters; the letter waits."""


def register(kind: str, letter_type: type[Any], handler: Handler) -> None:
    """In an office of type `kind` ("kommune", "region", "drift") `handler` opens letters of this type."""
    key = (kind, letter_type)
    if key in _handlers and _handlers[key] is not handler:
        raise ValueError(f"{letter_type.__name__} har allerede en mottaker i {kind}.")
    _handlers[key] = handler


def handler_for(kind: str, letter: object) -> Handler:
    """The handler of a letter; NoHandler when there is none."""
    try:
        return _handlers[(kind, type(letter))]
    except KeyError as error:
        raise NoHandler(type(letter).__name__) from error


def settles(kind: str, settle: Settle) -> None:
    """In an office of type `kind` `settle` does what follows from receipts that came back; may be run at any time."""
    known = _settles.setdefault(kind, [])
    if settle not in known:
        known.append(settle)


def settle_all(ref: OfficeRef) -> None:
    """What follows from the receipts that have come back to this office."""
    for settle in _settles.get(ref.kind, ()):
        settle(ref)
