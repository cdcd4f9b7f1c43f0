"""Tables that say the same as the truth, kept as differences and checked by whole-number additions alone."""

from dataclasses import dataclass, field

import numpy as np

from varde.protect.publication import Block, Flags, View, Whole


@dataclass(slots=True)
class Pool:
    """Every difference found so far. One that changes no shown line is a witness, whoever found it and why."""

    block: Block
    differences: Whole = field(init=False)
    sums: Whole = field(init=False)
    _used: int = 0
    _fits: Flags = field(init=False)
    _known: set[bytes] = field(default_factory=set)

    def __post_init__(self) -> None:
        """The truth itself is the first table."""
        rows, views = len(self.block.rows.starts), len(self.block.views)
        self.differences = np.zeros((64, self.block.width), dtype=np.int64)
        self.sums = np.zeros((64, rows), dtype=np.int64)
        self._fits = np.zeros((views, 64), dtype=np.bool_)
        self.add(np.zeros(self.block.width, dtype=np.int64))

    def __len__(self) -> int:
        """How many."""
        return self._used

    def add(self, difference: Whole) -> int | None:
        """Keep a difference that the facts allow; its number, or None when it is refused or known."""
        if not self.block.rows.bears(difference):
            return None
        sums = self.block.rows.sums(difference[None, :])[0]
        key = difference.tobytes()
        if key in self._known or np.any(sums < self.block.rows.low) or np.any(sums > self.block.rows.high):
            return None
        if self._used == len(self.differences):
            self._grow()
        place = self._used
        self._known.add(key)
        self.differences[place], self.sums[place] = difference, sums
        self._fits[:, place] = [fits(view, difference) for view in self.block.views]
        self._used += 1
        return place

    def _grow(self) -> None:
        self.differences = np.concatenate([self.differences, np.zeros_like(self.differences)])
        self.sums = np.concatenate([self.sums, np.zeros_like(self.sums)])
        self._fits = np.concatenate([self._fits, np.zeros_like(self._fits)], axis=1)

    def silent(self, shown: Flags) -> Flags:
        """Which of them change no shown line."""
        lines = np.flatnonzero(shown)
        changed: Flags = (self.sums[: self._used][:, lines] != 0).any(axis=1)
        return ~changed

    def usable(self, number: int, silent: Flags) -> Whole:
        """The witnesses of a view (by number), among the silent ones."""
        return np.flatnonzero(silent & self._fits[number, : self._used])

    def missing(self, number: int, silent: Flags) -> tuple[Flags, Flags]:
        """Which of the view's targets have no table with rest 0, and which none with rest k or more."""
        view, found = self.block.views[number], self.usable(number, silent)
        low, high = self.reached(view, found)
        return ~low.any(axis=0), ~high.any(axis=0)

    def reached(self, view: View, found: Whole) -> tuple[Flags, Flags]:
        """By table and target: is the rest 0, is it k or more."""
        values = self.sums[found][:, view.targets.lines] + view.targets.rests
        return values == 0, values >= self.block.problem.rule.threshold


def says_the_same(block: Block, view: View, shown: Flags, difference: Whole) -> bool:
    """Whether a table is one that the view cannot tell from the truth. By additions alone."""
    if not block.rows.bears(difference):
        return False
    sums = block.rows.sums(difference[None, :])[0]
    allowed = np.all(sums >= block.rows.low) and np.all(sums <= block.rows.high)
    return bool(allowed and fits(view, difference) and not sums[: len(shown)][shown].any())


def fits(view: View, difference: Whole) -> bool:
    """Whether nothing becomes negative and the view's own atoms stay as they are."""
    return bool(np.all(difference >= -view.room) and not difference[~view.free].any())
