"""From a pattern to a safe one: each rest that could be read gives a cut, and the cut's lines are hidden.

A *cut* is a set of new lines of which at least one must be hidden. It is read off a proof that some rest cannot be 0,
or cannot reach the threshold, while the proof's rows are shown. It holds for every other pattern too: **hiding more
never narrows** what is possible, since a table that says the same as the truth on some lines does so on fewer of them;
so a pattern that shows all lines of the proof, whatever else it hides, leaves the rest as readable as before.
"""

from dataclasses import dataclass

import numpy as np

from varde.protect.oracle import Goal, Oracle, Proof, Side
from varde.protect.problem import Refusal, plain
from varde.protect.publication import Block, Flags, View
from varde.protect.solver import Budget
from varde.protect.whole import Question
from varde.protect.witnesses import Pool

type Cut = frozenset[int]


@dataclass(slots=True)
class Search:
    """A block with what is known about it so far: tables and cuts."""

    block: Block
    pool: Pool
    oracle: Oracle
    open: Flags
    earlier: Flags

    @classmethod
    def of(cls, block: Block, budget: Budget) -> "Search":
        """Nothing known yet but the truth."""
        opened, earlier = block.lines_in("open"), block.lines_in("published")
        return cls(block, Pool(block), Oracle(block, budget), opened, earlier)

    def safe(self, shown: Flags) -> bool:
        """Whether the tables at hand prove a pattern. Additions alone."""
        silent = self.pool.silent(shown)
        return not any(
            low.any() or high.any()
            for low, high in (self.pool.missing(number, silent) for number in range(len(self.block.views)))
        )

    def settle(self, shown: Flags) -> tuple[Flags, list[Cut]]:
        """Hide more until every rest is safe; also the cuts that asked for it, which share no line.

        Raises Refusal when a proof holds no new line: then it is the earlier releases that tell.
        """
        shown, cuts = shown.copy(), list[Cut]()
        self.oracle.show(shown)
        for number, view in enumerate(self.block.views):
            low, high = self.pool.missing(number, self.pool.silent(shown))
            if low.any() or high.any():
                self.oracle.look(view)
                _View(self, number, view, shown, cuts, {Side.LOW: low, Side.HIGH: high}).settle()
        return shown, cuts


@dataclass(slots=True)
class _View:
    """One view's turn; `missing` says which targets have no table yet, and shrinks."""

    search: Search
    number: int
    view: View
    shown: Flags
    cuts: list[Cut]
    missing: dict[Side, Flags]

    def settle(self) -> None:
        for side in Side:
            self._at_once(side)
        while any(missing.any() for missing in self.missing.values()):
            side = Side.LOW if self.missing[Side.LOW].any() else Side.HIGH
            self._one(side, int(np.flatnonzero(self.missing[side])[0]))

    def _at_once(self, side: Side) -> None:
        """One program for many targets, again as long as it helps."""
        block, limit = self.search.block, float(self.search.block.problem.rule.threshold)
        while self.missing[side].sum() > 1:
            wanted = np.zeros(len(block.rows.starts), dtype=np.int64)
            wanted[self.view.targets.lines[self.missing[side]]] = -side.value
            costs = block.rows.combined(wanted, block.width) * self.view.free
            found = self.search.oracle.many(costs.astype(np.float64), limit)
            if found is None or not self._take(found):
                return

    def _one(self, side: Side, target: int) -> None:
        rest = int(self.view.targets.rests[target])
        amount = rest if side is Side.LOW else self.search.block.problem.rule.threshold - rest
        line = int(self.view.targets.lines[target])
        oracle, goal = self.search.oracle, Goal(line, side, amount)
        found = oracle.ask(goal)
        if found is None:
            question = Question(self.search.block, self.view, goal, oracle.wish(goal), oracle.budget, oracle.nested)
            found = question.answer(self.shown)
        if isinstance(found, Proof):
            self._hide(line, found)
        elif not self._take(found):
            raise AssertionError("a table that was asked for and does not help")

    def _take(self, found: np.ndarray[tuple[int, ...], np.dtype[np.int64]]) -> bool:
        """Keep a table and strike off what it proves; whether it proved anything."""
        pool = self.search.pool
        if pool.add(found) is None:
            return False
        low, high = pool.reached(self.view, np.array([len(pool) - 1]))
        helped = bool((low[0] & self.missing[Side.LOW]).any() or (high[0] & self.missing[Side.HIGH]).any())
        self.missing[Side.LOW] &= ~low[0]
        self.missing[Side.HIGH] &= ~high[0]
        return helped

    def _hide(self, line: int, proof: Proof) -> None:
        block = self.search.block
        cut = frozenset(row for row in proof.rows if row < len(block.lines) and self.search.open[row])
        if not cut:
            raise Refusal(self._unsafe(line, proof))
        self.cuts.append(cut)
        self.shown[list(cut)] = False
        self.search.oracle.show(self.shown)
        # With fewer lines to agree with, older tables may serve again.
        low, high = self.search.pool.missing(self.number, self.search.pool.silent(self.shown))
        self.missing = {Side.LOW: low, Side.HIGH: high}

    def _unsafe(self, line: int, proof: Proof) -> str:
        group = self.view.coalitions[0]
        who = f"den som kjenner tallene til {' og '.join(map(plain, group))}" if group else "en utenforstående"
        earlier, named = self._named(proof)
        source = "Tidligere utgitte tall" if earlier else "Det alle vet fra før,"
        target = plain(self.search.block.lines[line].cells[0].id)
        return f"{source} røper allerede «{target}» for {who}, ved {named}; ingenting nytt er gitt ut."

    def _named(self, proof: Proof) -> tuple[bool, str]:
        """Whether earlier releases are in a proof without new lines, and all that is in it."""
        block = self.search.block
        lines, count = [row for row in sorted(proof.rows) if row < len(block.lines)], len(block.lines)
        cells = [cell.id for row in lines for cell in block.lines[row].cells if cell.state == "published"]
        facts = {block.facts[row - count].number for row in proof.rows if row >= count}
        for line in (block.lines[row] for row in lines):
            if all(cell.state != "published" for cell in line.cells):
                facts |= {fact.number for fact in block.facts if fact.tells(line.atoms)}
        numbers = ", ".join(map(str, sorted(facts)))
        said = [f"«{plain(cell)}»" for cell in cells] + ([f"opplysning {numbers} i «rows»"] if facts else [])
        return bool(cells), " og ".join([", ".join(said[:-1]), said[-1]] if len(said) > 1 else said)
