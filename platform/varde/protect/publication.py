"""What is said, as rows of whole numbers over columns.

Atoms that stand in the same cells and facts are one *column*: only their sum can be told apart. Cells with the same
atoms are one *line*: shown or hidden together. Cells that share no atoms, not even through others, are in *blocks* of
their own. A table is written as its *difference* from the truth, column by column; it says the same as the truth when
the sums over all shown lines are 0 and the facts still hold.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from varde.protect.attackers import Coalition, coalitions
from varde.protect.problem import Cell, Fact, Problem, State

type Whole = NDArray[np.int64]
type Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Line:
    """Cells with the same atoms. `weight` is that of the open ones."""

    cells: tuple[Cell, ...]
    atoms: tuple[int, ...]
    state: State
    weight: float


@dataclass(frozen=True, slots=True)
class Targets:
    """The rests that one view may not read: line numbers, and how large each rest truly is."""

    lines: Whole
    rests: Whole


@dataclass(frozen=True, slots=True)
class View:
    """What a coalition does not know. Coalitions that know the same of this block share one view.

    `room`: by column, the true count of its unknown atoms, which is as far as it can fall. `free`: has unknown atoms.
    """

    coalitions: tuple[Coalition, ...]
    room: Whole
    free: Flags
    targets: Targets


_MACHINE = float(2**62)


@dataclass(frozen=True)
class Rows:
    """Sparse rows: the lines first, then the facts. `low` and `high` limit the sums of a difference over the facts."""

    starts: Whole
    columns: Whole
    times: Whole
    low: NDArray[np.float64]
    high: NDArray[np.float64]

    def sums(self, differences: Whole) -> Whole:
        """Exact sums by row, for each of the differences (one a line)."""
        return np.add.reduceat(differences[:, self.columns] * self.times, self.starts, axis=1)

    def combined(self, times: Whole, width: int) -> Whole:
        """The sum over all rows of the row times its number, by column."""
        by_entry = np.repeat(times, np.diff(np.append(self.starts, len(self.columns)))) * self.times
        total = np.zeros(width, dtype=by_entry.dtype)
        np.add.at(total, self.columns, by_entry)
        return total

    @cached_property
    def heaviest(self) -> int:
        """The largest sum of coefficients in a row, without signs: a column's change is felt no more than that."""
        return max((int(np.abs(self.times[self.part(row)]).sum()) for row in range(len(self.starts))), default=1)

    def bears(self, values: NDArray[np.generic]) -> bool:
        """Whether sums of such values stay within the machine's whole numbers."""
        largest = float(np.abs(values.astype(np.float64)).max(initial=0.0))
        return bool(largest * self.heaviest < _MACHINE)

    def part(self, row: int) -> slice:
        """Where a row's entries stand."""
        end = self.starts[row + 1] if row + 1 < len(self.starts) else len(self.columns)
        return slice(int(self.starts[row]), int(end))


@dataclass(frozen=True, slots=True)
class Block:
    """One part of a problem that shares no atoms with the rest."""

    problem: Problem
    columns: tuple[tuple[int, ...], ...]
    lines: tuple[Line, ...]
    facts: tuple[Fact, ...]
    rows: Rows
    views: tuple[View, ...]

    @property
    def width(self) -> int:
        """How many columns."""
        return len(self.columns)

    def lines_in(self, *states: State) -> Flags:
        """Which lines are in one of these states."""
        return np.array([line.state in states for line in self.lines], dtype=np.bool_)

    @property
    def weights(self) -> NDArray[np.float64]:
        """What it costs to hide each line."""
        return np.array([line.weight for line in self.lines])


def blocks(problem: Problem) -> list[Block]:
    """The problem in parts, in the order of their first atoms."""
    groups = coalitions(problem)
    lines = _lines(problem)
    parts: dict[int, tuple[list[Line], list[Fact]]] = defaultdict(lambda: ([], []))
    root = _joined(len(problem.atoms), [line.atoms for line in lines], [_members(fact) for fact in problem.facts])
    for line in lines:
        parts[root[line.atoms[0]]][0].append(line)
    for fact in problem.facts:
        if fact.atoms:
            parts[root[fact.atoms[0][0]]][1].append(fact)
    return [_block(problem, groups, *parts[first]) for first in sorted(parts) if parts[first][0]]


def _members(fact: Fact) -> tuple[int, ...]:
    return tuple(atom for atom, _ in fact.atoms)


def _lines(problem: Problem) -> list[Line]:
    same: dict[tuple[int, ...], list[Cell]] = defaultdict(list)
    for cell in problem.cells:
        same[cell.atoms].append(cell)
    told = {atoms for fact in problem.facts if fact.tells(atoms := _members(fact))}
    return [_line(atoms, cells, known=atoms in told) for atoms, cells in same.items()]


def _line(atoms: tuple[int, ...], cells: Sequence[Cell], *, known: bool) -> Line:
    """What is known once is known: a figure that was published, or is a fact, is shown whatever is open."""
    states = {cell.state for cell in cells}
    state: State = "published" if known or "published" in states else "open" if "open" in states else "withheld"
    weight = sum(cell.weight for cell in cells if cell.state == "open")
    return Line(tuple(cells), atoms, state, weight)


def _joined(size: int, *groups: Iterable[tuple[int, ...]]) -> list[int]:
    """Union of all atoms that stand together somewhere; each atom's smallest companion."""
    root = list(range(size))

    def find(atom: int) -> int:
        while root[atom] != atom:
            root[atom] = root[root[atom]]
            atom = root[atom]
        return atom

    for group in (each for kind in groups for each in kind):
        for atom in group[1:]:
            first, second = sorted((find(group[0]), find(atom)))
            root[second] = first
    return [find(atom) for atom in range(size)]


def _block(problem: Problem, groups: Sequence[Coalition], lines: Sequence[Line], facts: Sequence[Fact]) -> Block:
    entries = [tuple((atom, 1) for atom in line.atoms) for line in lines] + [fact.atoms for fact in facts]
    where: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for row, entry in enumerate(entries):
        for atom, times in entry:
            where[atom].append((row, times))
    alike: dict[tuple[tuple[int, int], ...], list[int]] = defaultdict(list)
    for atom in sorted(where):
        alike[tuple(where[atom])].append(atom)
    columns = tuple(tuple(atoms) for atoms in alike.values())
    rows = _rows(problem, list(alike), len(lines), facts)
    block = Block(problem, columns, tuple(lines), tuple(facts), rows, ())
    return replace(block, views=tuple(_views(block, groups)))


def _rows(problem: Problem, signs: Sequence[tuple[tuple[int, int], ...]], lines: int, facts: Sequence[Fact]) -> Rows:
    parts: list[list[tuple[int, int]]] = [[] for _ in range(lines + len(facts))]
    for column, sign in enumerate(signs):
        for row, times in sign:
            parts[row].append((column, times))
    starts = np.cumsum([0] + [len(part) for part in parts[:-1]], dtype=np.int64)
    flat = [entry for part in parts for entry in part]
    low, high = np.full(len(parts), -np.inf), np.full(len(parts), np.inf)
    for row, fact in enumerate(facts, lines):
        value = sum(times * problem.atoms[atom].count for atom, times in fact.atoms)
        low[row] = -np.inf if fact.low is None else fact.low - value
        high[row] = np.inf if fact.high is None else fact.high - value
    columns = np.array([column for column, _ in flat], dtype=np.int64)
    return Rows(starts, columns, np.array([times for _, times in flat], dtype=np.int64), low, high)


def _views(block: Block, groups: Sequence[Coalition]) -> list[View]:
    atoms = block.problem.atoms
    counts = np.array([sum(atoms[atom].count for atom in column) for column in block.columns], dtype=np.int64)
    sizes = np.array([len(column) for column in block.columns], dtype=np.int64)
    owned: dict[str, tuple[Whole, Whole]] = {}
    for place, column in enumerate(block.columns):
        for atom in column:
            holder = atoms[atom].holder
            if holder is not None:
                if holder not in owned:
                    owned[holder] = (np.zeros_like(counts), np.zeros_like(sizes))
                owned[holder][0][place] += atoms[atom].count
                owned[holder][1][place] += 1
    same: dict[tuple[bytes, bytes], list[Coalition]] = defaultdict(list)
    seen: list[tuple[Whole, Flags]] = []
    for group in groups:
        mine = [owned[holder] for holder in group if holder in owned]
        room = counts - sum((count for count, _ in mine), start=np.zeros_like(counts))
        free = sizes > sum((size for _, size in mine), start=np.zeros_like(sizes))
        key = (room.tobytes(), free.tobytes())
        if key not in same:
            seen.append((room, free))
        same[key].append(group)
    return [
        View(tuple(group), room, free, _targets(block, room, free))
        for (room, free), group in zip(seen, same.values(), strict=True)
    ]


def _targets(block: Block, room: Whole, free: Flags) -> Targets:
    """The lines whose rest is small. A rest without any atom is the attacker's own, and no target."""
    rule, lines = block.problem.rule, len(block.lines)
    rests = block.rows.sums(room[None, :])[0, :lines]
    unknown = block.rows.sums(free[None, :].astype(np.int64))[0, :lines]
    small = (rests < rule.threshold) & (rests >= (1 if rule.zeros_shown else 0)) & (unknown > 0)
    found = np.flatnonzero(small)
    return Targets(found, rests[found])
