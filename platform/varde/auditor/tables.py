"""Whole-number tables that give the same publication as the truth. Nothing here but additions.

A table that leaves an atom out means the true count of it. A table speaks for every reader whose own atoms it leaves
alone, whatever the release says that it is for.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from varde.auditor.reading import Problem
from varde.auditor.views import Attacker


class Pool:
    """The least and the greatest total of each cell, over all tables that speak for an attacker."""

    def __init__(self, problem: Problem, shown: Collection[str], everyone: Collection[Attacker]) -> None:
        self._problem, self._shown = problem, frozenset(shown)
        self._cells_of: dict[str, list[str]] = defaultdict(list)
        for cell in problem.cells.values():
            for atom in cell.atoms:
                self._cells_of[atom].append(cell.name)
        self._truth = {name: problem.value(name) for name in problem.cells}
        self.least = {attacker: dict(self._truth) for attacker in everyone}
        self.greatest = {attacker: dict(self._truth) for attacker in everyone}

    def take(self, table: Any) -> bool:
        """Keep what a table shows; False when it shows nothing because it is not one of these tables."""
        changes = self._changes(table)
        if changes is None:
            return False
        moved = self._moved(changes)
        if not moved.keys().isdisjoint(self._shown) or not self._keeps_facts(changes):
            return False
        touched = {self._problem.holder[atom] for atom in changes if atom in self._problem.holder}
        totals = {cell: self._truth[cell] + more for cell, more in moved.items()}
        for attacker, least in self.least.items():
            if touched.isdisjoint(attacker):
                greatest = self.greatest[attacker]
                for cell, total in totals.items():
                    if total < least[cell]:
                        least[cell] = total
                    elif total > greatest[cell]:
                        greatest[cell] = total
        return True

    def _changes(self, table: Any) -> dict[str, int] | None:
        """Atom to its difference from the truth, where there is one; None when the table is no table."""
        truth = self._problem.truth
        if not isinstance(table, Mapping) or not table.keys() <= truth.keys():
            return None
        changed = {atom: count for atom, count in table.items() if count != truth[atom]}
        if any(isinstance(count, bool) or not isinstance(count, int) or count < 0 for count in changed.values()):
            return None
        return {atom: count - truth[atom] for atom, count in changed.items()}

    def _moved(self, changes: Mapping[str, int]) -> dict[str, int]:
        """Cell to the difference of its total, where there is one."""
        moved: dict[str, int] = defaultdict(int)
        for atom, more in changes.items():
            for cell in self._cells_of[atom]:
                moved[cell] += more
        return {cell: more for cell, more in moved.items() if more}

    def _keeps_facts(self, changes: Mapping[str, int]) -> bool:
        truth = self._problem.truth
        for fact in self._problem.facts:
            value = sum(times * (truth[atom] + changes.get(atom, 0)) for atom, times in fact.atoms.items())
            if (fact.low is not None and value < fact.low) or (fact.high is not None and value > fact.high):
                return False
        return True
