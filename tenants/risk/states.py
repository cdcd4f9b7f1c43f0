"""What an assessment must have before it is signed, and when the next one is. Pure: the template and the day come in.

A draft may have gaps. A signed assessment has an answer to every question that the template requires, words where it
asks for words, a level that a person chose with reasons, and a day for the next one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from shared.codes.templates import Template
from varde.refusal import Refused

UNCERTIFIED = "Signert uten gyldig RITE-sertifisering"


@dataclass(frozen=True, slots=True)
class Given:
    """What is answered: item -> value, section -> words, the level and its reasons. Missing is not answered."""

    items: Mapping[str, int] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    level: int | None = None
    reason: str = ""

    def stored(self) -> dict[str, Any]:
        """As it lies in the row; what is empty is left out."""
        return {
            "items": dict(self.items),
            "words": {key: text for key, text in self.words.items() if text},
            "level": self.level,
            "reason": self.reason,
        }

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> "Given":
        """From a row; an empty one when nothing has been saved."""
        return cls(stored.get("items", {}), stored.get("words", {}), stored.get("level"), stored.get("reason", ""))


@dataclass(frozen=True, slots=True)
class Missing:
    """What stops the signature: the form's field, and a sentence to show there."""

    field: str
    sentence: str


def missing(template: Template, given: Given, next_on: date | None) -> list[Missing]:
    """What stops the signature; empty when nothing does."""
    found = []
    for section in template.sections:
        found += [
            Missing(f"i-{item.id}", f"Svar på «{item.text}».")
            for item in section.items
            if item.required and item.id not in given.items
        ]
        if section.reasoning and not given.words.get(section.id):
            found.append(Missing(f"b-{section.id}", f"Skriv hva dere bygger på under «{section.title}»."))
    if given.level is None:
        found.append(Missing("level", "Velg et risikonivå."))
    if not given.reason:
        found.append(Missing("reason", "Begrunn risikonivået."))
    if next_on is None:
        found.append(Missing("next_on", "Velg en dato for neste vurdering."))
    return found


def check_given(template: Template, given: Given) -> None:
    """Raise Refused for an answer that the template does not have."""
    known = {item.id: {step.value for step in template.scale(item).steps} for item in template.items}
    if any(value not in known.get(key, ()) for key, value in given.items.items()):
        raise Refused("Et av svarene finnes ikke i malen.")
    if set(given.words) - {section.id for section in template.sections}:
        raise Refused("En av begrunnelsene hører ikke til malen.")
    if given.level is not None and not template.level.label_of(given.level):
        raise Refused("Risikonivået finnes ikke i malen.")


def certified(rite_until: date | None, today: date) -> bool:
    """Does the certification hold that day, the last day included?"""
    return rite_until is not None and rite_until >= today
