"""The menu as cards on the start page."""

from dataclasses import dataclass

from varde.access.reader import Reader
from varde.ui.navigation import groups


@dataclass(frozen=True, slots=True)
class Card:
    """One entry of the menu with what it is for."""

    label: str
    url: str
    text: str


@dataclass(frozen=True, slots=True)
class Shelf:
    """Cards that belong together; without a name where there are few."""

    label: str
    cards: tuple[Card, ...]


def shelves(by: Reader) -> list[Shelf]:
    """The menu of this reader, parted and ordered as it is."""
    return [
        Shelf(group.label, tuple(Card(entry.label, entry.url, entry.text) for entry in group.entries))
        for group in groups(by)
    ]
