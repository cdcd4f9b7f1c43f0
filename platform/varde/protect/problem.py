"""A problem as it is sent in, read and checked. Every error is one plain Norwegian sentence."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal, cast

State = Literal["open", "published", "withheld"]
Json = dict[str, Any]

FLOOR = 5
"""The lowest threshold outside comparisons."""
LARGEST = 10_000_000
"""A count above this is no count of cases, and would wear out the precision of the solver."""
HEAVIEST = 1e9
"""No weight is above this."""
LONGEST = 80
"""So much of a name is said in a sentence."""


class Refusal(ValueError):
    """Nothing can be released; the text says why, in Norwegian, without figures from the truth."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What must hold. `zeros_shown`: a rest of 0 is harmless (comparison with other tools)."""

    threshold: int
    coalition: int
    zeros_shown: bool
    min_contributors: int


@dataclass(frozen=True, slots=True)
class Atom:
    """A whole count, and who knows it."""

    id: str
    count: int
    holder: str | None


@dataclass(frozen=True, slots=True)
class Cell:
    """A sum of atoms (by number, ascending). Earlier cells are published or withheld, and stay so."""

    id: str
    atoms: tuple[int, ...]
    weight: float
    state: State


@dataclass(frozen=True, slots=True)
class Fact:
    """What every attacker knows besides: low <= sum of coefficient times atom <= high; None is no limit.

    `number`: its place in the file, from 1.
    """

    atoms: tuple[tuple[int, int], ...]
    low: int | None
    high: int | None
    number: int

    def tells(self, atoms: tuple[int, ...]) -> bool:
        """Whether it says exactly what these atoms add up to."""
        return self.low is not None and self.low == self.high and self.atoms == tuple((atom, 1) for atom in atoms)


@dataclass(frozen=True, slots=True)
class Problem:
    """Atoms and cells sorted by id, so that the order in the file changes nothing."""

    rule: Rule
    atoms: tuple[Atom, ...]
    cells: tuple[Cell, ...]
    facts: tuple[Fact, ...]

    @property
    def holders(self) -> tuple[str, ...]:
        """Everybody who holds an atom, sorted."""
        return tuple(sorted({atom.holder for atom in self.atoms if atom.holder is not None}))

    def value(self, cell: Cell) -> int:
        """The true value of a cell."""
        return sum(self.atoms[atom].count for atom in cell.atoms)


def read(raw: object, *, threshold: int | None = None, compare: bool = False) -> Problem:
    """Read a problem; `threshold` beats the file's. Raises Refusal."""
    whole = _object(raw, "Problemet")
    for name in ("atoms", "cells"):
        if name not in whole:
            raise Refusal(f"Problemet mangler «{name}».")
    rule = _rule(_object(whole.get("rule", {}), "Regelen"), threshold, compare)
    atoms = tuple(sorted((_atom(each) for each in _list(whole, "atoms")), key=lambda atom: atom.id))
    _twice([atom.id for atom in atoms], "Atomet")
    number = {atom.id: place for place, atom in enumerate(atoms)}
    cells = tuple(sorted((_cell(each, number) for each in _list(whole, "cells")), key=lambda cell: cell.id))
    _twice([cell.id for cell in cells], "Cellen")
    facts = tuple(_fact(each, number, place) for place, each in enumerate(_list(whole, "rows"), 1))
    problem = Problem(rule, atoms, cells, facts)
    _agree(problem)
    if not compare:
        _enough(problem)
    return problem


def _rule(raw: Json, threshold: int | None, compare: bool) -> Rule:
    wanted = _whole(raw.get("threshold", FLOOR) if threshold is None else threshold, "Terskelen")
    if wanted < 1 or (wanted < FLOOR and not compare):
        raise Refusal(f"Terskelen må være minst {FLOOR}, men er {wanted}; lavere går bare med «--compare».")
    zeros = raw.get("zeros", "hide")
    if zeros not in ("hide", "show"):
        raise Refusal("Regelens «zeros» må være «hide» eller «show».")
    coalition = _whole(raw.get("coalition", 1), "Regelens «coalition»")
    least = _whole(raw.get("min_contributors", 3), "Regelens «min_contributors»")
    return Rule(wanted, coalition, zeros == "show", least)


def _atom(raw: object) -> Atom:
    found = _object(raw, "Et atom")
    name = _name(found, "Et atom")
    holder = found.get("holder")
    if holder is not None and not (isinstance(holder, str) and holder):
        raise Refusal(f"Atomet «{plain(name)}» har en eier som ikke er et navn.")
    if holder is not None:
        _text(holder, f"Eieren av atomet «{plain(name)}»")
    return Atom(name, _whole(found.get("count"), f"Antallet i atomet «{plain(name)}»"), holder)


def _cell(raw: object, number: Mapping[str, int]) -> Cell:
    found = _object(raw, "En celle")
    name = _name(found, "En celle")
    what, members = f"Cellen «{plain(name)}»", found.get("atoms")
    if not isinstance(members, list) or not members:
        raise Refusal(f"{what} har ingen atomer.")
    for member in members:
        if not isinstance(member, str):
            raise Refusal(f"{what} bruker et atom som ikke er navngitt med tekst.")
        if member not in number:
            raise Refusal(f"{what} bruker atomet «{plain(member)}», som ikke finnes.")
    if len(set(members)) < len(members):
        raise Refusal(f"{what} har det samme atomet to ganger.")
    state = found.get("state", "open")
    if state not in ("open", "published", "withheld"):
        raise Refusal(f"{what} må være «open», «published» eller «withheld».")
    weight = _weight(found.get("weight", 1.0), f"Vekten til cellen «{plain(name)}»")
    return Cell(name, tuple(sorted(number[member] for member in members)), weight, cast(State, state))


def _weight(raw: object, what: str) -> float:
    if isinstance(raw, bool) or not isinstance(raw, int | float) or not 0 <= raw <= HEAVIEST:
        raise Refusal(f"{what} må være et tall fra 0 til {HEAVIEST:.0f}.")
    return float(raw)


def _fact(raw: object, number: Mapping[str, int], place: int) -> Fact:
    what = f"Opplysning nummer {place} i «rows»"
    found = _object(raw, what)
    atoms = found.get("atoms")
    if not isinstance(atoms, dict) or not atoms:
        raise Refusal(f"{what} har ingen atomer.")
    for member in atoms:
        if member not in number:
            raise Refusal(f"{what} bruker atomet «{plain(member)}», som ikke finnes.")
    parts = {number[name]: _integer(times, what) for name, times in atoms.items()}
    low, high = (None if (end := found.get(side)) is None else _integer(end, what) for side in ("low", "high"))
    return Fact(tuple(sorted((atom, times) for atom, times in parts.items() if times)), low, high, place)


def _agree(problem: Problem) -> None:
    """The truth must be one of the tables that the facts allow."""
    for place, fact in enumerate(problem.facts, 1):
        value = sum(times * problem.atoms[atom].count for atom, times in fact.atoms)
        if (fact.low is not None and value < fact.low) or (fact.high is not None and value > fact.high):
            raise Refusal(f"Tallene strider mot opplysning nummer {place} i «rows».")


def _enough(problem: Problem) -> None:
    holders, least = len(problem.holders), problem.rule.min_contributors
    if 0 < holders < least:
        raise Refusal(f"Det er for få bidragsytere: {holders}, og regelen krever {least}.")


def _twice(names: list[str], what: str) -> None:
    """Names are sorted, so the same ones stand together."""
    for first, second in pairwise(names):
        if first == second:
            raise Refusal(f"{what} «{plain(first)}» står to ganger.")


def _object(raw: object, what: str) -> Json:
    if not isinstance(raw, dict):
        raise Refusal(f"{what} må være et JSON-objekt.")
    return raw


def _list(raw: Json, name: str) -> list[object]:
    found = raw.get(name, [])
    if not isinstance(found, list):
        raise Refusal(f"«{name}» må være en liste.")
    return found


def _name(raw: Json, what: str) -> str:
    name = raw.get("id")
    if not isinstance(name, str) or not name:
        raise Refusal(f"{what} mangler «id», som må være tekst.")
    return _text(name, what)


def _text(name: str, what: str) -> str:
    """Half a character is legal in JSON, and can be written nowhere."""
    if any("\ud800" <= sign <= "\udfff" for sign in name):
        raise Refusal(f"{what} har et navn med tegn som ikke er tekst.")
    return name


def plain(name: str) -> str:
    """A name as it may stand in a sentence: on one line, without signs that steer a terminal, not too long."""
    text = "".join(sign if sign.isprintable() else "�" for sign in name)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _whole(raw: object, what: str) -> int:
    value = _integer(raw, what)
    if value < 0:
        raise Refusal(f"{what} kan ikke være negativt.")
    return value


def _integer(raw: object, what: str) -> int:
    if isinstance(raw, bool) or not isinstance(raw, int | float) or not (isinstance(raw, int) or raw.is_integer()):
        raise Refusal(f"{what} må være et helt tall.")
    if abs(raw) > LARGEST:
        raise Refusal(f"{what} er for stort til å være et antall.")
    return int(raw)
