"""Fréchet's bounds, shuttled back and forth: every figure limits its parts, and limited parts limit each other."""

from math import ceil, floor

from tests.disclosure.attackers.knowledge import Columns, Reader


def limits(reader: Reader, rounds: int = 30) -> dict[int, tuple[int, int | None]]:
    """The ends of every question, as far as single columns and single figures tell."""
    low: list[int] = [0] * reader.width
    high: list[int | None] = [None] * reader.width
    rows = [row for row in reader.rows if row[0]]
    for _ in range(rounds):
        before = list(low), list(high)
        for columns, least, most in rows:
            if most is not None:
                _tighten(columns, most, low, high, 1)
            if least is not None:
                _tighten(columns, -least, low, high, -1)
        if before == (low, high):
            break
    return {number: _of(columns, rows, low, high) for number, columns in enumerate(reader.asked) if columns}


def _tighten(columns: Columns, most: int, low: list[int], high: list[int | None], sign: int) -> None:
    """sign * sum of times * column <= most: what the others need at least, a column cannot have."""
    least: dict[int, int | None] = {}
    for column, times in columns.items():
        end = low[column] if sign * times > 0 else high[column]
        least[column] = None if end is None else sign * times * end
    free = [column for column, end in least.items() if end is None]
    total = sum(end for end in least.values() if end is not None)
    for column, times in columns.items():
        if free and free != [column]:
            continue
        room = most - (total - (least[column] or 0))
        if sign * times > 0:
            limit, now = floor(room / (sign * times)), high[column]
            high[column] = limit if now is None else min(now, limit)
        else:
            low[column] = max(low[column], ceil(room / (sign * times)))


def _of(
    columns: frozenset[int], rows: list[tuple[Columns, int | None, int | None]], low: list[int], high: list[int | None]
) -> tuple[int, int | None]:
    ends = [high[column] for column in columns]
    most = None if None in ends else sum(end for end in ends if end is not None)
    least = sum(low[column] for column in columns)
    for members, at_least, at_most in rows:
        if max(members.values()) == min(members.values()) == 1:
            if at_most is not None and columns <= members.keys():
                needed = at_most - sum(low[column] for column in members) + sum(low[column] for column in columns)
                most = needed if most is None else min(most, needed)
            if at_least is not None and members.keys() <= columns:
                least = max(least, at_least + sum(low[each] for each in columns) - sum(low[each] for each in members))
    return least, most
