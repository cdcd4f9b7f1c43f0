"""Who was in the region in a closed period, and who knows today what a kommune knew then. Pure.

A kommune that left stays an attacker of its own for ever. One that has become part of another has its successor as
holder: whoever works there knows both parents' figures.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Any, Protocol

from shared.codes.periods import label, parse

LATE = "Saker som ble meldt inn eller rettet for sent for en tidligere periode, er med her."
WAITS = "Noe som er sendt inn, er ikke med ennå. Det er med når det får plass i et senere halvår."


@dataclass(frozen=True, slots=True)
class Member:
    """A kommune (`id` is the office's) as it was in the region in a period; `since`, `until`: None for no limit.

    `started`: its own first day, None where that is not known.
    """

    id: str
    number: str
    name: str
    since: date | None = None
    until: date | None = None
    started: date | None = None

    def as_json(self) -> dict[str, Any]:
        """As the ledger holds it."""
        named = {"from": self.since, "to": self.until, "started": self.started}
        days = {name: day and day.isoformat() for name, day in named.items()}
        return {"id": self.id, "number": self.number, "name": self.name, **days}

    @classmethod
    def of(cls, content: Any) -> "Member":
        """The same read back."""
        since, until, started = (
            content[name] and date.fromisoformat(content[name]) for name in ("from", "to", "started")
        )
        return cls(content["id"], content["number"], content["name"], since, until, started)


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

    def said(self, period: str) -> list[str]:
        """For the page and the report: figures before and after are of different kommuner. `period`: its name."""
        return [
            *(f"{name} er med fra {period}." for name in self.came),
            *(f"{name} er ikke med fra {period}." for name in self.went),
            *(f"{old} er en del av {new} fra {period}." for old, new in self.joined),
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


class Known(Protocol):
    """What is told of a closed half-year besides its figures: who was in the region, who has given figures (by kommune
    and form), inhabitants, and whether something from before is in it or something waits."""

    @property
    def period(self) -> str: ...
    @property
    def members(self) -> Sequence[Member]: ...
    @property
    def marks(self) -> Mapping[tuple[str, str], str]: ...
    @property
    def population(self) -> int | None: ...
    @property
    def late(self) -> bool: ...
    @property
    def waits(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Area:
    """Whose figures a table has: inhabitants and names of those in the region in its last period, each one's own first
    day by name, and what a reader must know, as sentences."""

    population: int | None = None
    kommuner: tuple[str, ...] = ()
    starts: Mapping[str, date | None] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def area(periods: Sequence[str], period: str, closed: Sequence[Known], became: Mapping[str, str]) -> Area:
    """Of a table that adds up these periods and follows from the closing of `period`; `closed`: all that are closed."""
    known = [each for each in closed if each.period <= period]
    span = [each for each in known if each.period >= periods[0]]
    notes: list[str] = []
    for before, now in pairwise(known):
        if now in span:
            notes += change(before.members, now.members, became).said(label(parse(now.period)))
    for each in span:
        given = {kommune for kommune, _ in each.marks}
        gone = [one.name for one in each.members if one.id not in given and one.id not in became]
        if given and gone:
            notes.append(f"{_listed(gone)} har ikke gitt tall for {label(parse(each.period))}.")
    if any(each.late for each in span if each.period in periods):
        notes.append(LATE)
    if known[-1].waits:
        notes.append(WAITS)
    members = known[-1].members
    return Area(
        population=known[-1].population,
        kommuner=tuple(one.name for one in members),
        starts={one.name: one.started for one in members},
        notes=tuple(dict.fromkeys(notes)),
    )


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} og {names[-1]}"


def version(before: Sequence[Member], number: int, now: Sequence[Member]) -> int:
    """The number of the region's make-up: the same until somebody comes, goes or changes."""
    return number if {each.id for each in before} == {each.id for each in now} else number + 1
