"""What an item is called where many stand beside one another: by the name or the thing that it is about. Pure."""

from collections.abc import Iterable

from tenants.insight.gather import Found

type Choices = list[tuple[str, str | list[tuple[str, str]]]]

_LONGEST = 60
# Items of one title that are told apart by what their first line names.
_NAMED = frozenset({"persons.person", "persons.personversion", "triage.dutyweighed"})


def begins(found: Found) -> str:
    """The first words of what it says, without our own label before them; cut between two words."""
    line = found.text.strip().partition("\n")[0]
    for label in found.labels:
        line = line.removeprefix(f"{label}: ")
    line = " ".join(line.split())
    if len(line) <= _LONGEST:
        return line
    whole = line[:_LONGEST].rpartition(" ")[0] or line[: _LONGEST - 1]
    return f"{whole.rstrip(' ,.;:')}…"


def heading(found: Found) -> str:
    """«Personkort: Gudrun Lien»; of most items the title says enough."""
    named = found.key.partition(":")[0] in _NAMED and begins(found)
    return f"{found.title}: {named}" if named else found.title


def grouped(items: Iterable[Found]) -> Choices:
    """A list to choose from: the parts of the matter, and the items in each."""
    parts: dict[str, list[tuple[str, str]]] = {}
    for found in items:
        parts.setdefault(found.group, []).append((found.key, _line(found)))
    return list(parts.items())


def _line(found: Found) -> str:
    day = found.at.strftime("%d.%m.%Y") if found.at else ""
    return " · ".join(filter(None, [found.title, day, begins(found)]))
