"""Blind index: find equal names, phone numbers and id numbers without storing them, within one office.

A token is HMAC-SHA256 under the office's own index key, cut to 10 bytes. Two offices' tokens cannot be compared, nor
can a phone number's with an id number's. Within the office it shows which rows are equal and how often: index only
what is searched for, and never a field with few possible values.
"""

from collections.abc import Callable
from typing import Literal

from varde.privacy import normal
from varde.privacy.keyring import for_purpose_key

Kind = Literal["name", "whole_name", "phone", "id_number", "place"]
LENGTH = 10

_PARTS: dict[Kind, Callable[[str], list[str]]] = {
    "name": normal.words,
    "whole_name": normal.whole_name,
    "phone": lambda text: [digits] if len(digits := normal.phone(text)) >= 5 else [],
    "id_number": lambda text: [digits] if (digits := normal.id_number(text)) else [],
    "place": normal.places,
}


def tokens(kind: Kind, text: str) -> list[bytes]:
    """One token of 10 bytes per word of a name or part of an address, or one for a whole name or a number.

    None for what is too short to be one.
    """
    parts = _PARTS[kind](text)
    if not parts:
        return []
    key = for_purpose_key("index")
    return [key.mac(f"index {kind}", part.encode())[:LENGTH] for part in parts]
