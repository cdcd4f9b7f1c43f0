"""Looking up the catalogue of measures on the page of a new one. Pure: what was asked is handed in."""

from collections.abc import Mapping
from dataclasses import dataclass

from shared.codes import catalogue
from shared.codes.catalogue import Suggestion
from tenants.measures.states import KINDS


@dataclass(frozen=True, slots=True)
class Lookup:
    """What was asked of the catalogue, what it answers, and what was chosen of it."""

    words: str
    kind: str
    service: str
    found: list[Suggestion]
    chosen: Suggestion | None

    @property
    def asked(self) -> bool:
        """Was anything searched for?"""
        return bool(self.words or self.kind or self.service)


def looked_up(asked: Mapping[str, str]) -> Lookup:
    """By the address's `sok`, `slags`, `tjeneste` and `fra`; what is unknown is taken for not asked."""
    words, kind, service = asked.get("sok", "")[:100], asked.get("slags", ""), asked.get("tjeneste", "")
    kind = kind if kind in dict(KINDS) else ""
    service = service if service in catalogue.services() else ""
    found = catalogue.matching(words, kind, service)
    return Lookup(words, kind, service, found, catalogue.suggestion(asked.get("fra", "")))


def first_values(chosen: Suggestion | None) -> dict[str, str]:
    """What the form of a measure begins with."""
    if chosen is None:
        return {}
    return {
        "kind": chosen.kind,
        "title": f"{chosen.title}. {chosen.sentence}",
        "service": chosen.service,
        "legal_ground": chosen.ground,
    }
