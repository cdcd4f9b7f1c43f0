"""The information plan in rings, and the sentences about a year. Pure: numbers and `today` are handed in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

KINDS = [
    ("meeting", "Møte"),
    ("course", "Kurs"),
    ("brochure", "Brosjyre"),
    ("film", "Film"),
    ("new_staff", "Nye ansatte"),
    ("expert_day", "Fagdag"),
    ("campaign", "Kampanje"),
    ("stand", "Stand"),
    ("media", "Presse og nett"),
    ("other", "Annet"),
]
AUDIENCES = [
    ("all_staff", "Alle ansatte"),
    ("services", "Ansatte i en tjeneste"),
    ("new_staff", "Nye ansatte"),
    ("leaders", "Ledere"),
    ("politicians", "Politikere"),
    ("partners", "Samarbeidsparter"),
    ("at_risk", "Risikoutsatte og pårørende"),
    ("volunteers", "Frivillige"),
    ("inhabitants", "Innbyggere"),
]
STAFF = frozenset({"all_staff", "services", "new_staff", "leaders"})
PUBLIC = frozenset({"at_risk", "volunteers", "inhabitants"})
EXPERT_DAYS = 2
STAFF_YEARS, PUBLIC_YEARS = 1, 5


@dataclass(frozen=True, slots=True)
class Held:
    """An activity as the plan counts it."""

    kind: str
    audience: str
    held_on: date
    reach: int


@dataclass(frozen=True, slots=True)
class Ring:
    """How far a ring has come: who, how many of how many, and by when."""

    label: str
    reached: int
    goal: int
    by: date

    @property
    def share(self) -> float:
        """0..1; the same person may be reached twice, so never more than all."""
        return min(self.reached / self.goal, 1.0) if self.goal else 0.0

    @property
    def hundredths(self) -> int:
        """The share as the length of an arc."""
        return round(self.share * 100)

    @property
    def sentence(self) -> str:
        """For those who do not see the picture."""
        return f"{self.label}: {self.reached} av {self.goal} er nådd."


def years_later(day: date, years: int) -> date:
    """The same day so many years later; the last of February where there is no such day."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def rings(held: Iterable[Held], *, staff: int, inhabitants: int, start: date) -> tuple[Ring, Ring]:
    """All staff within a year of the start, all inhabitants within five; what was held before or later is left out."""
    kept = list(held)
    inner, outer = years_later(start, STAFF_YEARS), years_later(start, PUBLIC_YEARS)
    return (
        Ring("Ansatte", _reached(kept, STAFF, start, inner), staff, inner),
        Ring("Innbyggere", _reached(kept, PUBLIC, start, outer), inhabitants, outer),
    )


def _reached(held: Sequence[Held], whom: frozenset[str], start: date, end: date) -> int:
    return sum(one.reach for one in held if one.audience in whom and start <= one.held_on < end)


def expert_days(held: Iterable[Held], year: int, today: date) -> str:
    """Two a year: how many have been, whether more are planned, and whether it is enough."""
    days = sorted(one.held_on for one in held if one.kind == "expert_day" and one.held_on.year == year)
    been, ahead = [day for day in days if day <= today], [day for day in days if day > today]
    said = f"{len(been)} av {EXPERT_DAYS} fagdager er holdt i {year}."
    if len(been) >= EXPERT_DAYS:
        return said
    if ahead:
        more = "" if len(days) >= EXPERT_DAYS else " Det er en for lite."
        return f"{said} Den neste er {ahead[0]:%d.%m.%Y}.{more}"
    return said + (" Ingen flere er planlagt." if year >= today.year else "")


def new_staff(held: Iterable[Held], year: int, today: date) -> str:
    """Have new employees been told this year?"""
    rows = [one for one in held if one.held_on.year == year and one.held_on <= today]
    told = [one for one in rows if "new_staff" in (one.kind, one.audience)]
    if not told:
        return f"Nye ansatte er ikke informert i {year}."
    times = "én gang" if len(told) == 1 else f"{len(told)} ganger"
    return f"Nye ansatte er informert {times} i {year}, {sum(one.reach for one in told)} i alt."
