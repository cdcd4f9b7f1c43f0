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
# Where a long menu is parted, by the entries' order; a short one stands as it is.
_GROUPS = ((0, "Kommer inn"), (20, "Saker"), (50, "Team og tall"), (80, "Oppsett og innsyn"))
_LONG = 9


def entry(kind: str, order: int, label: str, url: str, *permissions: Permission, text: str = "") -> None:
    """Add an entry, with a sentence for the start page; called once per room in AppConfig.ready()."""
    new = Entry(kind, order, label, url, permissions, text)
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
    ends = [begin for begin, _ in _GROUPS[1:]] + [1_000]
    parted = [
        Group(label, tuple(e for e in mine if begin <= e.order < end))
        for (begin, label), end in zip(_GROUPS, ends, strict=True)
    ]
    return [group for group in parted if group.entries]


def links(path: str, reader: Reader) -> list[dict[str, object]]:
    """The same for the frame, with the page that is open marked (the nearest, when several fit)."""
    parted = groups(reader)
    fits = [e.url for group in parted for e in group.entries if path == e.url or path.startswith(e.url + "/")]
    nearest = max(fits, key=len, default="")
    return [
        {
            "label": group.label,
            "links": [{"url": e.url, "label": e.label, "current": e.url == nearest} for e in group.entries],
        }
        for group in parted
    ]
