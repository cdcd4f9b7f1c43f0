"""Finding a matter by what it is called: a receipt, the phone service's reference, a case's number, an id.

    search_named.also_named(function)      function(typed) -> ids of the matters that a later room calls that

Rows decide who finds what: a name of something hidden finds as little as one of nothing.
"""

import re
from collections.abc import Callable, Collection
from uuid import UUID

from tenants.inbox.models import Concern
from tenants.inbox.receipts import digits_of, receipt_hashes
from varde.tenancy.door import OfficeRef

Named = Callable[[str], Collection[UUID]]
_REFERENCE = re.compile(r"V-?[2-9A-Z]{4}-?[2-9A-Z]{2}|(?:Sak \d{4}-|Bekymring )[0-9A-F]{6}(?:-\d)?", re.IGNORECASE)
_NUMBER = re.compile(r"(?:Sak )?(?:\d{4}-)?[0-9A-F]{6}(?:-\d)?", re.IGNORECASE)
_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_rooms: list[Named] = []


def also_named(function: Named) -> None:
    """A later room says what it calls its matters; called once per room in AppConfig.ready()."""
    if function not in _rooms:
        _rooms.append(function)


def looks_named(typed: str) -> bool:
    """Can this be what something is called, though it holds no word to search for?"""
    typed = " ".join(typed.split())
    return bool(digits_of(typed) or _REFERENCE.fullmatch(typed) or _NUMBER.fullmatch(typed) or is_id(typed))


def is_id(typed: str) -> bool:
    """Is it the whole id of something?"""
    return bool(_ID.fullmatch(typed))


def named(ref: OfficeRef, typed: str) -> set[UUID]:
    """The matters there for the reader that are called exactly this."""
    typed = " ".join(typed.split())
    found = {matter for function in _rooms for matter in function(typed)}
    return found | _by_receipt(ref, typed) | _by_reference(typed) | _by_id(typed)


def _by_receipt(ref: OfficeRef, typed: str) -> set[UUID]:
    digits = digits_of(typed)
    rows = Concern.objects.filter(receipt_hash__in=receipt_hashes(ref, digits)) if digits else Concern.objects.none()
    return set(rows.values_list("id", flat=True))


def _by_reference(typed: str) -> set[UUID]:
    if not _REFERENCE.fullmatch(typed):
        return set()
    return set(Concern.objects.filter(reference__in=_spellings(typed)).values_list("id", flat=True))


def _spellings(typed: str) -> set[str]:
    """As it was given out, whatever letters and hyphens it came back with."""
    bare = typed.upper().replace("-", "")
    first, _, rest = typed.partition(" ")
    return {f"{bare[:1]}-{bare[1:5]}-{bare[5:]}", f"{first.capitalize()} {rest.upper()}"}


def _by_id(typed: str) -> set[UUID]:
    if not is_id(typed):
        return set()
    return set(Concern.objects.filter(id=UUID(typed)).values_list("id", flat=True))
