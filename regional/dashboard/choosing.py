"""Which released tables there are to look at. Pure: releases in, tables out, the newest first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from regional.releases.given import Given
from shared.codes.periods import parse
from shared.contracts import ReleasedTable
from varde.ui.released import short_label

KINDS = {"half": "Halvår", "year": "År", "start": "Siden start", "quarter": "Kvartal"}
"""Kinds of tables in the order they are offered."""


@dataclass(frozen=True, slots=True)
class Told:
    """A table and the release that it is from."""

    table: ReleasedTable
    release: Given

    @property
    def href(self) -> str:
        """Where the release stands."""
        return f"/statistikk/utgivelser/{self.release.number}"

    @property
    def short(self) -> str:
        """What it is called where there is little room."""
        return short_label(self.table.id, self.table.kind)


def told(releases: Iterable[Given]) -> list[Told]:
    """Every table that may be looked at, each once, the newest first; those of withdrawn releases are not there."""
    found: dict[str, Told] = {}
    for release in sorted(releases, key=lambda one: -one.number):
        for table in release.tables if release.withdrawn_at is None else ():
            found.setdefault(table.id, Told(table, release))
    return sorted(found.values(), key=lambda one: parse(one.table.id.rpartition("..")[2])[-1], reverse=True)


def by_kind(tables: Sequence[Told]) -> list[tuple[str, list[Told]]]:
    """The same under a heading for each kind, as a list to choose from."""
    kept = [(title, [one for one in tables if one.table.kind == kind]) for kind, title in KINDS.items()]
    return [(title, found) for title, found in kept if found]


def first(tables: Sequence[Told]) -> Told | None:
    """What is shown before anybody has chosen: the newest half-year, else the newest of what there is."""
    order = list(KINDS)
    return next(iter(sorted(tables, key=lambda one: order.index(one.table.kind))), None)
