"""Reads the file of `varde rotation --change`.

{"joins": [{"kommune", "from"}], "leaves": [{"kommune", "from"}],
 "substitutes": [{"seat", "kommune", "from"}]}: `from` is a period's first year; any list may be missing.
A substitute may carry more words ("name", "reason"), which are shown as they are.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from regional.leaders.rotation import Joins, Leaves
from varde.cli_errors import Complaint

LISTS = frozenset({"joins", "leaves", "substitutes"})
EXTRA_WORDS = frozenset({"name", "reason"})


@dataclass(frozen=True, slots=True)
class Substitute:
    """`kommune` sits in `seat` in the period that begins in `year`, instead of the one whose turn it is."""

    seat: str
    kommune: str
    year: int
    words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Changes:
    """What the file asks for."""

    moves: tuple[Joins | Leaves, ...] = ()
    substitutes: tuple[Substitute, ...] = ()


def read_changes(path: str) -> Changes:
    """Return the changes in the file. Raises Complaint when it cannot be read or says something else."""
    try:
        data = json.loads(Path(path).read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise Complaint(f"Filen {path} kan ikke leses.") from error
    except (ValueError, RecursionError) as error:
        raise Complaint(f"Filen {path} er ikke gyldig JSON.") from error
    if not isinstance(data, dict) or not data.keys() <= LISTS:
        raise Complaint(f"Filen {path} kan bare ha listene joins, leaves og substitutes.")
    joins = tuple(Joins(_word(row, "kommune"), _year(row)) for row in _rows(data, "joins"))
    leaves = tuple(Leaves(_word(row, "kommune"), _year(row)) for row in _rows(data, "leaves"))
    return Changes(
        joins + leaves, tuple(_substitute(row) for row in _rows(data, "substitutes", EXTRA_WORDS | {"seat"}))
    )


def _rows(data: Mapping[str, object], name: str, more: frozenset[str] = frozenset()) -> list[dict[str, object]]:
    rows = data.get(name, [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise Complaint(f"«{name}» må være en liste av objekter.")
    for row in rows:
        unknown = sorted(row.keys() - {"kommune", "from"} - more)
        if unknown:
            raise Complaint(f"«{name}» har et ukjent felt: {unknown[0]}.")
    return rows


def _word(row: Mapping[str, object], name: str) -> str:
    word = row.get(name)
    if not isinstance(word, str) or not word.strip() or not word.isprintable():
        raise Complaint(f"«{name}» mangler eller er ikke tekst.")
    return word.strip()


def _year(row: Mapping[str, object]) -> int:
    year = row.get("from")
    if type(year) is not int:
        raise Complaint("«from» mangler eller er ikke et årstall.")
    return year


def _substitute(row: Mapping[str, object]) -> Substitute:
    words = {name: _word(row, name) for name in sorted(EXTRA_WORDS & row.keys())}
    return Substitute(_word(row, "seat"), _word(row, "kommune"), _year(row), words)
