"""Letters to bytes and back, strictly: what is not declared in `shared.contracts` is refused.

The bytes are canonical JSON (sorted keys, no blanks, UTF-8), so the same letter always gives the same bytes.
The text repeats type, id, sender and recipient, so that an envelope cannot be put around another letter.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NoReturn
from uuid import UUID

from shared.contracts import LETTER_TYPES, Letter
from shared.contracts.fields import BadLetter, from_json, to_json

ENVELOPE_FIELDS = frozenset({"type", "version", "id", "sender", "recipient", "body"})


@dataclass(frozen=True, slots=True)
class Sealed:
    """A letter as it was sealed, with the envelope's own words inside."""

    id: UUID
    sender: UUID
    recipient: UUID
    letter: Letter


def encode(letter: Letter, *, id: UUID, sender: UUID, recipient: UUID) -> bytes:  # noqa: A002 - its name in the envelope
    """Return the letter's bytes. Raises BadLetter for a value that its field may not hold."""
    if LETTER_TYPES.get(getattr(letter, "TYPE", "")) is not type(letter):
        raise BadLetter("ukjent brevtype")
    envelope = {
        "type": letter.TYPE,
        "version": letter.VERSION,
        "id": to_json(UUID, id, "id"),
        "sender": to_json(UUID, sender, "sender"),
        "recipient": to_json(UUID, recipient, "recipient"),
        "body": to_json(type(letter), letter, "body"),
    }
    text = json.dumps(envelope, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return text.encode()


def decode(data: bytes) -> Sealed:
    """Return what `encode` sealed. Raises BadLetter, naming the field, for anything else."""
    envelope = _load(data)
    if set(envelope) != ENVELOPE_FIELDS:
        raise BadLetter("konvolutten har ukjente eller manglende felt")
    kind = LETTER_TYPES.get(envelope["type"]) if isinstance(envelope["type"], str) else None
    if kind is None:
        raise BadLetter("ukjent brevtype")
    if type(envelope["version"]) is not int or envelope["version"] != kind.VERSION:
        raise BadLetter("ukjent versjon av brevtypen")
    id_, sender, recipient = (from_json(UUID, envelope[name], name) for name in ("id", "sender", "recipient"))
    letter = from_json(kind, envelope["body"], "body")
    return Sealed(id=id_, sender=sender, recipient=recipient, letter=letter)


def _load(data: bytes) -> Mapping[str, object]:
    try:
        found = json.loads(data.decode(), parse_constant=_no_number, object_pairs_hook=_unique)
    except (ValueError, RecursionError) as error:
        raise BadLetter("brevet er ikke gyldig JSON") from error
    if not isinstance(found, dict):
        raise BadLetter("brevet er ikke et objekt")
    return found


def _no_number(word: str) -> NoReturn:
    raise BadLetter(f"{word} er ikke et tall")


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise BadLetter("samme felt står to ganger")
    return found


__all__ = ["BadLetter", "Sealed", "decode", "encode"]
