"""Templates to choose between: what was loaded, what the region sent, and the one that Varde ships. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

SHIPPED = "varde"
FRESH = timedelta(days=30)
"""So long the start page says that a template from the region waits."""
OTHER = "Kommunen har en annen mal med samme navn og versjon. Be regionen gi malen et nytt versjonsnummer."


class Named(Protocol):
    """A version of a template."""

    @property
    def key(self) -> str: ...
    @property
    def version(self) -> str: ...
    @property
    def content(self) -> Any: ...


class Loaded(Named, Protocol):
    """The same at a time that it was taken into use."""

    @property
    def loaded_at(self) -> datetime: ...
    @property
    def loaded_by_name(self) -> str: ...


class Offered(Named, Protocol):
    """The same as the region sent it."""

    @property
    def sent_at(self) -> datetime: ...


@dataclass(frozen=True, slots=True)
class Edition:
    """A version of a template that the office has used. `last` and `first` are the same when it was taken once."""

    first: Loaded
    last: Loaded
    current: bool
    from_region: bool


def editions(loaded: Iterable[Loaded], offers: Iterable[Offered]) -> list[Edition]:
    """Each version once, the one that was last taken into use first; `loaded` comes newest first."""
    by_version: dict[tuple[str, str], list[Loaded]] = {}
    for row in loaded:
        by_version.setdefault((row.key, row.version), []).append(row)
    sent = list(offers)
    return [
        Edition(rows[-1], rows[0], at == 0, any(offer.content == rows[0].content for offer in sent))
        for at, rows in enumerate(by_version.values())
    ]


def waiting[T: Offered](offers: Iterable[T], loaded: Iterable[Loaded]) -> list[T]:
    """What the region has sent and nobody has taken into use."""
    used = [row.content for row in loaded]
    return [offer for offer in offers if offer.content not in used]


def clash(content: Mapping[str, Any], loaded: Iterable[Loaded], shipped: Mapping[str, Any]) -> str:
    """Why a template cannot be taken into use: another one has its name and number. "" when it can."""
    named = (content["key"], content["version"])
    others = [*(row.content for row in loaded), shipped]
    taken = any((one["key"], one["version"]) == named and one != content for one in others)
    return OTHER if taken else ""


def is_fresh(offer: Offered, at: datetime) -> bool:
    """Is it so new that it is said on the start page?"""
    return at - offer.sent_at < FRESH
