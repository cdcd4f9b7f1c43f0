"""What a safety plan holds, and what may be said on a copy that somebody else might find. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from varde.refusal import Refused


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the plan: its code, its heading, the heading of the neutral copy, and what to write."""

    code: str
    heading: str
    neutral: str
    hint: str


SECTIONS = (
    Section("warning", "Mine varseltegn", "Det jeg legger merke til", "Hva pleier å skje før det blir utrygt?"),
    Section("do", "Hva jeg kan gjøre", "Det jeg kan gjøre", "Små ting, i den rekkefølgen de er lette å få til."),
    Section("call", "Hvem jeg kan ringe", "Telefonnumre", "Navn og nummer. Er det et ord dere har avtalt?"),
    Section("places", "Trygge steder", "Steder", "Et rom med dør ut, en nabo, et sted som er åpent."),
    Section("take", "Hva jeg tar med meg", "Huskeliste", "Telefon, lader, kort, medisiner, nøkler, papirer."),
    Section("others", "Hva andre gjør", "Avtaler", "Hvem ser innom, og hva gjør de hvis de ikke får svar?"),
)
NORMAL, NEUTRAL = "vanlig", "noytral"
LONGEST = 3000
# What would tell somebody else what the paper is.
_TELLING = re.compile(
    r"\b(?:trygg\s?est\w*|vold\w*|overgrep\w*|misbruk\w*|mishandl\w*|krisesent\w*|politi\w*|anmeld\w*|trygghetsplan\w*"
    r"|barnevern\w*|besøksforbud\w*|voldsalarm\w*|116\s?006|112)\b",
    re.IGNORECASE,
)


def check_parts(parts: Mapping[str, str]) -> None:
    """Raise Refused for a plan without a word in it."""
    if not any(parts.values()):
        raise Refused("Skriv noe i minst én av delene.")


def check_agreed(day: date | None, today: date) -> None:
    """Raise Refused for an agreement that has not been yet."""
    if day is not None and day > today:
        raise Refused("Dagen dere ble enige, er ikke kommet ennå.")


def telling(parts: Mapping[str, str]) -> list[str]:
    """Words of the plan that would give a neutral copy away, each once, in the order they stand."""
    said = [match.group().lower() for text in parts.values() for match in _TELLING.finditer(text)]
    return list(dict.fromkeys(said))
