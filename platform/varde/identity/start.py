"""The start page: what a room puts first on it, and the menu as cards."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.safestring import SafeString

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


HERE = "/start"
Part = Callable[[HttpRequest, Reader], SafeString]
_parts: list[Part] = []


def on_start(part: Part) -> None:
    """Show a room's part before the menu, "" for nothing; called once in AppConfig.ready()."""
    if part not in _parts:
        _parts.append(part)


First = Callable[[Reader], str]
_first: list[First] = []


def before_all(first: First) -> None:
    """Where a reader must go before anything else opens, "" for nowhere; called once in AppConfig.ready()."""
    if first not in _first:
        _first.append(first)


def first_of_all(by: Reader) -> str:
    """The address that comes before the start page, or ""."""
    return next((url for first in _first if (url := first(by))), "")


def parts(request: HttpRequest, by: Reader) -> list[SafeString]:
    """What the rooms put on the start page of this reader."""
    return [html for part in _parts if (html := part(request, by))]


def shelves(by: Reader) -> list[Shelf]:
    """The menu of this reader, parted and ordered as it is."""
    return [
        Shelf(group.label, tuple(Card(each.label, each.url, each.text) for each in group.entries if each.url != HERE))
        for group in groups(by)
    ]
