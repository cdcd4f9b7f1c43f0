"""What the worker alone keeps beside the ledger: what a draft says, which figures are unsafe, the tables that prove a
release. Each is laid with a keyed mark that its row in the ledger holds."""

import json
import zlib
from typing import Any
from uuid import UUID

from regional.releases.ledger import KEPT, Broken, Entry
from regional.releases.marks import kept_mark
from regional.releases.models import Kept, KeptKind, LedgerEntry
from regional.releases.statements import canonical

CHANGED = (
    "Det som er lagt til side ved rad {number} i hovedboken, er endret eller borte. "
    "Ingen tall gis ut før det er funnet ut av."
)


def keep(kind: KeptKind, content: Any, wish: UUID) -> str:
    """Lay it aside; the mark that is to stand in the ledger."""
    data = canonical(content)
    mark = kept_mark(kind, data)
    Kept(wish=wish, kind=kind, content=zlib.compress(data, 9), mark=mark).save()
    return mark


def kept(kind: str, mark: str) -> Any:
    """What was laid aside under this mark. Raises LookupError where it is gone or another."""
    row = Kept.objects.filter(kind=kind, mark=mark).first()
    data = zlib.decompress(bytes(row.content)) if row else b""
    if row is None or kept_mark(kind, data) != mark:
        raise LookupError(mark)
    return json.loads(data)


_KINDS = {"drafted": KeptKind.DRAFT, "settled": KeptKind.SETTLED}


def with_kept(row: LedgerEntry) -> Entry:
    """A row with what the worker keeps of it. Raises Broken."""
    kind = _KINDS.get(row.kind)
    if kind is None:
        return Entry(row.number, row.kind, row.content)
    content: Any = row.content
    try:
        return Entry(row.number, row.kind, content | {KEPT: kept(kind, content["kept"])})
    except (LookupError, TypeError, ValueError, zlib.error) as error:
        raise Broken(CHANGED.format(number=row.number)) from error
