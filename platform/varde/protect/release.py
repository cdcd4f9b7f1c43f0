"""What is handed over: what is shown and hidden, what it costs, and tables that prove it. Same input, same bytes."""

import hashlib
import json
from collections.abc import Sequence

import numpy as np

from varde.protect.attackers import Coalition, coalitions
from varde.protect.packing import Pair, pairs
from varde.protect.problem import Json, Problem
from varde.protect.publication import Block, Flags, Whole
from varde.protect.settle import Search

WRITTEN_OUT = 50_000
"""So many numbers may all tables have together with nothing left out; beyond that, what is as in truth is left out."""


def digest(release: Json) -> str:
    """SHA-256 of the release without its hash, as JSON with sorted keys and no spaces, in UTF-8."""
    bare = {name: value for name, value in release.items() if name != "hash"}
    text = json.dumps(bare, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def suppressed(problem: Problem, found: Sequence[tuple[Search, Flags]], *, optimal: bool) -> Json:
    """Build the release of the patterns found, one for each block. Raises Refusal for a target without tables."""
    hidden = {
        cell.id
        for search, shown in found
        for line, told in zip(search.block.lines, shown, strict=True)
        for cell in line.cells
        if cell.state == "open" and not told
    }
    opened = [cell for cell in problem.cells if cell.state == "open"]
    release: Json = {
        "method": "suppress",
        "show": [cell.id for cell in opened if cell.id not in hidden],
        "hide": [cell.id for cell in opened if cell.id in hidden],
        "optimal": optimal,
        "cost": float(sum(cell.weight for cell in opened if cell.id in hidden)),
        "witnesses": _witnesses(problem, found),
    }
    return release | {"hash": digest(release)}


def _witnesses(problem: Problem, found: Sequence[tuple[Search, Flags]]) -> list[Json]:
    """Blocks share no atoms, so their tables are laid side by side in one."""
    chosen = [(search.block, _chosen(search, shown)) for search, shown in found]
    made: list[tuple[Coalition, list[tuple[Block, Pair]]]] = []
    for group in coalitions(problem):
        parts = [(block, by_group[group]) for block, by_group in chosen if by_group[group]]
        for place in range(max((len(listed) for _, listed in parts), default=0)):
            made.append((group, [(block, listed[place]) for block, listed in parts if place < len(listed)]))
    whole = 2 * len(made) * len(problem.atoms) <= WRITTEN_OUT
    return [_witness(problem, group, parts, whole=whole) for group, parts in made]


def _witness(problem: Problem, group: Coalition, parts: Sequence[tuple[Block, Pair]], *, whole: bool) -> Json:
    """Tables are the truth with the changes laid on; `whole`: with the atoms that do not change."""
    truth = {atom.id: atom.count for atom in problem.atoms} if whole else {}
    low, high = dict[int, int](), dict[int, int]()
    names = []
    for block, (lines, down, up) in parts:
        names += [cell.id for line in lines for cell in block.lines[line].cells]
        _lay(problem, block, group, down, low)
        _lay(problem, block, group, up, high)
    cells = {"cell": names[0]} if len(names) == 1 else {"cells": sorted(names)}
    tables = {
        name: truth | {problem.atoms[atom].id: count for atom, count in sorted(table.items())}
        for name, table in (("low", low), ("high", high))
    }
    return {"attacker": list(group), **cells, **tables}


def _lay(problem: Problem, block: Block, group: Coalition, difference: Whole, table: dict[int, int]) -> None:
    """Spread a difference over the atoms of its columns that the group does not know; the largest fall first."""
    for column in np.flatnonzero(difference):
        left = int(difference[column])
        unknown = [atom for atom in block.columns[column] if problem.atoms[atom].holder not in group]
        for atom in sorted(unknown, key=lambda atom: -problem.atoms[atom].count):
            if not left:
                break
            count = problem.atoms[atom].count
            table[atom] = max(0, count + left)
            left -= table[atom] - count


def _chosen(search: Search, shown: Flags) -> dict[Coalition, list[Pair]]:
    silent = search.pool.silent(shown)
    found: dict[Coalition, list[Pair]] = {}
    for number, view in enumerate(search.block.views):
        made = pairs(search, view, search.pool.usable(number, silent))
        found |= dict.fromkeys(view.coalitions, made)
    return found
