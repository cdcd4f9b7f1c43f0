"""What one reader knows, as rows over groups of atoms that no figure tells apart.

Atoms that stand in the same cells, with the same numbers in the same facts, only ever occur as their sum, and that sum
is itself a whole number that is not negative: so a group is one unknown, exactly.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from varde.auditor.reading import Problem
from varde.auditor.views import Attacker, unknown


@dataclass(frozen=True, slots=True)
class Row:
    """low <= sum of coefficient times group <= high; the reader's own part (`own`) is taken off already.

    `name` is the cell that was printed, or None for a fact of the form, which then has a `number` (from 1).
    """

    groups: Mapping[int, int]
    low: int | None
    high: int | None
    own: int
    name: str | None = None
    number: int = 0


@dataclass(frozen=True)
class Model:
    """The unknown groups of a reader with their true sums, and the rows that hold for them."""

    groups: tuple[tuple[str, ...], ...]
    truth: tuple[int, ...]
    rows: tuple[Row, ...]
    cells: Mapping[str, Mapping[int, int]]

    @cached_property
    def limits(self) -> tuple[int | None, ...]:
        """The greatest value of each group by a single row without negative coefficients; None where none has it."""
        found: list[int | None] = [None] * len(self.groups)
        for row in self.rows:
            if row.high is not None and all(number > 0 for number in row.groups.values()):
                for group, number in row.groups.items():
                    limit, now = row.high // number, found[group]
                    found[group] = limit if now is None else min(now, limit)
        return tuple(found)

    def holds(self, sums: Sequence[int]) -> bool:
        """Whether whole numbers, one for each group, satisfy every row."""
        if any(number < 0 for number in sums):
            return False
        values = (sum(times * sums[group] for group, times in row.groups.items()) for row in self.rows)
        return all(
            (row.low is None or row.low <= value) and (row.high is None or value <= row.high)
            for row, value in zip(self.rows, values, strict=True)
        )

    def table(self, problem: Problem, sums: Sequence[int]) -> dict[str, int]:
        """The atoms that change for the groups to have these sums; no more of them than needed."""
        table: dict[str, int] = {}
        for atoms, was, now in zip(self.groups, self.truth, sums, strict=True):
            more = now - was
            for atom in atoms:
                if more and (count := max(0, problem.truth[atom] + more)) != problem.truth[atom]:
                    table[atom] = count
                    more -= count - problem.truth[atom]
        return table


def model(problem: Problem, shown: Collection[str], attacker: Attacker) -> Model:
    """What the attacker knows when these cells are shown."""
    not_own = unknown(problem, attacker)
    group_of, groups = _groups(problem, not_own)
    cells = {name: _within(dict.fromkeys(cell.atoms, 1), group_of, groups) for name, cell in problem.cells.items()}
    rows: list[Row] = []
    seen: set[frozenset[int]] = set()
    for name in problem.cells:
        own = sum(problem.truth[atom] for atom in problem.cells[name].atoms if atom not in not_own)
        if name in shown and cells[name] and (key := frozenset(cells[name])) not in seen:
            seen.add(key)
            rest = problem.value(name) - own
            rows.append(Row(cells[name], rest, rest, own, name))
    for number, fact in enumerate(problem.facts, 1):
        own = sum(times * problem.truth[atom] for atom, times in fact.atoms.items() if atom not in not_own)
        low, high = (None if end is None else end - own for end in (fact.low, fact.high))
        if coefficients := _within(fact.atoms, group_of, groups):
            rows.append(Row(coefficients, low, high, own, number=number))
    truth = tuple(sum(problem.truth[atom] for atom in atoms) for atoms in groups)
    return Model(groups, truth, tuple(rows), cells)


def _groups(problem: Problem, not_own: Collection[str]) -> tuple[dict[str, int], tuple[tuple[str, ...], ...]]:
    signature: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for place, cell in enumerate(problem.cells.values()):
        for atom in cell.atoms:
            signature[atom].append((place, 1))
    for place, fact in enumerate(problem.facts, len(problem.cells)):
        for atom, times in fact.atoms.items():
            signature[atom].append((place, times))
    alike: dict[tuple[tuple[int, int], ...], list[str]] = defaultdict(list)
    for atom in problem.truth:
        if atom in not_own and atom in signature:
            alike[tuple(signature[atom])].append(atom)
    groups = tuple(tuple(atoms) for atoms in alike.values())
    return {atom: place for place, atoms in enumerate(groups) for atom in atoms}, groups


def _within(
    atoms: Mapping[str, int], group_of: Mapping[str, int], groups: tuple[tuple[str, ...], ...]
) -> dict[int, int]:
    """Coefficients by group. Atoms of a group have the same one, so any of them says it."""
    return {group_of[atom]: times for atom, times in atoms.items() if atom in group_of and times}
