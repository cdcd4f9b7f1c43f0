"""What can be chosen among the cases. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

SHOWN = [("", "Åpne"), ("mine", "Mine åpne"), ("lukket", "Lukkede"), ("alle", "Alle")]
SORTED = [("", "Nyeste først"), ("frist", "Nærmeste frist først"), ("eldst", "Eldste først")]
CARRIED = [("", "Alle"), ("team", "Teamet alene"), ("tjeneste", "En tjeneste, helt eller delvis")]
HELD = [("", "Alle"), ("ja", "Stoppet nå"), ("nei", "Ikke stoppet")]


@dataclass(frozen=True, slots=True)
class Choice:
    """What is chosen. Every field's empty value chooses all; `more` is for what later rooms let choose by."""

    shown: str = ""
    category: tuple[str, ...] = ()
    due: str = ""
    owner: UUID | None = None
    member: UUID | None = None
    service: str = ""
    carried: str = ""
    held: str = ""
    since: date | None = None
    until: date | None = None
    sort: str = ""
    more: Mapping[str, Any] = field(default_factory=dict)


# How each field is called in the address.
NAMES: Mapping[str, str] = {
    "shown": "vis", "category": "kategori", "due": "frist", "owner": "eier", "member": "medlem", "service": "tjeneste",
    "carried": "barer", "held": "stopp", "since": "fra", "until": "til", "sort": "sorter",
}  # fmt: skip


def states(choice: Choice) -> Sequence[str]:
    """Of cases."""
    return {"lukket": ("closed",), "alle": ("open", "closed")}.get(choice.shown, ("open",))
