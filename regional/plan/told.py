"""A plan, a goal, a measure and a line of progress as they are typed. Pure; ValueError in Norwegian for what cannot be.

Texts come cleaned from the form; what is judged here holds for every way in.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from varde import screens

LONGEST = 6  # years


def no_id_number(*texts: str) -> None:
    """ValueError when a text holds what looks like an id number: a plan is about common work, never about anybody."""
    if any("et fødselsnummer" in screens.numbers(text) for text in texts):
        raise ValueError("Teksten ser ut til å inneholde et fødselsnummer. Planen skal ikke ha noe om enkeltpersoner.")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanTold:
    """A plan's name and period."""

    title: str
    first_year: int
    last_year: int
    about: str = ""

    def __post_init__(self) -> None:
        if self.last_year < self.first_year:
            raise ValueError("Det siste året kan ikke være før det første.")
        if self.last_year - self.first_year >= LONGEST:
            raise ValueError(f"En plan kan gjelde for {LONGEST} år om gangen. Del den i flere.")
        no_id_number(self.title, self.about)


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalTold:
    """A goal's words."""

    title: str
    about: str = ""

    def __post_init__(self) -> None:
        no_id_number(self.title, self.about)


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """Who sees to it: a kommune, a person of the region's office, or a body by name."""

    kind: Literal["kommune", "member", "body"]
    name: str
    kommune: UUID | None = None
    user: UUID | None = None

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise ValueError("Skriv hvem som har ansvaret.")


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureTold:
    """A measure. No kommuner: it is common. `origin_id` is the row of the room that it comes from, if there is one."""

    what: str
    owner: Owner
    due_on: date
    effect: str = ""
    kommuner: tuple[UUID, ...] = ()
    cost: int | None = None
    origin_kind: Literal["", "decision", "matter", "other"] = ""
    origin: str = ""
    origin_id: UUID | None = None

    def __post_init__(self) -> None:
        if (self.cost or 0) < 0:
            raise ValueError("Kostnaden kan ikke være mindre enn null.")
        no_id_number(self.what, self.effect, self.origin)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressTold:
    """What is new about a measure; at least one of them says something, and who stops it says why."""

    status: str = ""
    reason: str = ""
    text: str = ""
    due_on: date | None = None
    owner: Owner | None = None

    def __post_init__(self) -> None:
        if not (self.status or self.text or self.due_on or self.owner):
            raise ValueError("Skriv hva som er nytt, eller velg en ny status, frist eller ansvarlig.")
        if self.status == "stopped" and not self.reason:
            raise ValueError("Skriv hvorfor tiltaket stanses.")
        no_id_number(self.reason, self.text)
