"""The menu as cards on the start page."""

from dataclasses import dataclass

from varde.access.reader import Reader
from varde.ui.navigation import entries


@dataclass(frozen=True, slots=True)
class Card:
    """One entry of the menu with what it is for."""

    label: str
    url: str
    text: str


def cards(by: Reader) -> list[Card]:
    """The menu of this reader, in its order."""
    return [Card(entry.label, entry.url, entry.text) for entry in entries(by)]
