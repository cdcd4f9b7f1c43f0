"""Where later rooms put their part of the inbox's pages, without the inbox knowing them.

In a room's AppConfig.ready():

    panels.on_concern(20, build)              build(concern, reader) -> Panel("triage/_panel.html", {...}) | None
    panels.in_list(20, "Kategori", cells)     cells(concerns, reader) -> {concern.id: Cell("Akutt", "danger")}
    panels.warns(brief, full)                 brief(matters, reader) -> {matter: ["Hund"]}; full as `build`

A panel is included on the page of an *opened* concern with its context as `panel`, beside `concern` and `csrf_token`;
it may hold forms to the room's own addresses or fetch itself by hx-get. `cells` gets the whole page of the list at
once, so that the number of queries stays constant.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from tenants.inbox.models import Concern
from varde.access import Reader


@dataclass(frozen=True, slots=True)
class Panel:
    """A template and what it shows; `top`: before what was told, for what nobody may overlook."""

    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    top: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """What a column says of one concern: words, a colour of Designsystemet (none: plain text), and a deadline."""

    text: str = ""
    color: str = ""
    due: datetime | None = None


BuildPanel = Callable[[Concern, Reader], Panel | None]
# What whoever calls or visits must know, in a word or two, of each of these matters that has something.
Brief = Callable[[Collection[UUID], Reader], Mapping[UUID, Sequence[str]]]
BuildCells = Callable[[Sequence[Concern], Reader], Mapping[UUID, Cell]]
_panels: list[tuple[int, BuildPanel]] = []
_columns: list[tuple[int, str, BuildCells]] = []
_warns: list[tuple[Brief, BuildPanel]] = []


def on_concern(order: int, build: BuildPanel) -> None:
    """Show a panel on the concern's page, lowest order first."""
    if (order, build) not in _panels:
        _panels.append((order, build))


def in_list(order: int, label: str, build: BuildCells) -> None:
    """Show a column in the list, lowest order first."""
    if (order, label, build) not in _columns:
        _columns.append((order, label, build))


def warns(brief: Brief, full: BuildPanel) -> None:
    """Say what whoever calls somebody of a matter must know: in a word for lists, in full for the page of one call."""
    if (brief, full) not in _warns:
        _warns.append((brief, full))


def warned_of(matters: Collection[UUID], reader: Reader) -> dict[UUID, list[str]]:
    """In a word, of each matter that has something; nothing is asked where there are none."""
    found: dict[UUID, list[str]] = {}
    for brief, _ in _warns if matters else ():
        for matter, said in brief(matters, reader).items():
            found.setdefault(matter, []).extend(said)
    return found


def warnings_in(concern: Concern | None, reader: Reader) -> list[Panel]:
    """In full, for the page of one call; none without a matter."""
    built = [full(concern, reader) for _, full in _warns] if concern else []
    return [panel for panel in built if panel is not None]


def panels_of(concern: Concern, reader: Reader) -> list[Panel]:
    """The panels of a concern's page; none before it has been opened."""
    if concern.progress == "received":
        return []
    built = [build(concern, reader) for _, build in sorted(_panels, key=lambda entry: entry[0])]
    return [panel for panel in built if panel is not None]


def columns_of(concerns: Sequence[Concern], reader: Reader) -> list[tuple[str, Mapping[UUID, Cell]]]:
    """The extra columns of the list: label, and the cell of each concern that has one."""
    columns = sorted(_columns, key=lambda entry: entry[0])
    return [(label, build(concerns, reader)) for _, label, build in columns]
