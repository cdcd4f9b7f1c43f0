"""Which generated part stands on which page."""

from collections.abc import Callable

from infra.papers import asvs, letters, mechanisms, people, record, risks, tables
from infra.papers.fields import Missing, MissingWords
from infra.papers.regions import DOCS, replace

__all__ = ["MissingWords", "outdated", "render", "write"]

Part = Callable[[Missing], str]

PARTS: dict[str, dict[str, Part]] = {
    "personvern.md": {
        "mekanismer": mechanisms.table,
        "rom": tables.rooms,
        "roller": people.table,
        "brev": letters.table,
    },
    "behandlingsprotokoll.md": {"opplysninger": record.table},
    "ros.md": {"antall": risks.counts},
    "asvs.md": {"antall": asvs.counts},
}


def render() -> dict[str, str]:
    """Each page as it should be. Raises MissingWords with every name that lacks a Norwegian word."""
    missing = Missing()
    pages = {}
    for page, parts in PARTS.items():
        text = (DOCS / page).read_text("utf-8")
        for name, part in parts.items():
            text = replace(text, name, part(missing))
        pages[page] = text
    missing.raise_if_any()
    return pages


def outdated() -> list[str]:
    """Pages whose generated part is not what the code says now."""
    return [page for page, text in render().items() if (DOCS / page).read_text("utf-8") != text]


def write() -> list[str]:
    """Write what is out of date; returns those pages."""
    pages = render()
    late = [page for page, text in pages.items() if (DOCS / page).read_text("utf-8") != text]
    for page in late:
        (DOCS / page).write_text(pages[page], "utf-8")
    return late
