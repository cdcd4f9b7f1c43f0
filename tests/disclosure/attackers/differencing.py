"""Taking printed figures from each other: a period out of two totals since start, the rest of a table out of its total,
one area out of another. Whoever has paper, pencil and patience does this.
"""

from collections.abc import Mapping

from tests.disclosure.attackers.knowledge import Reader

LONGEST_CHAIN, MOST = 4, 1500


def limits(reader: Reader) -> dict[int, tuple[int, int | None]]:
    """What a chain of subtractions and additions answers is exact. What holds a question is at least as large as it."""
    known = _closure({frozenset(columns): value for columns, value in _figures(reader)}, set(reader.asked))
    found = {}
    for number, columns in enumerate(reader.asked):
        if columns:
            within = [value for members, value in known.items() if members <= columns]
            around = [value for members, value in known.items() if members >= columns]
            found[number] = max(within, default=0), min(around, default=None)
    return found


def _figures(reader: Reader) -> list[tuple[Mapping[int, int], int]]:
    return [(columns, value) for columns, value in reader.equations if set(columns.values()) == {1}]


def _closure(printed: dict[frozenset[int], int], wanted: set[frozenset[int]]) -> dict[frozenset[int], int]:
    """A chain that takes one printed figure after the other from what it has: out of it, or away from it; or adds what
    is disjoint, where that gives something wanted or printed.
    """
    known, fresh = dict(printed), dict(printed)
    targets = wanted | set(printed)
    for _ in range(LONGEST_CHAIN):
        new: dict[frozenset[int], int] = {}
        for members, value in fresh.items():
            if len(known) + len(new) < MOST:
                new |= _steps(members, value, printed, targets)
        fresh = {members: value for members, value in new.items() if members not in known}
        known |= fresh
    return known


def _steps(
    members: frozenset[int], value: int, printed: Mapping[frozenset[int], int], targets: set[frozenset[int]]
) -> dict[frozenset[int], int]:
    new = {}
    for others, amount in printed.items():
        if others < members:
            new[members - others] = value - amount
        elif members < others:
            new[others - members] = amount - value
        elif members.isdisjoint(others) and (both := members | others) in targets:
            new[both] = value + amount
    return new
