"""Who was in the region in a closed period, and who knows today what a kommune knew then. Pure.

A kommune that left stays an attacker of its own for ever. One that has become part of another has its successor as
holder: whoever works there knows both parents' figures.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Member:
    """A kommune (`id` is the office's) as it was in the region in a period; `since`, `until`: None for no limit."""

    id: str
    number: str
    name: str
    since: date | None = None
    until: date | None = None

    def as_json(self) -> dict[str, Any]:
        """As the ledger holds it."""
        days = {"from": self.since and self.since.isoformat(), "to": self.until and self.until.isoformat()}
        return {"id": self.id, "number": self.number, "name": self.name, **days}


def holder(kommune: str, became: Mapping[str, str]) -> str:
    """The last one in the row of those that it has become part of."""
    seen = {kommune}
    while kommune in became:
        kommune = became[kommune]
        if kommune in seen:
            raise ValueError("Kommuner er slått sammen i ring.")
        seen.add(kommune)
    return kommune


def parents(kommune: str, became: Mapping[str, str]) -> list[str]:
    """Everybody who has become part of this one, also by way of others."""
    return sorted(each for each in became if each != kommune and holder(each, became) == holder(kommune, became))


@dataclass(frozen=True, slots=True)
class Change:
    """What is new in the region between two closed periods, by name."""

    came: tuple[str, ...]
    went: tuple[str, ...]
    joined: tuple[tuple[str, str], ...] = ()

    @property
    def sentences(self) -> list[str]:
        """For the page and the report: figures before and after are of different kommuner."""
        return [
            *(f"{name} er med fra denne perioden." for name in self.came),
            *(f"{name} er ikke lenger med." for name in self.went),
            *(f"{old} er blitt en del av {new}." for old, new in self.joined),
        ]


def change(before: Sequence[Member], now: Sequence[Member], became: Mapping[str, str]) -> Change:
    """What happened between two periods."""
    old, new = {each.id: each for each in before}, {each.id: each for each in now}
    gone = [each for each in before if each.id not in new]
    joined = {each.id: new[holder(each.id, became)].name for each in gone if holder(each.id, became) in new}
    successors = {holder(each, became) for each in joined}
    return Change(
        came=tuple(each.name for each in now if each.id not in old and each.id not in successors),
        went=tuple(each.name for each in gone if each.id not in joined),
        joined=tuple((old[each].name, name) for each, name in joined.items()),
    )


def version(before: Sequence[Member], number: int, now: Sequence[Member]) -> int:
    """The number of the region's make-up: the same until somebody comes, goes or changes."""
    return number if {each.id for each in before} == {each.id for each in now} else number + 1
