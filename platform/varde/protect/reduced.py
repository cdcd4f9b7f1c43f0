"""A pattern's shown lines, rewritten so that they say the same with far less.

A shown line that holds other shown lines is what is left of it without them (a total less its shown parts). What is
left with one column only says that this column cannot move, so it leaves the other lines too. Each rewritten line
remembers the lines that it is made of, so that a proof over the rewritten ones can be told in the lines themselves.
"""

from dataclasses import dataclass, field

import numpy as np

from varde.protect.publication import Block, Flags, Whole


@dataclass(slots=True)
class Nested:
    """Which lines lie wholly inside which, the largest first; lines as bits of columns. `aims`: somebody's targets."""

    masks: list[int]
    inside: list[list[int]]
    aims: list[int]

    @classmethod
    def of(cls, block: Block) -> "Nested":
        """Every pair of lines that can be shown is looked at, once for a block."""
        masks = []
        for line in range(len(block.lines)):
            bits = np.zeros(block.width, dtype=np.uint8)
            bits[block.rows.columns[block.rows.part(line)]] = 1
            masks.append(int.from_bytes(np.packbits(bits, bitorder="little").tobytes(), "little"))
        order = sorted(range(len(masks)), key=lambda line: -masks[line].bit_count())
        order = [line for line in order if block.lines[line].state != "withheld"]
        inside: list[list[int]] = [[] for _ in masks]
        for place, line in enumerate(order):
            whole = masks[line]
            inside[line] = [other for other in order[place + 1 :] if masks[other] & whole == masks[other]]
        aims = sorted({int(line) for view in block.views for line in view.targets.lines})
        return cls(masks, inside, aims)


@dataclass(slots=True)
class Reduced:
    """The rewritten lines of one pattern.

    `parts`: by row, lines with the number of times each is counted. `fixed`: columns that cannot move with the row that
    says so, in the order in which they were found: a row holds its own column and such as stand before it.
    """

    block: Block
    masks: list[int] = field(default_factory=list)
    parts: list[dict[int, int]] = field(default_factory=list)
    fixed: dict[int, int] = field(default_factory=dict)
    live: list[int] = field(default_factory=list)
    still: int = 0

    @classmethod
    def of(cls, block: Block, nested: Nested, shown: Flags) -> "Reduced":
        """Rewrite the shown lines."""
        made = cls(block)
        told = [bool(each) for each in shown]
        for line in np.flatnonzero(shown):
            left, part = nested.masks[line], {int(line): 1}
            for other in nested.inside[line]:
                if told[other] and nested.masks[other] & left == nested.masks[other]:
                    left ^= nested.masks[other]
                    part[other] = -1
            made.masks.append(left)
            made.parts.append(part)
        made._fix()
        return made

    def _fix(self) -> None:
        waiting = True
        while waiting:
            waiting = False
            for row, mask in enumerate(self.masks):
                left = mask & ~self.still
                if left and not left & (left - 1):
                    self.fixed[left.bit_length() - 1] = row
                    self.still |= left
                    waiting = True
        seen: set[int] = set()
        for row, mask in enumerate(self.masks):
            left = mask & ~self.still
            if left and left not in seen:
                seen.add(left)
                self.live.append(row)

    def columns(self) -> Whole:
        """Those that can move."""
        return np.array([at for at in range(self.block.width) if not self.still >> at & 1], dtype=np.int64)

    def entries(self, row: int) -> list[int]:
        """The columns of a live row that can move."""
        return members(self.masks[row] & ~self.still)

    def told(self, times: Whole, facts: Whole, wish: Whole, room: Whole) -> Whole:
        """The multipliers of live rows and facts, as multipliers of the block's rows.

        What a column that cannot move would spoil is mended by the row that fixes it, the last fixed first.
        """
        spread: dict[int, int] = {}
        for row, many in zip(self.live, times, strict=True):
            if many:
                _add(spread, self.parts[row], int(many))
        rows = self.block.rows
        total = np.zeros(len(rows.starts), dtype=times.dtype)
        total[len(self.block.lines) :] = facts
        for line, many in spread.items():
            total[line] = many
        slack = rows.combined(total, self.block.width) - wish
        for column, row in reversed(self.fixed.items()):
            short = int(slack[column])
            if short < 0 or (short > 0 and room[column] > 0):
                slack[members(self.masks[row])] -= short
                _add(spread, self.parts[row], -short)
        for line, many in spread.items():
            total[line] = many
        return total


def members(mask: int) -> list[int]:
    """The numbers of a mask's bits."""
    found = []
    while mask:
        low = mask & -mask
        found.append(low.bit_length() - 1)
        mask ^= low
    return found


def _add(total: dict[int, int], part: dict[int, int], times: int) -> None:
    for line, many in part.items():
        total[line] = total.get(line, 0) + many * times
