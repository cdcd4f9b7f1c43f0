"""Shortcuts: what they are for this reader, and whether this browser wants them.

A shortcut presses a link that stands on the page anyway (`keys.js`). Keys of one sign can be hit by mistake and by
speech, so whoever wants can turn them all off (WCAG 2.1.4); the browser remembers it, the account does not.
"""

from dataclasses import dataclass

from django.http import HttpRequest

from varde.access.permissions import Permission
from varde.access.reader import Reader
from varde.ui.navigation import entries

PAGE = "/hjelp/tastatur"
COOKIE = "varde-taster"
OFF = "av"
SEARCH = "/"


@dataclass(frozen=True, slots=True)
class Shortcut:
    """Keys to press after each other, and where they lead."""

    keys: tuple[str, ...]
    label: str


_also: list[tuple[str, Permission, tuple[Shortcut, ...]]] = []


def also(kind: str, permission: Permission, shortcuts: tuple[Shortcut, ...]) -> None:
    """A room's own keys, on pages of its own. Called once per room in AppConfig.ready()."""
    if (kind, permission, shortcuts) not in _also:
        _also.append((kind, permission, shortcuts))


def on(request: HttpRequest) -> bool:
    """Does this browser want shortcuts? It does until somebody says no."""
    return request.COOKIES.get(COOKIE) != OFF


def shortcuts(reader: Reader) -> list[Shortcut]:
    """Those that lead somewhere for this reader, in the menu's order."""
    led = [e for e in entries(reader) if e.keys and e.keys != SEARCH]
    finds = next((f"Søkefeltet på siden, ellers «{e.label}»" for e in entries(reader) if e.keys == SEARCH), "")
    return [
        Shortcut(("?",), "Denne siden"),
        Shortcut((SEARCH,), finds or "Søkefeltet på siden, der det er ett"),
        *(Shortcut(tuple(e.keys.split()), e.label) for e in led),
        *(each for kind, may, of in _also if kind == reader.office.kind and reader.may(may) for each in of),
    ]
