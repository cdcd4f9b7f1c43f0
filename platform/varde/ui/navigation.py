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
    keys: str = ""


_entries: list[Entry] = []
# Where a long menu is parted, by the entries' order; a short one stands as it is. Named after what one is about to do.
_GROUPS = {
    "kommune": ((0, "Dagen"), (20, "Saker"), (50, "Team og møter"), (70, "Tall og informasjon"), (80, "Oppsett"),
                (92, "Logg og kontroll")),
    "region": ((0, "Vakttelefon"), (20, "Samarbeid"), (80, "Oppsett og logg")),
    "drift": ((0, "Plattform"), (80, "Oppsett og logg")),
}  # fmt: skip
_LONG = 10


def entry(
    kind: str, order: int, label: str, url: str, *permissions: Permission, text: str = "", keys: str = ""
) -> None:
    """Add an entry, with a sentence for the start page and the keys that lead there ("n", or "g i" after each other).

    Called once per room in AppConfig.ready().
    """
    new = Entry(kind, order, label, url, permissions, text, keys)
    if new not in _entries:
        _entries.append(new)


def entries(reader: Reader) -> list[Entry]:
    """The menu for this reader, in order."""
    mine = [e for e in _entries if e.kind == reader.office.kind and any(reader.may(p) for p in e.permissions)]
    return sorted(mine, key=lambda e: e.order)


@dataclass(frozen=True, slots=True)
class Group:
    """Entries that belong together; a menu that is short is one group without a name."""

    label: str
    entries: tuple[Entry, ...]


def groups(reader: Reader) -> list[Group]:
    """The menu for this reader, parted where it is long."""
    mine = entries(reader)
    if len(mine) < _LONG:
        return [Group("", tuple(mine))] if mine else []
    named = _GROUPS[reader.office.kind]
    ends = [begin for begin, _ in named[1:]] + [1_000]
    parted = [
        Group(label, tuple(e for e in mine if begin <= e.order < end))
        for (begin, label), end in zip(named, ends, strict=True)
    ]
    return [group for group in parted if group.entries]


def links(path: str, reader: Reader) -> list[dict[str, object]]:
    """The same for the frame, with the page that is open marked (the nearest, when several fit), and its group open.

    A group of one needs no fold: it stands as a link of its own.
    """
    parted = groups(reader)
    fits = [e.url for group in parted for e in group.entries if path == e.url or path.startswith(e.url + "/")]
    nearest = max(fits, key=len, default="")
    return [
        {
            "label": group.label,
            "folds": bool(group.label) and len(group.entries) > 1,
            "open": any(e.url == nearest for e in group.entries),
            "links": [
                {"url": e.url, "label": e.label, "keys": e.keys, "current": e.url == nearest} for e in group.entries
            ],
        }
        for group in parted
    ]
