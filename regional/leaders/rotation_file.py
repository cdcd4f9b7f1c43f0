"""Reads the file of `varde rotation --change`, and the same lists as they are kept with a table.

{"joins": [{"kommune", "from"}], "leaves": [{"kommune", "from"}],
 "merges": [{"kommune", "of": [A, B], "from"}],   A and B are one, called `kommune`, at A's place in the queue
 "cut_short": [{"from", "to"}],                    the period that begins in `from` ends with the year `to`
 "exclusions": [{"kommune", "seat", "from", "to"}],   not in these periods; without `to`: for good
 "wishes": [{"kommune", "seat", "from", "since"}],    in the period `from`; earlier than `since` nothing is moved
 "substitutes": [{"seat", "kommune", "from"}]}

`from`, and `to` of an exclusion, is a period's first year; any list may be missing. A substitute may carry more words
("name", "reason"), which are shown as they are.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from regional.leaders.rotation import Change, CutsShort, Excluded, Joins, Leaves, Merges, Wishes
from varde.cli_errors import Complaint

# list -> the fields that a row may have.
LISTS: Mapping[str, frozenset[str]] = {
    "joins": frozenset({"kommune", "from"}),
    "leaves": frozenset({"kommune", "from"}),
    "substitutes": frozenset({"kommune", "from", "seat", "name", "reason"}),
    "merges": frozenset({"kommune", "from", "of"}),
    "cut_short": frozenset({"from", "to"}),
    "wishes": frozenset({"kommune", "from", "seat", "since"}),
    "exclusions": frozenset({"kommune", "from", "seat", "to"}),
}
EXTRA_WORDS = frozenset({"name", "reason"})
HELP = """\
filen til --change er et JSON-objekt; hver liste kan mangle, og «from» er første år i en periode:
  "joins":       [{"kommune", "from"}]                     en kommune går inn
  "leaves":      [{"kommune", "from"}]                     en kommune går ut
  "merges":      [{"kommune", "of": [A, B], "from"}]       A og B blir én, på plassen til A i køen
  "cut_short":   [{"from", "to"}]                          perioden slutter med året «to»
  "exclusions":  [{"kommune", "seat", "from", "to"}]       ikke i disse periodene; uten «to»: for alltid
  "wishes":      [{"kommune", "seat", "from", "since"}]    ønsket periode; ingenting før «since» flyttes
  "substitutes": [{"seat", "kommune", "from"}]             vara, vises for seg
Det som ligger før en endring, blir som det var. «--format proof» sier med ord hvorfor tabellen er rettferdig."""


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

    moves: tuple[Change, ...] = ()
    substitutes: tuple[Substitute, ...] = ()
    # As the file says it.
    said: Mapping[str, Any] = field(default_factory=dict)


def read_changes(path: str) -> Changes:
    """Return the changes in the file. Raises Complaint when it cannot be read or says something else."""
    try:
        data = json.loads(Path(path).read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise Complaint(f"Filen {path} kan ikke leses.") from error
    except (ValueError, RecursionError) as error:
        raise Complaint(f"Filen {path} er ikke gyldig JSON.") from error
    if not isinstance(data, dict) or not data.keys() <= LISTS.keys():
        raise Complaint(f"Filen {path} kan bare ha listene {', '.join(LISTS)}.")
    return changes_of(data)


def changes_of(data: Mapping[str, object]) -> Changes:
    """The changes in these lists. Raises Complaint for a row that says something else."""
    moves: list[Change] = [Joins(_word(row, "kommune"), _year(row)) for row in _rows(data, "joins")]
    moves += [Leaves(_word(row, "kommune"), _year(row)) for row in _rows(data, "leaves")]
    moves += [Merges(_word(row, "kommune"), _names(row, "of"), _year(row)) for row in _rows(data, "merges")]
    moves += [CutsShort(_year(row), _year(row, "to")) for row in _rows(data, "cut_short")]
    moves += [Excluded(*_held(row), _maybe(row, "to")) for row in _rows(data, "exclusions")]
    moves += [Wishes(*_held(row), _maybe(row, "since")) for row in _rows(data, "wishes")]
    return Changes(tuple(moves), tuple(_substitute(row) for row in _rows(data, "substitutes")), data)


def _rows(data: Mapping[str, object], name: str) -> list[dict[str, object]]:
    rows = data.get(name, [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise Complaint(f"«{name}» må være en liste av objekter.")
    for row in rows:
        unknown = sorted(row.keys() - LISTS[name])
        if unknown:
            raise Complaint(f"«{name}» har et ukjent felt: {unknown[0]}.")
    return rows


def _word(row: Mapping[str, object], name: str) -> str:
    word = row.get(name)
    if not isinstance(word, str) or not word.strip() or not word.isprintable():
        raise Complaint(f"«{name}» mangler eller er ikke tekst.")
    return word.strip()


def _names(row: Mapping[str, object], name: str) -> tuple[str, ...]:
    names = row.get(name)
    if not isinstance(names, list):
        raise Complaint(f"«{name}» må være en liste av navn.")
    return tuple(_word({name: each}, name) for each in names)


def _year(row: Mapping[str, object], name: str = "from") -> int:
    year = row.get(name)
    if type(year) is not int:
        raise Complaint(f"«{name}» mangler eller er ikke et årstall.")
    return year


def _maybe(row: Mapping[str, object], name: str) -> int | None:
    return None if row.get(name) is None else _year(row, name)


def _held(row: Mapping[str, object]) -> tuple[str, str, int]:
    return _word(row, "kommune"), _word(row, "seat"), _year(row)


def _substitute(row: Mapping[str, object]) -> Substitute:
    words = {name: _word(row, name) for name in sorted(EXTRA_WORDS & row.keys())}
    return Substitute(_word(row, "seat"), _word(row, "kommune"), _year(row), words)
