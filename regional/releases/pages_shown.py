"""A draft or a release as its page shows it: table by table, what is hidden in each, and why it is told so finely.

Pure; made from what is frozen and nothing else.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from regional.releases.pages_words import LEVELS
from shared.contracts import ReleasedTable
from varde.ui import numbers
from varde.ui.released import Picture, name_of, picture

_NORWEGIAN = str.maketrans({",": numbers.HARD_SPACE, ".": ","})


@dataclass(frozen=True, slots=True)
class Contents:
    """A table in the list of tables: how many figures it has, and how many of them are not told."""

    id: str
    label: str
    figures: int
    hidden: int


@dataclass(frozen=True, slots=True)
class Level:
    """How finely a question is told in a table. `lowered`: coarser than was chosen, since too much would be hidden."""

    question: str
    level: str
    lowered: bool


@dataclass(frozen=True, slots=True)
class Why:
    """What the levels of a table were chosen by."""

    because: str
    levels: tuple[Level, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """The list of tables and the one that is drawn."""

    contents: tuple[Contents, ...]
    chosen: Contents
    picture: Picture
    why: Why | None


@dataclass(frozen=True, slots=True)
class Drawn:
    """One of all the tables of a draft, drawn."""

    contents: Contents
    picture: Picture
    why: Why | None


def whole(tables: Iterable[ReleasedTable], levels: Mapping[str, Any]) -> tuple[Drawn, ...]:
    """Every table: whoever says yes to all of them has all of them on the page."""
    return tuple(Drawn(_contents(one), picture(one), why(one, levels.get(one.id))) for one in tables)


def shown(tables: Sequence[ReleasedTable], levels: Mapping[str, Any], wanted: str) -> Shown | None:
    """`wanted`: a table's id from the address; the first half-year, else the first, for any other. None: no tables."""
    if not tables:
        return None
    first = next((one for one in tables if one.kind == "half"), tables[0])
    chosen = next((one for one in tables if one.id == wanted), first)
    contents = tuple(_contents(one) for one in tables)
    at = next(each for each in contents if each.id == chosen.id)
    return Shown(contents, at, picture(chosen), why(chosen, levels.get(chosen.id)))


def _contents(table: ReleasedTable) -> Contents:
    values = list(_values(table))
    return Contents(table.id, table.label, len(values), values.count(None))


def _values(table: ReleasedTable) -> Iterable[int | None]:
    """The figures that a reader looks for: the lines, not their sums."""
    yield table.cases
    for question in table.questions:
        yield from (line.value for line in question.lines)
        yield question.blank.value
    yield from (figure.count for figure in table.planned)


def why(table: ReleasedTable, said: Any) -> Why | None:
    """None for a table without questions, and where the row does not say."""
    if not said or not said.get("given"):
        return None
    chosen, given = said.get("chosen", {}), said["given"]
    levels = tuple(
        Level(name_of(key), LEVELS.get(level, level), chosen.get(key, level) != level) for key, level in given.items()
    )
    basis = said.get("basis") or {}
    return Why(_because(basis), levels)


def _because(basis: Mapping[str, Any]) -> str:
    cases = basis.get("cases")
    number = "" if cases is None else f" Det ga {_decimal(cases)} saker å regne med."
    return f"{basis.get('because', '').replace('per 1000 ', f'per {numbers.whole(1000)} ')}{number}"


def _decimal(value: float) -> str:
    """«1 234,5», «1 234»."""
    return numbers.whole(int(value)) if value == int(value) else f"{value:,.1f}".translate(_NORWEGIAN)
