"""The reader's way around. Each room names its own entry when it starts, so the frame knows no room."""

from dataclasses import dataclass

from varde.access.permissions import Permission
from varde.access.reader import Reader


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the menu in one type of office, for those with one of the permissions."""

    kind: str
    order: int
    label: str
    url: str
    permissions: tuple[Permission, ...]
    text: str = ""


_entries: list[Entry] = []


def entry(kind: str, order: int, label: str, url: str, *permissions: Permission, text: str = "") -> None:
    """Add an entry, with a sentence for the start page; called once per room in AppConfig.ready()."""
    new = Entry(kind, order, label, url, permissions, text)
    if new not in _entries:
        _entries.append(new)


def entries(reader: Reader) -> list[Entry]:
    """The menu for this reader, in order."""
    mine = [e for e in _entries if e.kind == reader.office.kind and any(reader.may(p) for p in e.permissions)]
    return sorted(mine, key=lambda e: e.order)


def links(path: str, reader: Reader) -> list[dict[str, object]]:
    """The same for the frame, with the page that is open marked (the nearest, when several fit)."""
    mine = entries(reader)
    fits = [e.url for e in mine if path == e.url or path.startswith(e.url + "/")]
    nearest = max(fits, key=len, default="")
    return [{"url": e.url, "label": e.label, "current": e.url == nearest} for e in mine]
