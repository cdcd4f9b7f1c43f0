"""What somebody finds out who knows the program, too: which tables would have been printed just like this one?

python -m tests.disclosure.algorithm_aware [--answers 4] [--most 15]      prints the figures; about a minute
python -m tests.disclosure.algorithm_aware --answers 3 --most 5 --kommuner 3      of a kommune that knows its own, too

Every table of a single question with so many answers and at most so many cases is protected. A reader who sees the
print writes down all tables that the program would have printed the same way. From the figures alone every small count
can be anything from 0 to the threshold and beyond; knowing that the program hides as little as it can, less remains.
Two ways of choosing among equally cheap patterns are compared: the order of the names, and a secret order.
"""

import argparse
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import combinations, combinations_with_replacement
from math import factorial, prod
from typing import Any

type Table = tuple[int, ...]
type Pattern = frozenset[int]
"""The hidden lines by number; the total is the number after the last line."""

THRESHOLD, TOTAL_WEIGHT = 5, 50


@dataclass
class Tally:
    """Small counts, and of them: found exactly, proved to be at least one, proved to be below the threshold."""

    small: int = 0
    exact: Fraction = Fraction(0)
    some: Fraction = Fraction(0)
    few: Fraction = Fraction(0)

    def __str__(self) -> str:
        parts = [
            f"{float(part):.0f} ({float(100 * part / self.small):.2f} %)" for part in (self.exact, self.some, self.few)
        ]
        return "{} small counts: {} exact, {} at least 1, {} below the threshold".format(self.small, *parts)


def tables(answers: int, most: int) -> Iterator[Table]:
    """Every table with so many lines and at most so many cases."""
    if not answers:
        yield ()
        return
    for first in range(most + 1):
        for others in tables(answers - 1, most - first):
            yield first, *others


def cheapest(table: Table) -> list[Pattern]:
    """Every safe pattern of the least weight, by the rule itself: tried one by one."""
    costs = {each: weight(each, len(table)) for each in patterns_of(len(table)) if is_safe(table, each)}
    least = min(costs.values())
    return [each for each, cost in costs.items() if cost == least]


def weight(pattern: Pattern, answers: int) -> int:
    return sum(TOTAL_WEIGHT if line == answers else 1 for line in pattern)


@cache
def is_safe(table: Table, hidden: Pattern) -> bool:
    """For somebody who holds nothing: what is hidden adds up to what the total leaves, or to anything without it."""
    answers, total = len(table), sum(table)
    shown = [table[line] for line in range(answers) if line not in hidden]
    if any(count < THRESHOLD for count in shown):
        return False
    if answers in hidden:
        return True
    lines = hidden - {answers}
    small = any(table[line] < THRESHOLD for line in lines)
    return total >= THRESHOLD and (not small or (len(lines) > 1 and total - sum(shown) >= THRESHOLD))


def problem(table: Table) -> dict[str, Any]:
    """The table as the engine takes it."""
    names = [f"a{line}" for line in range(len(table))]
    return {
        "rule": {"threshold": THRESHOLD, "coalition": 0},
        "atoms": [{"id": name, "count": count} for name, count in zip(names, table, strict=True)],
        "cells": [*({"id": name, "atoms": [name]} for name in names),
                  {"id": "total", "atoms": names, "weight": float(TOTAL_WEIGHT)}],
    }  # fmt: skip


@cache
def printed_by_engine(table: Table) -> list[Pattern]:
    """The one pattern that the engine prints: ties go by the order of the names."""
    from varde.protect.engine import protect

    hidden = protect(problem(table))["hide"]
    return [frozenset(len(table) if name == "total" else int(name[1:]) for name in hidden)]


def tally(every: Iterable[Table], patterns: Callable[[Table], list[Pattern]]) -> Tally:
    """What the print gives away over all tables; each of several possible patterns counts its share."""
    prints: dict[tuple[Any, ...], list[tuple[Table, int]]] = defaultdict(list)
    for table in every:
        possible = patterns(table)
        for pattern in possible:
            prints[pattern, looks(table, pattern)].append((table, len(possible)))
    found = Tally()
    shares = Fraction(0)
    for same in prints.values():
        ends = [(min(column), max(column)) for column in zip(*(whole(table) for table, _ in same), strict=True)]
        for table, possible in same:
            share = Fraction(1, possible)
            for count, (low, high) in zip(whole(table), ends, strict=True):
                if count < THRESHOLD:
                    shares += share
                    found.exact += share * (low == high)
                    found.some += share * (low > 0)
                    found.few += share * (high < THRESHOLD)
    found.small = int(shares)
    return found


def tally_of_one(answers: int, most: int, kommuner: int) -> Tally:
    """What one of several kommuner finds out of the others together; each has at most so many cases; ties secret."""
    each = list(tables(answers, most))
    found, shares = Tally(), Fraction(0)
    for own in each:
        # By what it sees (the pattern and the others' printed figures): how often the others have this together.
        prints: dict[tuple[Any, ...], dict[Table, Fraction]] = defaultdict(lambda: defaultdict(Fraction))
        for others in combinations_with_replacement(each, kommuner - 1):
            rest = added(others)
            possible = cheapest_for_all((own, *others))
            for pattern in possible:
                prints[pattern, looks(rest, pattern)][rest] += Fraction(orders(others), len(possible))
        for same in prints.values():
            ends = [(min(column), max(column)) for column in zip(*map(whole, same), strict=True)]
            for rest, share in same.items():
                for count, (low, high) in zip(whole(rest), ends, strict=True):
                    if count < THRESHOLD:
                        shares += share
                        found.exact += share * (low == high)
                        found.some += share * (low > 0)
                        found.few += share * (high < THRESHOLD)
    found.small = int(shares)
    return found


def cheapest_for_all(kommuner: Sequence[Table]) -> list[Pattern]:
    """Every pattern of the least weight that is safe from outsiders and from each kommune: what one knows is taken
    away, and the rest is a table like any other."""
    together = added(kommuner)
    seen = {together, *(tuple(a - b for a, b in zip(together, own, strict=True)) for own in kommuner)}
    costs = {one: weight(one, len(together)) for one in patterns_of(len(together))
             if all(is_safe(table, one) for table in seen)}  # fmt: skip
    least = min(costs.values())
    return [one for one, cost in costs.items() if cost == least]


@cache
def patterns_of(answers: int) -> list[Pattern]:
    lines = range(answers + 1)
    return [frozenset(each) for many in range(answers + 2) for each in combinations(lines, many)]


def added(several: Iterable[Table]) -> Table:
    return tuple(map(sum, zip(*several, strict=True)))


def orders(several: Sequence[Table]) -> int:
    """In how many orders the same tables can be those of different kommuner."""
    return factorial(len(several)) // prod(map(factorial, Counter(several).values()))


def whole(table: Table) -> Table:
    return (*table, sum(table))


def looks(table: Table, pattern: Pattern) -> tuple[int | None, ...]:
    return tuple(None if line in pattern else count for line, count in enumerate(whole(table)))


def main() -> None:
    asked = argparse.ArgumentParser(description="What a reader who knows the program finds out of small tables.")
    asked.add_argument("--answers", type=int, default=4)
    asked.add_argument("--most", type=int, default=15)
    asked.add_argument("--kommuner", type=int, default=0, help="one of so many is the reader")
    given = asked.parse_args()
    if given.kommuner:
        print(f"{given.kommuner} kommuner, each with {given.answers} answers and at most {given.most} cases")
        print(f"one of them, secret ties: {tally_of_one(given.answers, given.most, given.kommuner)}")
        return
    every = list(tables(given.answers, given.most))
    print(f"{len(every)} tables with {given.answers} answers and at most {given.most} cases")
    print(f"ties by name:        {tally(every, printed_by_engine)}")
    print(f"ties by a secret key: {tally(every, cheapest)}")


if __name__ == "__main__":
    main()
