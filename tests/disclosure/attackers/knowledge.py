"""What a reader has in front of it: printed figures, its own counts, and the rules of the form. Nothing of the truth.

Shares no code with what protects or audits.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

type Columns = dict[int, int]


@dataclass(frozen=True)
class Statement:
    """low <= sum of number times atom <= high; what was printed is a sum with both ends the same."""

    atoms: Mapping[str, int]
    low: int | None
    high: int | None


def printed(atoms: Iterable[str], value: int) -> Statement:
    """A figure on paper."""
    return Statement(dict.fromkeys(atoms, 1), value, value)


@dataclass
class Reader:
    """Unknown atoms that stand in the same statements and questions are one column: only their sum can matter."""

    statements: list[Statement]
    own: Mapping[str, int]
    questions: list[frozenset[str]]
    rows: list[tuple[Columns, int | None, int | None]] = field(init=False)
    asked: list[frozenset[int]] = field(init=False)
    width: int = field(init=False)

    def __post_init__(self) -> None:
        seen: dict[str, list[tuple[int, int]]] = {}
        sets: list[Mapping[str, int]] = [each.atoms for each in self.statements]
        for place, atoms in enumerate([*sets, *(dict.fromkeys(sorted(each), 1) for each in self.questions)]):
            for atom, times in atoms.items():
                if times and atom not in self.own:
                    seen.setdefault(atom, []).append((place, times))
        number: dict[tuple[tuple[int, int], ...], int] = {}
        column = {atom: number.setdefault(tuple(places), len(number)) for atom, places in seen.items()}
        self.width = len(number)
        self.rows = [self._row(each, column) for each in self.statements]
        self.asked = [frozenset(column[atom] for atom in each if atom in column) for each in self.questions]

    def _row(self, said: Statement, column: Mapping[str, int]) -> tuple[Columns, int | None, int | None]:
        known = sum(times * self.own[atom] for atom, times in said.atoms.items() if atom in self.own)
        columns = {column[atom]: times for atom, times in said.atoms.items() if atom in column}
        low, high = (None if end is None else end - known for end in (said.low, said.high))
        return columns, low, high

    @property
    def equations(self) -> list[tuple[Columns, int]]:
        """The rows that say exactly how much."""
        return [(columns, low) for columns, low, high in self.rows if columns and low is not None and low == high]
