"""Choosing among the cases, as it stands in an address. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode
from uuid import UUID

SHOWN = [("", "Åpne"), ("mine", "Mine åpne"), ("lukket", "Lukkede"), ("alle", "Alle")]
DUE = [("", "Alle frister"), ("over", "Over fristen"), ("snart", "Frist innen en uke")]
SORTED = [("", "Nyeste først"), ("frist", "Nærmeste frist først"), ("eldst", "Eldste først")]


@dataclass(frozen=True, slots=True)
class Choice:
    """What is chosen. Every field's empty value chooses all."""

    shown: str = ""
    category: tuple[str, ...] = ()
    due: str = ""
    owner: UUID | None = None
    since: date | None = None
    until: date | None = None
    sort: str = ""

    @property
    def narrows(self) -> bool:
        """Is anything chosen beyond which heap it is?"""
        return any((self.category, self.due, self.owner, self.since, self.until))


# How each field is called in the address.
NAMES: Mapping[str, str] = {
    "shown": "vis", "category": "kategori", "due": "frist", "owner": "eier", "since": "fra", "until": "til",
    "sort": "sorter",
}  # fmt: skip


def address(choice: Choice) -> str:
    """The choice as a query string, without what chooses all; the same choice is always the same string."""
    said: list[tuple[str, str]] = []
    for name in NAMES:
        value = getattr(choice, name)
        values: Iterable[object] = value if isinstance(value, tuple) else [value]
        said += [(NAMES[name], str(each)) for each in values if each]
    return urlencode(said)


def states(choice: Choice) -> Sequence[str]:
    """Of cases."""
    return {"lukket": ("closed",), "alle": ("open", "closed")}.get(choice.shown, ("open",))
