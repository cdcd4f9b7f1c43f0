"""What is known of a person, as one value: sealed together, compared field by field. Pure."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from tenants.persons.states import ANSWERS, HIDDEN_ADDRESS, KNOWN, PROTECTION, RELATIONS, SERVICES, name_for, strictest

LABELS = {
    "known": "Hvor kjent",
    "name": "Navn",
    "id_number": "Fødselsnummer eller D-nummer",
    "phone": "Telefon",
    "protection": "Adressesperre",
    "address": "Adresse",
    "relation": "Relasjon til den utsatte",
    "own_child": "Den utsattes eget barn",
    "services": "Tjenester fra kommunen",
    "description": "Beskrivelse",
    "notes": "Notater",
}
_CODES = {
    "known": dict(KNOWN),
    "protection": dict(PROTECTION),
    "relation": dict(RELATIONS),
    "own_child": dict(ANSWERS),
    "services": dict(SERVICES),
}
# How a person in the role of reporter is shown everywhere but where who reported is shown for a recorded reason.
REPORTER, SEALED = "reporter", "Melder (forseglet)"
EMPTY = {"known": ("unknown",), "protection": ("none",), "own_child": ("", "unknown"), "services": ("", "unknown")}


@dataclass(frozen=True, slots=True)
class Card:
    """A person as somebody wrote them down."""

    known: str = "known"
    name: str = ""
    id_number: str = ""
    phone: str = ""
    protection: str = "none"
    address: str = ""
    relation: str = ""
    own_child: str = ""
    services: str = ""
    description: str = ""
    notes: str = ""

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> "Card":
        """From the stored object; what an older version did not have is empty."""
        return cls(**{each.name: str(given[each.name]) for each in fields(cls) if each.name in given})

    def given(self) -> dict[str, Any]:
        """To store; the empty left out."""
        return {name: value for name, value in asdict(self).items() if value}

    @property
    def called(self) -> str:
        """The name, or what stands instead of one."""
        return name_for(self.known, self.name, self.description)

    @property
    def protected(self) -> bool:
        """Must nobody see the address in passing?"""
        return self.protection in ("confidential", "strict")

    @property
    def shown_address(self) -> str:
        """The address, or that it is protected."""
        return HIDDEN_ADDRESS if self.protected else self.address


def shown_as(role: str, card: Card) -> Card:
    """What a page, a list or a paper may show of a person in this role: of whoever reported, that it is sealed."""
    return Card(known="", name=SEALED) if role == REPORTER else card


def said(name: str, value: str) -> str:
    """A value of a field in words."""
    return _CODES[name].get(value, value) if name in _CODES else value


def facts(card: Card) -> list[dict[str, str]]:
    """Labels and values of what is filled in, for a page; never a protected address."""
    shown = replace(card, address=card.shown_address)
    return [
        {"label": label, "value": said(name, value)}
        for name, label in LABELS.items()
        if name != "name" and (value := getattr(shown, name)) and not (name == "protection" and value == "none")
    ]


def differences(before: Card, after: Card, *, hide_address: bool) -> list[dict[str, str]]:
    """What changed between two versions, in words."""
    found = []
    for name, label in LABELS.items():
        old, new = getattr(before, name), getattr(after, name)
        if old == new:
            continue
        if name == "address" and hide_address:
            old, new = (HIDDEN_ADDRESS if each else "" for each in (old, new))
        found.append({"label": label, "old": said(name, old), "new": said(name, new)})
    return found


def without(card: Card, before: Card, after: Card) -> Card:
    """The card as if a merge had never been: what the merge changed is what it was before, but for what was changed
    since."""
    undone = {
        each.name: getattr(before, each.name)
        for each in fields(Card)
        if getattr(before, each.name) != getattr(after, each.name) == getattr(card, each.name)
    }
    return replace(card, **undone)


def filled_from(kept: Card, other: Card) -> Card:
    """The kept card with what it lacks taken from the other, and the strictest protection of the two."""
    lacking = {
        each.name: getattr(other, each.name)
        for each in fields(Card)
        if getattr(other, each.name) and getattr(kept, each.name) in ("", *EMPTY.get(each.name, ()))
    }
    return replace(kept, **lacking | {"protection": strictest(kept.protection, other.protection)})


_ADDRESS, _NAME_WORDS, _NAME = 200, 4, 200


def from_told(who: str, lives: str) -> dict[str, str]:
    """What a card can begin with of what was told: «Gudrun Lien, 81 år» is a name and a description.

    What does not begin as a name does is the description alone.
    """
    first, comma, rest = (part.strip() for part in who.partition(","))
    parts = first.split()
    named = all(part[0].isupper() and part.replace("-", "").replace(".", "").isalpha() for part in parts)
    is_name = named and "\n" not in first and len(first) <= _NAME and (1 if comma else 2) <= len(parts) <= _NAME_WORDS
    fits = len(lives) <= _ADDRESS and "\n" not in lives.strip()
    description = [rest if is_name else who.strip(), "" if fits else lives.strip()]
    found = {
        "known": "" if is_name else "unknown",
        "name": first if is_name else "",
        "description": "\n".join(filter(None, description)),
        "address": lives.strip() if fits else "",
    }
    filled = {name: text for name, text in found.items() if text}
    return filled if set(filled) - {"known"} else {}
