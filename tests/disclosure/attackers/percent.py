"""Percentages turned back into counts: a rounded share of a printed total leaves few counts possible."""

from collections.abc import Iterable

from tests.disclosure.attackers.knowledge import Statement


def counts(share: int, of: int) -> range:
    """The counts that round to this whole percentage of a total."""
    fits = [count for count in range(of + 1) if round(100 * count / of) == share] if of else [0]
    return range(fits[0], fits[-1] + 1) if fits else range(0)


def total_from(parts: Iterable[tuple[int, int]], most: int = 200) -> list[int]:
    """The totals, of which nothing is printed, that printed counts and their percentages allow."""
    pairs = list(parts)
    return [of for of in range(1, most + 1) if all(count in counts(share, of) for count, share in pairs)]


def statement(atoms: Iterable[str], share: int, of: int) -> Statement:
    """What a percentage says of a cell whose count is not printed."""
    possible = counts(share, of)
    return Statement(dict.fromkeys(atoms, 1), possible.start, possible.stop - 1)
