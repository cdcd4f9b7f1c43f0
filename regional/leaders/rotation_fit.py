"""The two choices of the engine, both a cheapest matching: periods to offsets, and seats to kommuner. Pure."""

from collections import Counter
from collections.abc import Mapping, Sequence, Set

_NEVER = 10**9
_LOADED = 10**6  # a kommune that must have a seat before others have one more
_OTHERS = 10**4  # a seat for a kommune that would have had none
_WISHED = 5 * 10**3
_AGAIN = 100  # for each time it has held the seat before
_KEEPS = 50  # a seat that it has in the period before or after, too
_MOVED = 10

type Pair = tuple[str, str]
"""(kommune, seat)"""


def order_of(offsets: Sequence[int], unlike: Sequence[tuple[Mapping[int, int], Mapping[int, int]]]) -> list[int]:
    """For each period which of the offsets it takes, by number: fewest exclusions broken, most wishes met, least moved.

    `unlike`: for each period offset -> exclusions that it breaks, and offset -> wishes that it meets.
    """
    moved = len(offsets) ** 2 + 1
    broken = moved * (1 + sum(sum(wished.values()) for _, wished in unlike))
    costs = [
        [
            broken * banned.get(offset, 0) - moved * wished.get(offset, 0) + abs(number - at)
            for at, offset in enumerate(offsets)
        ]
        for number, (banned, wished) in enumerate(unlike)
    ]
    return cheapest(costs)


def trade(
    row: Sequence[str],
    seats: Sequence[str],
    ring: Sequence[str],
    *,
    banned: Set[Pair],
    held: Counter[Pair],
    kept: Set[Pair],
    beside: Set[Pair],
    period: str,
) -> list[str]:
    """The period's row with as few trades as exclusions need, by those who have held the seats least.

    `held`: how often each has held each in this round and before; `kept`: wishes that are met and stay so;
    `beside`: who has which seat in the periods next to it. Raises ValueError with a sentence when the exclusions cannot
    be held together.
    """
    least, rest = divmod(len(seats), len(ring))
    slots = [(name, True) for name in ring for _ in range(least)] + [(name, False) for name in ring if rest]
    dealt = Counter(row)

    def cost(number: int, name: str, must: bool) -> int:
        seat, who = seats[number], row[number]
        if (name, seat) in banned:
            return _NEVER
        price = 0
        if name != who:
            price = _MOVED + _AGAIN * held[name, seat] + _WISHED * ((who, seat) in kept)
            price += _KEEPS * ((name, seat) in beside)
        if must:
            return price - _LOADED
        return price + (_OTHERS if dealt[name] == least else 0)

    costs = [[cost(number, name, must) for name, must in slots] for number in range(len(seats))]
    found = cheapest(costs)
    loads = Counter(slots[column][0] for column in found)
    if any(costs[number][column] == _NEVER for number, column in enumerate(found)) or any(
        loads[name] < least for name in ring
    ):
        raise ValueError(_why(seats, ring, banned, period))
    return [slots[column][0] for column in found]


def _why(seats: Sequence[str], ring: Sequence[str], banned: Set[Pair], period: str) -> str:
    for seat in seats:
        if all((name, seat) in banned for name in ring):
            return f"Ingen kan ha plassen {seat} i {period}, for alle kommunene er unntatt fra den."
    for name in ring:
        if all((name, seat) in banned for seat in seats):
            return f"{name} er unntatt fra alle plassene i {period}. Da må kommunen heller gå ut av rulleringen."
    said = ", ".join(f"{name} fra {seat}" for name, seat in sorted(banned))
    return f"Unntakene i {period} kan ikke holdes samtidig uten at noen får to plasser for mye: {said}."


def cheapest(costs: Sequence[Sequence[int]]) -> list[int]:
    """The column of each row in a cheapest matching of all rows; there are at least as many columns as rows.

    The Hungarian method with potentials: each row is taken in along a shortest path. Cubic in the number of rows, and
    near the square of it where most rows have their own column cheapest.
    """
    columns = len(costs[0]) if costs else 0
    above, beside, taken = [0] * (len(costs) + 1), [0] * (columns + 1), [0] * (columns + 1)
    for row in range(1, len(costs) + 1):
        taken[0] = row
        column, came = _path(costs, above, beside, taken)
        while column:
            taken[column] = taken[came[column]]
            column = came[column]
    found = {taken[column]: column - 1 for column in range(1, columns + 1) if taken[column]}
    return [found[row] for row in range(1, len(costs) + 1)]


def _path(
    costs: Sequence[Sequence[int]], above: list[int], beside: list[int], taken: list[int]
) -> tuple[int, list[int]]:
    """The free column at the end of the shortest path from the row in `taken[0]`, and where each column came from."""
    free = range(1, len(beside))
    shortest, came, seen = [10**18] * len(beside), [0] * len(beside), [False] * len(beside)
    at = 0
    while True:
        seen[at] = True
        row = taken[at]
        for column in free:
            price = costs[row - 1][column - 1] - above[row] - beside[column]
            if not seen[column] and price < shortest[column]:
                shortest[column], came[column] = price, at
        at_next = min((column for column in free if not seen[column]), key=shortest.__getitem__)
        step = shortest[at_next]
        for column in range(len(beside)):
            if seen[column]:
                above[taken[column]] += step
                beside[column] -= step
            else:
                shortest[column] -= step
        at = at_next
        if not taken[at]:
            return at, came
