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


_entries: list[Entry] = []


def entry(kind: str, order: int, label: str, url: str, *permissions: Permission) -> None:
    """Add an entry; called once per room in AppConfig.ready()."""
    new = Entry(kind, order, label, url, permissions)
    if new not in _entries:
        _entries.append(new)


def links(path: str, reader: Reader) -> list[dict[str, object]]:
    """The menu for this reader, in order, with the page that is open marked (the nearest, when several fit)."""
    mine = [e for e in _entries if e.kind == reader.office.kind and any(reader.may(p) for p in e.permissions)]
    fits = [e.url for e in mine if path == e.url or path.startswith(e.url + "/")]
    nearest = max(fits, key=len, default="")
    return [{"url": e.url, "label": e.label, "current": e.url == nearest} for e in sorted(mine, key=lambda e: e.order)]
